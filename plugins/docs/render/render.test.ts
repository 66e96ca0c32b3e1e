import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

import { afterEach, expect, test } from 'vitest';

import { dialectOf } from '../sites/mkdocs.ts';
import { PageCache } from './cache.ts';
import { RenderPool } from './pool.ts';
import { renderPage, type PageTask } from './render-page.ts';

const folder = mkdtempSync(join(tmpdir(), 'callboard-docs-test-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function task(text: string, path = 'guide/page.md'): PageTask {
  return {
    text,
    path,
    file: `docs/${path}`,
    dialect: dialectOf(undefined),
    includes: {},
    iframeHosts: [],
    imageHosts: ['img.example.org'],
  };
}

test.each([
  ['[x](other.md)', '../other/'],
  ['[x](../index.md#top)', '../../#top'],
  ['[x](#here)', '#here'],
  ['[x](../../src/main.ts)', 'callboard-repository:src/main.ts'],
  ['[x](../../README.md#usage)', 'callboard-repository:README.md#usage'],
  ['[x](entity:payments)', 'callboard-entity:component:default/payments'],
  ['[x](entity:API:Shop/Orders#events)', 'callboard-entity:api:shop/orders#events'],
  [
    '[x](entity:system:default/shop/guide/a.md#b)',
    'callboard-entity:system:default/shop/guide/a/#b',
  ],
  ['[x](entity:a/b/../../../c)', 'callboard-entity:component:a/b'],
  ['[x](entity:)', undefined],
  ['[x](/catalog/default/component/payments/ci-cd)', 'callboard-entity:component:default/payments'],
  ['[x](/docs/Default/Component/Payments/a/)', 'callboard-entity:component:default/payments/a/'],
  ['[x](/docs/default/component/payments.md)', '../../docs/default/component/payments/'],
  ['[x](data.csv)', '../data.csv'],
  ['[x](mailto:a@example.com)', 'mailto:a@example.com'],
])('%s leads to %s', async (text, expected) => {
  const { html } = await renderPage(task(text));

  expect(/href="([^"]*)"/u.exec(html)?.[1]).toBe(expected);
});

test.each([
  ['[x](src/main.ts)', 'callboard-repository:src/main.ts'],
  ['[x](docs/deep.md#part)', 'callboard-repository:docs/deep.md#part'],
  ['[x](LICENSE)', 'callboard-repository:LICENSE'],
  ['[x](#part)', '#part'],
])('from a README that stands alone, %s leads to the repository', async (text, expected) => {
  const { html } = await renderPage({
    ...task(text, 'README.md'),
    file: 'README.md',
    isAlone: true,
  });

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

test('numbers in comments of code lead to the list that follows', async () => {
  const { html } = await renderPage(
    task(
      '```yaml\nname: x # (1)!\nsize: (2) # keep (2) and (3)\n```\n\n1. The **name**.\n2. Its size.\n\n```python\nprint(1)\n```\n\n1. No comment.\n',
    ),
  );

  expect(html).toContain('<a class="doc-note-link" href="#note-1-1" aria-label="Note 1">1</a>');
  expect(html).toContain('<li id="note-1-1">The <strong>name</strong>.</li>');
  expect(html.match(/# keep .*\(3\)/u)?.[0]).toContain('href="#note-1-2"');
  expect(html).toContain('(2)');
  expect(html).not.toContain('note-2');
});

test.each([
  ['```dot\ndigraph { a -> b }\n```', '<title>a->b</title>'],
  ['```graphviz neato graph.svg\ngraph { a -- b }\n```', '<title>a--b</title>'],
  ['{% dot graph.svg\ndigraph { a -> b }\n%}', '<title>a->b</title>'],
  [
    '::uml:: format="png"\nA -> B\n::end-uml::',
    '<figcaption class="code-title">PlantUML</figcaption>',
  ],
  [
    '```plantuml format="png" alt="x"\nA -> B\n```',
    '<figcaption class="code-title">PlantUML</figcaption>',
  ],
])('a diagram is read as its extension has it written: %j', async (text, expected) => {
  expect((await renderPage(task(`${text}\n`))).html).toContain(expected);
});

test.each([
  [':material-account-circle:', '<circle cx="12" cy="7" r="4">'],
  [':octicons-arrow-right-16:', 'm12 5 7 7-7 7'],
  [':fontawesome-solid-paper-plane:', 'M14.536 21.686'],
  [':simple-nobody-drew-this:', 'M8.3 10a.7.7'],
])('the icon %s is drawn', async (text, shape) => {
  expect((await renderPage(task(text))).html).toContain(shape);
});

test.each([
  ['text', 'Lorem (1) ipsum (9).\n{ .annotate }\n\n1. a\n'],
  ['titles', '!!! note annotate "Lorem (1)"\n    ipsum\n\n1. a\n'],
  ['code without comments', '```{ .json .annotate }\n{"a": 1} (1)\n```\n\n1. a\n'],
])('what is marked `annotate` has its numbers linked: %s', async (_name, text) => {
  const { html } = await renderPage(task(text));

  expect(html.match(/doc-note-link/gu)).toHaveLength(1);
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

test.each([
  [
    '![Build](https://evil.example/b.svg)',
    '<a class="doc-remote" title="A picture on evil.example" href="https://evil.example/b.svg"',
  ],
  [
    '<video controls><source src="https://evil.example/v.mp4" type="video/mp4"></video>',
    '<a class="doc-remote" title="A picture on evil.example" href="https://evil.example/v.mp4"',
  ],
  [
    '<video controls><source src="https://evil.example/v.mp4"><source src="https://img.example.org/v.mp4"></video>',
    '<video controls><source><source src="https://img.example.org/v.mp4"></video>',
  ],
  [
    '[![Build](//evil.example/b.svg)](https://ci.example)',
    '<span class="doc-remote" title="A picture on evil.example">Build</span>',
  ],
  [
    '<picture><source srcset="https://evil.example/d.png"><img src="https://img.example.org/l.png"></picture>',
    '<source><img src="https://img.example.org/l.png"',
  ],
  ['<video src="https://evil.example/v.mp4"></video>', '>v.mp4</a>'],
])('a picture from elsewhere is a link: %s', async (text, expected) => {
  const { html, meta } = await renderPage(task(text));

  expect(html).toContain(expected);
  expect(meta.policy?.join() ?? '').not.toContain('evil');
});

test('pictures of hosts the portal allows are shown, and its policy is told', async () => {
  const { html, meta } = await renderPage(
    task(
      '![a](https://img.example.org/a.svg) ![b](b.png#only-dark) <img srcset="c.png 1x, d.png 2x" src="c.png">',
    ),
  );

  expect(html).toContain('<img src="https://img.example.org/a.svg"');
  expect(html).toContain('class="doc-only-dark"');
  expect(html).toContain('srcset="../c.png 1x, ../d.png 2x"');
  expect(meta.policy).toEqual(['img-src https://img.example.org']);
});

test('PlantUML is text with a note, or a picture of the server that is configured', async () => {
  const text = '```plantuml\n@startuml\nA -> B\n@enduml\n```\n';

  const plain = await renderPage(task(text));
  const drawn = await renderPage({
    ...task(text),
    plantumlServer: 'https://uml.example/plantuml/',
  });

  expect(plain.meta.notes.map(({ code }) => code)).toEqual(['docs/plantuml']);
  expect(plain.html).not.toContain('<img');
  const code = /src="https:\/\/uml\.example\/plantuml\/svg\/([^"]*)"/u.exec(drawn.html)?.[1];
  expect(decodePlantuml(code ?? '')).toBe('@startuml\nA -> B\n@enduml\n');
  expect(drawn.html).toContain('A -> B');
  expect(drawn.meta).toMatchObject({ notes: [], policy: ['img-src https://uml.example'] });
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

  const failures = await Promise.all(
    ['one', 'two', 'three'].map((text) => pool.render(text.padEnd(8, '0'), task(`# ${text}`))),
  );
  await pool.close();

  expect(failures).toEqual([undefined, undefined, undefined]);
  expect(cache.read('two00000')?.html).toContain('<h1 id="two">');
  expect(PageCache.current(folder)?.keys().has('one00000')).toBe(true);
});

test.each([
  ['The total is {{ total }}.', ['docs/python-only']],
  ['Write `{{ total }}` or `{% if %}`.', []],
])('whether Python is needed for %j', async (text, codes) => {
  expect((await renderPage(task(text))).meta.notes.map(({ code }) => code)).toEqual(codes);
});

test('a page nested too deeply is told so, and the next one is rendered', async () => {
  const cache = PageCache.open(folder, 'test');
  const pool = new RenderPool(cache.folder, 1);

  const deep = await pool.render('deep0000', task('<div>'.repeat(20_000)));
  const next = await pool.render('next0000', task('# Next'));
  await pool.close();

  expect(deep).toBe('it is nested too deeply');
  expect(next).toBeUndefined();
});

/** As a PlantUML server reads what stands behind `/svg/`. */
function decodePlantuml(code: string): string {
  const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_';
  const bits = [...code].map((each) => letters.indexOf(each).toString(2).padStart(6, '0')).join('');
  const bytes = bits.match(/.{8}/gu)!.map((each) => Number.parseInt(each, 2));
  return inflateRawSync(Buffer.from(bytes)).toString();
}
