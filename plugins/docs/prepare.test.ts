import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import type { ProblemInput } from '../types.ts';
import prepare from './prepare.ts';
import { DocsOptions, type DocsSite } from './schema.ts';
import { dialectOf } from './sites/mkdocs.ts';
import { SiteStore } from './sites/store.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-docs-prepare-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What `collect` leaves of a site. */
function site(pages: Record<string, string>): DocsSite {
  const store = new SiteStore(join(folder, 'files'));
  for (const [path, text] of Object.entries(pages)) {
    store.write('component:default/checkout', 'files', path, text);
  }
  const dialect = dialectOf(undefined);
  return {
    entity: 'component:default/checkout',
    source: 'local',
    repository: 'acme/checkout',
    title: 'Checkout',
    docs: 'docs',
    asOf: '2026-11-01T00:00:00.000Z',
    dialect: { ...dialect, features: [...dialect.features] },
    nav: Object.keys(pages).map((page) => ({ title: page, page })),
    pages: Object.entries(pages).map(([path, text]) => ({
      path,
      title: path,
      key: createHash('sha256').update(`${path} ${text}`).digest('hex'),
    })),
    assets: [],
    redirects: {},
  };
}

async function run(...sites: DocsSite[]): Promise<string[]> {
  const problems: ProblemInput[] = [];
  await prepare({
    options: DocsOptions.parse({}),
    data: { sites, aliases: [] },
    folder: join(folder, 'files'),
    cache: join(folder, 'cache'),
    report: (problem) => problems.push(problem),
  });
  return problems.map(({ at, code, entity }) => `${at?.file}:${at?.line} ${code} ${entity}`);
}

function cachedPages(): Record<string, number> {
  const files = readdirSync(join(folder, 'cache'), { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    files
      .filter((file) => file.isFile() && !/^(?:current|checkout\.json)$/u.test(file.name))
      .map(({ name, parentPath }) => [name, statSync(join(parentPath, name)).mtimeMs]),
  );
}

test('what is wrong is told by every build, though pages are rendered once', async () => {
  const data = site({
    'index.md': '---\ntitle: x\n---\n# A\n\n[gone](gone.md) [b](b.md#part)\n',
    'b.md': '# B\n',
  });

  const first = await run(data);
  const rendered = cachedPages();
  const second = await run(data);

  expect(first).toEqual([
    'docs/index.md:6 docs/broken-link component:default/checkout',
    'docs/index.md:6 docs/broken-anchor component:default/checkout',
  ]);
  expect(second).toEqual(first);
  expect(cachedPages()).toEqual(rendered);
});

test('a page that changes is rendered again, and the links of the others are judged by it', async () => {
  const link = '# A\n\n[b](b.md#part)\n';
  await run(site({ 'index.md': link, 'b.md': '# B\n' }));
  const before = cachedPages();

  const problems = await run(site({ 'index.md': link, 'b.md': '# B\n\n## Part\n' }));

  expect(problems).toEqual([]);
  const after = cachedPages();
  expect(Object.keys(after)).toHaveLength(2);
  expect(Object.entries(after).filter(([name, time]) => before[name] === time)).toHaveLength(1);
});

test('a page that cannot be rendered stays a problem', async () => {
  const data = site({ 'index.md': '# A\n' });
  // Stands for whatever makes rendering fail: no page of a real dialect is known to.
  data.dialect.features.push('nonsense');

  const problems = [await run(data), await run(data)];

  const told = 'docs/index.md:undefined docs/render-failed component:default/checkout';
  expect(problems).toEqual([[told], [told]]);
});
