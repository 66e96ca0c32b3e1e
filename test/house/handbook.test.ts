import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fastGlob from 'fast-glob';
import { expect, test } from 'vitest';
import { problemKinds } from '../../collectors/problems.ts';
import { builtIns } from '../../plugins/index.ts';
import type { ProblemKind } from '../../plugins/types.ts';

/** The handbook's pages of the problem codes are the code tables, written out. `UPDATE=1` writes them. */
const folder = join(import.meta.dirname, '../../content/handbook/docs/problems');
const kinds = problemKinds(builtIns);

test('every problem code has its page in the handbook', () => {
  const expected = new Map([...kinds].map(([code, kind]) => [`${code}.md`, pageOf(code, kind)]));
  if (process.env['UPDATE']) write(expected);

  const missing = [...expected]
    .filter(([file, text]) => readPage(file) !== text)
    .map(([file]) => file);

  expect(missing, 'run UPDATE=1 npx vitest run test/house/handbook.test.ts').toEqual([]);
});

test('the handbook has no page of a code that is gone', () => {
  const pages = fastGlob.sync('*/*.md', { cwd: folder });

  expect(pages.filter((page) => !kinds.has(page.replace(/\.md$/, '')))).toEqual([]);
});

function pageOf(code: string, { title, severity, explain, fix }: ProblemKind): string {
  return `# ${title}\n\n\`${code}\`, severity ${severity}\n\n${explain}\n\n## How to put it right\n\n${fix}\n`;
}

function readPage(file: string): string | undefined {
  const path = join(folder, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function write(pages: ReadonlyMap<string, string>): void {
  for (const old of fastGlob.sync('*/*.md', { cwd: folder })) rmSync(join(folder, old));
  for (const [file, text] of pages) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}
