import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, expect, test } from 'vitest';

import { dialectOf } from '../sites/mkdocs.ts';
import { PageCache } from './cache.ts';
import { RenderPool } from './pool.ts';
import { renderPage, type PageTask } from './render-page.ts';

const folder = mkdtempSync(join(tmpdir(), 'callboard-docs-test-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function task(text: string, path = 'guide/page.md'): PageTask {
  return { text, path, docs: 'docs', dialect: dialectOf(undefined), includes: {}, iframeHosts: [] };
}

test.each([
  ['[x](other.md)', '../other/'],
  ['[x](../index.md#top)', '../../#top'],
  ['[x](#here)', '#here'],
  ['[x](../../src/main.ts)', 'callboard-repository:src/main.ts'],
  ['[x](entity:component:default/payments)', '../../../../../default/component/payments/'],
  ['[x](data.csv)', '../data.csv'],
  ['[x](mailto:a@example.com)', 'mailto:a@example.com'],
])('%s leads to %s', async (text, expected) => {
  const { html } = await renderPage(task(text));

  expect(/href="([^"]*)"/u.exec(html)?.[1]).toBe(expected);
});

test('code is coloured by classes, whatever the case of its language; unknown ones stay text', async () => {
  const { html } = await renderPage(
    task('```PYTHON title="a.py" hl_lines="2"\nimport os\nx = 1\n```\n\n```nonsense\nx\n```\n'),
  );

  expect(html).toContain('<figcaption class="code-title">a.py</figcaption>');
  expect(html).toContain('<span class="t-k">import</span>');
  expect(html).toContain('<span class="line marked">');
  expect(html).toContain('data-language="nonsense"><code>x</code>');
  expect(html).not.toContain('style=');
});

test('math becomes MathML, diagrams become drawings, and failures are told', async () => {
  const { html, meta } = await renderPage(
    task(
      '$a^2$ and $\\nonsense{x}$\n\n```dot\ndigraph { a -> b }\n```\n\n```mermaid\ngraph TD\n```\n',
    ),
  );

  expect(html).toContain('<math');
  expect(html).toContain('<svg');
  expect(html).not.toContain('style=');
  expect(meta.hasMermaid).toBe(true);
  expect(meta.notes.map(({ code }) => code)).toEqual(['docs/math']);
});

test('sections are what search finds', async () => {
  const { meta } = await renderPage(task('# Title\n\nIntro *text*.\n\n## Part\n\n- a\n- b\n'));

  expect(meta.title).toBe('Title');
  expect(meta.sections).toEqual([
    { title: 'Title', anchor: 'title', text: 'Intro text.' },
    { title: 'Part', anchor: 'part', text: 'a b' },
  ]);
});

test('pages are rendered in threads and kept on disk', async () => {
  const cache = PageCache.open(folder, 'test');
  const pool = new RenderPool(cache.folder, 2);

  const rendered = await Promise.all(
    ['one', 'two', 'three'].map((text) => pool.render(text.padEnd(8, '0'), task(`# ${text}`))),
  );
  await pool.close();

  expect(rendered.map((each) => ('meta' in each ? each.meta.title : each.failure))).toEqual([
    'one',
    'two',
    'three',
  ]);
  expect(cache.read('two00000')?.html).toContain('<h1 id="two">');
  expect(PageCache.current(folder)?.has('one00000')).toBe(true);
});
