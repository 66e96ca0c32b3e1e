import { expect, test } from 'vitest';

import type { CollectedEntity } from '../../catalog/index.ts';
import type { ProblemInput, Repository } from '../../types.ts';
import type { NavNode } from '../schema.ts';
import { readFrontMatter } from '../markdown/front-matter.ts';
import { readConfiguration } from './configuration.ts';
import { discover } from './discover.ts';
import { imageSize } from './images.ts';
import { dialectOf, parseYaml } from './mkdocs.ts';
import { navigationOf } from './navigation.ts';
import { fromSummary } from './orders.ts';
import { addressOf, relativeAddress, safePath } from './paths.ts';
import { readSite } from './read-site.ts';
import { safeSvg } from './svg.ts';
import { toSite } from './to-site.ts';

test.each([
  ['guide/a.md', 'guide/a.md'],
  ['./a/../b.md', 'b.md'],
  ['a//b', 'a/b'],
  ['../a', undefined],
  ['a/../../b', undefined],
  ['%2e%2e/a', undefined],
  ['%252e%252e/a', undefined],
  ['..\\a', undefined],
  ['%5c..%5ca', undefined],
  ['C:/windows', undefined],
  ['//host/share', undefined],
  ['a\u0000b', undefined],
  ['%00', undefined],
  ['%zz', undefined],
])('safePath(%j) is %j', (path, expected) => {
  expect(safePath(path)).toBe(expected);
});

test.each([
  ['index.md', ''],
  ['README.md', ''],
  ['guide/index.md', 'guide/'],
  ['guide/a.md', 'guide/a/'],
  ['a.b.md', 'a.b/'],
])('%s lives at %j', (path, expected) => {
  expect(addressOf(path)).toBe(expected);
});

test.each([
  ['', 'a/', 'a/'],
  ['a/', '', '../'],
  ['a/', 'a/', './'],
  ['guide/a/', 'guide/b/', '../b/'],
  ['guide/a/', 'img/x y.png', '../../img/x%20y.png'],
])('from %j to %j it is %j', (from, to, expected) => {
  expect(relativeAddress(from, to)).toBe(expected);
});

function repository(files: Record<string, string>, about: Partial<Repository> = {}): Repository {
  return {
    source: 'local',
    id: 'acme/checkout',
    owner: 'acme',
    name: 'checkout',
    url: 'https://github.com/acme/checkout',
    branch: 'main',
    asOf: '2026-11-01T00:00:00.000Z',
    catalogFiles: [],
    async find(globs) {
      const { default: picomatch } = await import('picomatch');
      const isMatch = picomatch([...globs], { dot: true });
      return Object.keys(files)
        .filter((path) => isMatch(path))
        .sort();
    },
    async read(path, most = Number.POSITIVE_INFINITY) {
      const text = files[path];
      if (text === undefined) return null;
      if (text.length > most) throw new Error(`larger than ${most} bytes`);
      return new TextEncoder().encode(text);
    },
    ...about,
  };
}

function entity(annotations: Record<string, string>, file = 'catalog-info.yaml'): CollectedEntity {
  return {
    ref: 'component:default/checkout',
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'checkout', namespace: 'default', annotations },
    },
    origin: { source: 'local', repository: 'acme/checkout', file, line: 1, column: 1 },
    raw: '',
  };
}

test.each<[Record<string, string>, string, string | undefined]>([
  [{}, 'none', undefined],
  [{ 'backstage.io/techdocs-ref': 'dir:.' }, 'site', 'services'],
  [{ 'backstage.io/techdocs-ref': 'dir:../docs-site' }, 'site', 'docs-site'],
  [{ 'backstage.io/techdocs-ref': 'dir:../../../etc' }, 'problem', undefined],
  [
    { 'backstage.io/techdocs-ref': 'url:https://github.com/acme/checkout/tree/main/site/' },
    'site',
    'site',
  ],
  [
    { 'backstage.io/techdocs-ref': 'url:https://github.com/acme/other/tree/main/' },
    'problem',
    undefined,
  ],
  [
    { 'backstage.io/techdocs-ref': 'url:https://github.com/acme/checkout/tree/main/%2e%2e/x' },
    'problem',
    undefined,
  ],
  [{ 'backstage.io/techdocs-ref': 'gcs:bucket' }, 'problem', undefined],
  [
    {
      'backstage.io/techdocs-ref': 'dir:.',
      'backstage.io/source-location': 'url:https://github.com/acme/checkout/tree/main/elsewhere/',
    },
    'site',
    'elsewhere',
  ],
  [{ 'backstage.io/techdocs-entity': 'System:Shop' }, 'alias', undefined],
])('%j is %s', (annotations, kind, folder) => {
  const found = discover(entity(annotations, 'services/catalog-info.yaml'), [repository({})]);

  expect(found.kind).toBe(kind);
  if (found.kind === 'site') expect(found.folder).toBe(folder);
  if (found.kind === 'alias') expect(found.target).toBe('system:default/shop');
});

test('a bad reference says what was expected', () => {
  const found = discover(entity({ 'backstage.io/techdocs-ref': 'gcs:bucket' }), [repository({})]);

  expect(found.kind === 'problem' && found.problem.message).toBe(
    '`backstage.io/techdocs-ref: gcs:bucket` leads nowhere, expected `dir:` with a folder of this repository or `url:` with a folder of one this portal reads.',
  );
});

test('a navigation keeps titles, sections, links, globs and tells what is missing', () => {
  const { nodes, missing } = navigationOf({
    nav: [
      'index.md',
      { Guide: ['guide/a.md', { 'All the rest': 'guide/*' }] },
      { Elsewhere: 'https://example.com' },
      { Gone: 'gone.md' },
      { Out: '../out.md' },
    ],
    pages: ['guide/a.md', 'guide/b.md', 'index.md'],
    titles: new Map([['guide/a.md', 'Getting started']]),
    orders: new Map(),
  });

  expect(nodes).toEqual([
    { title: 'Home', page: 'index.md' },
    {
      title: 'Guide',
      children: [
        { title: 'Getting started', page: 'guide/a.md' },
        { title: 'Getting started', page: 'guide/a.md' },
        { title: 'B', page: 'guide/b.md' },
      ],
    },
    { title: 'Elsewhere', url: 'https://example.com' },
  ]);
  expect(missing.map(({ entry }) => entry)).toEqual(['gone.md', '../out.md']);
});

test.each([
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'file:///etc/passwd',
])('a navigation never leads to %s', (address) => {
  const { nodes, missing } = navigationOf({
    nav: [{ Bad: address }, address, { Part: [{ Bad: address }] }],
    pages: [],
    titles: new Map(),
    orders: new Map(),
  });

  expect(nodes).toEqual([{ title: 'Part', children: [] }]);
  expect(missing).toHaveLength(3);
});

test('without a navigation, indexes come first and folders are sections', () => {
  const { nodes } = navigationOf({
    nav: undefined,
    pages: ['b.md', 'index.md', 'run-books/page-10.md', 'run-books/page-2.md'],
    titles: new Map(),
    orders: new Map(),
  });

  expect(nodes).toEqual([
    { title: 'Home', page: 'index.md' },
    { title: 'B', page: 'b.md' },
    {
      title: 'Run books',
      children: [
        { title: 'Page 2', page: 'run-books/page-2.md' },
        { title: 'Page 10', page: 'run-books/page-10.md' },
      ],
    },
  ]);
});

test.each([
  ['# Its own', 'Its own'],
  ['---\ntitle: <b>Front</b> &amp; matter\n---\n# Its own', 'Front & matter'],
  ['<p align="center"><img src="x.png"></p>\n\n<h1 align="center">Its own</h1>', 'Its own'],
  ['Text only', 'Named in nav'],
  ['---\ntitle: Front matter\n---\nText only', 'Named in nav'],
])('a page that begins with %j is called %s', async (text, expected) => {
  const site = await readSite(
    repository({
      'mkdocs.yml':
        'nav:\n  - Guide:\n      - <span class="new">Named in nav<img src="new.svg"></span>: a.md\n      - Again: a.md\n',
      'docs/a.md': text,
    }),
    '',
    () => {},
  );

  expect(site.pages[0]?.title).toBe(expected);
  expect(site.nav[0]?.children?.[0]?.title).toBe('Named in nav');
});

test('order files place the rest where `...` stands', () => {
  const { nodes } = navigationOf({
    nav: undefined,
    pages: ['a.md', 'b.md', 'z.md'],
    titles: new Map(),
    orders: new Map([['', { nav: ['z.md', '...'] }]]),
  });

  expect(nodes.map(({ page }) => page)).toEqual(['z.md', 'a.md', 'b.md']);
});

test.each<[string, Record<string, string>, string[]]>([
  [
    'awesome-pages',
    {
      'mkdocs.yml': 'plugins: [awesome-pages]\n',
      'docs/.pages': 'nav:\n  - index.md\n  - sub\n  - ... | z*.md\n  - ...\n',
      'docs/sub/.pages': 'title: Subjects\norder: desc\n',
      ...pagesAt('index.md', 'a.md', 'z1.md', 'z2.md', 'sub/1.md', 'sub/2.md'),
    },
    ['Home', 'Subjects', '2', '1', 'Z1', 'Z2', 'A'],
  ],
  [
    'awesome-nav',
    {
      'mkdocs.yml': 'plugins: [awesome-nav]\n',
      'docs/.nav.yml': "nav:\n  - index.md\n  - Guides:\n      - 'guides/*'\n  - '*'\n",
      ...pagesAt('index.md', 'guides/a.md', 'z.md'),
    },
    ['Home', 'Guides', 'A', 'Z'],
  ],
  [
    'literate-nav',
    {
      'mkdocs.yml': 'plugins: [literate-nav]\n',
      'docs/SUMMARY.md':
        '* [Start](index.md)\n* [Guide](guide/)\n* Parts\n    * [B](b.md)\n        * [C](c.md)\n* *.md\n',
      'docs/guide/SUMMARY.md': '- [Second](2.md)\n- [First](1.md)\n',
      ...pagesAt('index.md', 'b.md', 'c.md', 'e.md', 'guide/1.md', 'guide/2.md'),
    },
    ['Start', 'Guide', 'Second', 'First', 'Parts', 'B', 'B', 'C', 'E'],
  ],
  [
    'many sites of a monorepo',
    {
      'mkdocs.yml': "nav:\n  - Home: index.md\n  - Parts: '*include ./parts/*/mkdocs.yml'\n",
      'parts/one/mkdocs.yml': "site_name: !ENV [NAME, 'One']\n",
      'parts/one/docs/a.md': '',
      'parts/two/mkdocs.yml': 'site_name: Two\nnav: [b.md]\n',
      'parts/two/docs/b.md': '',
      ...pagesAt('index.md'),
    },
    ['Home', 'Parts', 'One', 'A', 'Two', 'B'],
  ],
])('the order of pages by %s', async (_, files, expected) => {
  const site = await readSite(repository(files), '', () => {});

  expect(titles(site.nav)).toEqual(expected);
});

function pagesAt(...paths: string[]): Record<string, string> {
  return Object.fromEntries(paths.map((path) => [`docs/${path}`, '']));
}

function titles(nodes: readonly NavNode[]): string[] {
  return nodes.flatMap(({ title, children }) => [title, ...titles(children ?? [])]);
}

test('a SUMMARY.md nests by indentation', () => {
  expect(fromSummary('- [A](a.md)\n- Section\n    - [B](b.md)\n')).toEqual([
    { A: 'a.md' },
    { Section: [{ B: 'b.md' }] },
  ]);
});

test('settings without effect are told, once each, with their line', async () => {
  const problems: ProblemInput[] = [];
  const configuration = await readConfiguration(
    repository({
      'mkdocs.yml':
        'site_name: Shop\ndocs_dir: ../../etc\nhooks:\n  - evil.py\nplugins:\n  - techdocs-core\n  - macros\nmarkdown_extensions:\n  - pymdownx.emoji:\n      emoji_index: !!python/name:evil.run\n  - evil:Extension\n',
    }),
    '',
    (problem) => problems.push(problem),
  );

  expect(configuration.docs).toBe('docs');
  expect(problems.map(({ message, at }) => `${at?.line} ${message}`)).toEqual([
    '3 The setting `hooks` has no effect here.',
    '5 The plugin `macros` has no effect here.',
    '8 The extension `evil:Extension` has no effect here.',
    '2 `docs_dir` is `../../etc`, which leaves the repository; `docs` is read instead.',
  ]);
});

test('a configuration that is no YAML is told, and the pages are shown all the same', async () => {
  const problems: ProblemInput[] = [];
  const site = await readSite(
    repository({ 'mkdocs.yml': 'nav: [\n', 'docs/index.md': '# Shop\n' }),
    '',
    (problem) => problems.push(problem),
  );

  expect(site.pages.map(({ path }) => path)).toEqual(['index.md']);
  expect(problems[0]?.code).toBe('docs/bad-config');
});

test('a site reads its pages, files and includes; dot files, unknown types and large pages stay out', async () => {
  const problems: ProblemInput[] = [];
  const site = await readSite(
    repository({
      'mkdocs.yml': 'site_name: Shop\nexclude_docs: drafts/\nplugins: [techdocs-core]\n',
      'docs/index.md': '# Shop\n\n--8<-- "part.txt"\n',
      'docs/part.txt': 'part',
      'docs/drafts/a.md': 'draft',
      'docs/.secret.md': 'secret',
      'docs/evil.html': '<script>',
      'docs/evil.js': 'alert(1)',
      'docs/large.md': 'x'.repeat(3 * 1024 * 1024),
      'docs/image.png': 'png',
    }),
    '',
    (problem) => problems.push(problem),
  );

  expect(site.pages.map(({ path }) => path)).toEqual(['index.md']);
  expect(site.assets.map(({ path }) => path)).toEqual(['image.png', 'part.txt']);
  expect([...site.pages[0]!.includes.keys()]).toEqual(['part.txt']);
  expect(problems.map(({ code }) => code)).toEqual(['docs/too-large']);
});

test('sites of a monorepo are mounted where they are included', async () => {
  const site = await readSite(
    repository({
      'mkdocs.yml':
        "site_name: All\nnav:\n  - Home: index.md\n  - Shop: '!include ./shop/mkdocs.yml'\n",
      'docs/index.md': '# All\n',
      'shop/mkdocs.yml': 'site_name: shop\nnav:\n  - Start: index.md\n',
      'shop/docs/index.md': '# Shop\n',
    }),
    '',
    () => {},
  );

  expect(site.nav).toEqual([
    { title: 'Home', page: 'index.md' },
    { title: 'Shop', children: [{ title: 'Start', page: 'shop/index.md' }] },
  ]);
});

test('without docs and configuration the README is the site', async () => {
  const site = await readSite(
    repository({
      'README.md': '# Shop\n\n![x](logo.png)\n',
      'logo.png': 'png',
      'other.png': 'png',
    }),
    '',
    () => {},
  );

  expect(site.pages.map(({ path, title }) => `${path} ${title}`)).toEqual(['README.md Shop']);
  expect(site.assets.map(({ path }) => path)).toEqual(['logo.png']);
});

test('techdocs.yaml names its folder and navigation', async () => {
  const site = await readSite(
    repository({
      'techdocs.yaml': 'version: 1\ntitle: Shop\ndocsDir: pages\nnav:\n  - Start: index.md\n',
      'pages/index.md': '# x\n',
    }),
    '',
    () => {},
  );

  expect(site.title).toBe('Shop');
  expect(site.nav).toEqual([{ title: 'Start', page: 'index.md' }]);
});

test.each([
  [undefined, 2, true],
  [{ plugins: ['techdocs-core'] }, 2, false],
  [{ markdown_extensions: ['admonition'] }, 4, false],
  [{ markdown_extensions: [{ mdx_truly_sane_lists: { nested_indent: 4 } }] }, 4, false],
  [{ markdown_extensions: { 'pymdownx.arithmatex': { generic: true } } }, 4, true],
])('%j nests lists by %i and has math: %s', (config, indent, hasMath) => {
  const dialect = dialectOf(config);

  expect(dialect.listIndent).toBe(indent);
  expect(dialect.features.includes('math')).toBe(hasMath);
});

test('aliases in YAML are counted, prototypes dropped', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
    .split('')
    .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`)
    .join('\n')}`;

  expect(parseYaml(bomb).errors).toHaveLength(1);
  expect(Object.keys(parseYaml('__proto__: {x: 1}\nconstructor: 1\na: 1').data)).toEqual(['a']);
});

test.each([
  ['---\ntitle: A\n---\ntext', 'A', 'text', undefined],
  ['---\r\ntitle: A\r\n...\r\ntext', 'A', 'text', undefined],
  ['text\n---\nmore', undefined, 'text\n---\nmore', undefined],
  ['----\ntext', undefined, '----\ntext', undefined],
  [
    '---js\n{}\n---\ntext',
    undefined,
    '---js\n{}\n---\ntext',
    'Front matter in `js` is not read, expected YAML.',
  ],
  [
    '--- javascript\n{}\n---\ntext',
    undefined,
    '--- javascript\n{}\n---\ntext',
    'Front matter in `javascript` is not read, expected YAML.',
  ],
  [
    '---\ntitle: [\n---\ntext',
    undefined,
    'text',
    'Flow sequence in block collection must be sufficiently indented and end with a ]',
  ],
  ['Title: Shop\nAuthor: Ana,\n    Ben\n\ntext', 'Shop', 'text', undefined],
  ['title: Shop\ntext', 'Shop', 'text', undefined],
  ['https://example.com\n\ntext', undefined, 'https://example.com\n\ntext', undefined],
  ['two words: x\n', undefined, 'two words: x\n', undefined],
])('front matter %j', (source, title, content, error) => {
  const front = readFrontMatter(source);

  expect(front.data['title']).toBe(title);
  expect(front.content).toBe(content);
  expect(front.error).toBe(error);
});

test.each([
  ['<svg><script>alert(1)</script><path d="M0 0"/></svg>', '<svg><path d="M0 0"></path></svg>'],
  [
    '<svg onload="x"><a href="javascript:x"><text>t</text></a></svg>',
    '<svg><a><text>t</text></a></svg>',
  ],
  [
    '<svg><style>@import url(//e)</style><rect fill="url(#a)"/></svg>',
    '<svg><rect fill="url(#a)"></rect></svg>',
  ],
  [
    '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x "y">]><svg><foreignObject>x</foreignObject></svg>',
    '<svg></svg>',
  ],
  [
    '<svg><image href="https://e/x.png"/><use xlink:href="#a"/></svg>',
    '<svg><image></image><use xlink:href="#a"></use></svg>',
  ],
])('%s becomes %s', (source, expected) => {
  expect(safeSvg(source)).toBe(expected);
});

test('sizes of pictures', () => {
  const png = new Uint8Array(24);
  png.set([0x89, 0x50, 0x4e, 0x47]);
  new DataView(png.buffer).setUint32(16, 640);
  new DataView(png.buffer).setUint32(20, 480);

  expect(imageSize(png)).toEqual({ width: 640, height: 480 });
  expect(imageSize(new TextEncoder().encode('<svg viewBox="0 0 10 20">'))).toEqual({
    width: 10,
    height: 20,
  });
  expect(imageSize(new Uint8Array(3))).toBeUndefined();
});

async function siteOf(files: Record<string, string>) {
  const from = repository(files, { url: 'https://github.com/acme/checkout', branch: 'main' });
  const read = await readSite(from, '', () => {});
  return toSite('component:default/checkout', 'Checkout', from, read, {
    iframeHosts: [],
    imageHosts: [],
  });
}

test.each([
  ['', undefined],
  ['edit_uri: edit/trunk/docs/', 'https://github.com/acme/checkout/edit/trunk/docs/'],
  [
    'repo_url: https://git.example/a/b/\nedit_uri: ../b/-/edit/x/',
    'https://git.example/a/b/-/edit/x/',
  ],
  ['edit_uri: https://edit.example/docs', 'https://edit.example/docs/'],
  ['edit_uri: ""', ''],
  ['edit_uri: "javascript:alert(1)"', undefined],
])('with `%s` pages are edited at %j', async (setting, expected) => {
  const site = await siteOf({ 'mkdocs.yml': `site_name: X\n${setting}\n`, 'docs/index.md': '# X' });

  expect(site.editPages).toBe(expected);
});

test('a page that is not where its path says tells its file', async () => {
  const readme = await siteOf({ 'README.md': '# X' });
  const included = await siteOf({
    'mkdocs.yml': "site_name: All\nnav:\n  - Shop: '!include ./shop/mkdocs.yml'\n",
    'docs/index.md': '# All',
    'shop/mkdocs.yml': 'site_name: shop\n',
    'shop/docs/index.md': '# Shop',
  });

  expect(readme.pages.map(({ file }) => file)).toEqual(['README.md']);
  expect(included.pages.map(({ path, file }) => [path, file])).toEqual([
    ['index.md', undefined],
    ['shop/index.md', 'shop/docs/index.md'],
  ]);
});

test('`exclude_docs` leaves pages out, `not_in_nav` hides them from the navigation', async () => {
  const site = await siteOf({
    'mkdocs.yml':
      'site_name: X\nexclude_docs: |\n  drafts/\n  !drafts/keep.md\n  *.tmp.md\nnot_in_nav: |\n  /old/\n',
    'docs/index.md': '# X',
    'docs/drafts/a.md': '# A',
    'docs/b.tmp.md': '# B',
    'docs/old/c.md': '# C',
  });

  expect(site.pages.map(({ path }) => path)).toEqual(['index.md', 'old/c.md']);
  expect(site.nav).toEqual([{ title: 'X', page: 'index.md' }]);
});

test('a glossary is appended to every page', async () => {
  const site = await siteOf({
    'mkdocs.yml':
      'site_name: X\nmarkdown_extensions:\n  - pymdownx.snippets:\n      auto_append: [includes/glossary.md]\n',
    'includes/glossary.md': '*[API]: Application programming interface\n',
    'docs/index.md': '# The API',
  });

  expect(site.pages[0]?.includes).toEqual({ 'includes/glossary.md': 'includes/glossary.md' });
});
