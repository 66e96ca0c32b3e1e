import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { toHtml } from 'hast-util-to-html';
import { expect, test } from 'vitest';

import { dialectOf } from '../sites/mkdocs.ts';
import { readContent } from './content.ts';
import { allFeatures } from './dialect.ts';

const folder = new URL('../fixtures/markdown', import.meta.url).pathname;

/** Every folder holds a page, the HTML it becomes, and what its author is told. `UPDATE=1` writes both anew. */
test.each(readdirSync(folder))('%s', (name) => {
  function at(file: string): string {
    return join(folder, name, file);
  }

  const settings = existsSync(at('mkdocs.yml.json'))
    ? (JSON.parse(readFileSync(at('mkdocs.yml.json'), 'utf8')) as Record<string, unknown>)
    : undefined;
  const dialect = settings
    ? dialectOf(settings)
    : {
        ...dialectOf({}),
        features: allFeatures.filter((each) => each !== 'hard-breaks' && each !== 'smart-quotes'),
      };

  const content = readContent(readFileSync(at('input.md'), 'utf8'), {
    dialect,
    include: (path) => (existsSync(at(path)) ? readFileSync(at(path), 'utf8') : undefined),
    iframeHosts: ['video.example.org'],
  });
  const html = `${toHtml(content.tree).trim()}\n`;
  const messages = content.notes
    .map((note) => `${note.line ?? '-'} ${note.code} ${note.message}\n`)
    .join('');

  if (process.env['UPDATE']) {
    writeFileSync(at('output.html'), html);
    if (messages) writeFileSync(at('messages.txt'), messages);
  }
  expect(html).toBe(readFileSync(at('output.html'), 'utf8'));
  expect(messages).toBe(
    existsSync(at('messages.txt')) ? readFileSync(at('messages.txt'), 'utf8') : '',
  );
});
