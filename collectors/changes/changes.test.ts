import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Problem } from '../../plugins/types.ts';
import { parseConfig } from '../parse-config.ts';
import { collect } from '../run.ts';
import { compare, stateOf } from './compare.ts';
import { mostChanges } from './keep.ts';
import { changesPath, readChanges } from './read.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'changes-'));
  entity('checkout', 'payments', 'production');
  entity('orders', 'payments', 'production');
});

function write(path: string, text: string): void {
  const file = join(directory, 'repositories', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function entity(name: string, owner: string, lifecycle: string): void {
  write(
    `${name}/catalog-info.yaml`,
    `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  annotations: { 'backstage.io/techdocs-ref': 'dir:.' }
spec: { type: service, lifecycle: ${lifecycle}, owner: ${owner}, system: shop }
`,
  );
  write(`${name}/mkdocs.yml`, 'site_name: Guide\n');
  write(`${name}/docs/index.md`, '# Guide\n\nHow it works.\n');
}

async function run(): Promise<string[]> {
  const known = readChanges(directory).changes.length;
  const config = parseConfig({
    sources: [{ type: 'local', root: './repositories', repositories: '*' }],
    plugins: { templates: false, apis: false, kubernetes: false, costs: false, activity: false },
  });
  await collect(directory, config, { acceptRemovals: true });
  const { changes } = readChanges(directory);
  return changes.slice(0, changes.length - known).map(({ title }) => title);
}

test('the first run is where news begin', async () => {
  expect(await run()).toEqual([]);
});

test('the same input gives the same bytes', async () => {
  await run();
  const first = readFileSync(changesPath(directory), 'utf8');
  await run();

  expect(readFileSync(changesPath(directory), 'utf8')).toBe(first);
});

test('owner and lifecycle are news, to the old owner as well', async () => {
  await run();
  entity('checkout', 'storefront', 'deprecated');

  expect(await run()).toEqual([
    'checkout: lifecycle is now deprecated, was production',
    'checkout: owner is now storefront, was payments',
  ]);
  expect(readChanges(directory).changes[1]?.about).toEqual([
    'component:default/checkout',
    'group:default/storefront',
    'system:default/shop',
    'group:default/payments',
  ]);
});

test('a new entity, its documentation as a whole, and its problems are news', async () => {
  await run();
  entity('refunds', 'payments', 'experimental');
  write('refunds/docs/late.md', '# Late\n\nText.\n');

  const titles = await run();

  expect(titles).toContain('New component refunds');
  expect(titles.filter((title) => title.startsWith('New documentation'))).toEqual([
    'New documentation Guide',
  ]);
  expect(titles.some((title) => title.startsWith('New page'))).toBe(false);
  expect(titles.some((title) => /new problems? in component:default\/refunds/i.test(title))).toBe(
    true,
  );
});

test('a page added to known documentation is news', async () => {
  await run();
  write('orders/docs/replay.md', '# Replay\n\nText.\n');

  expect(await run()).toEqual(['New page Replay in Guide']);
  expect(readChanges(directory).changes[0]?.path).toBe('/docs/default/component/orders/replay/');
});

test('what is gone is told without an address', async () => {
  await run();
  write('orders/catalog-info.yaml', '');

  const titles = await run();

  expect(titles).toContain('Removed: component orders');
  const removed = readChanges(directory).changes.find(({ what }) => what === 'removed');
  expect(removed).not.toHaveProperty('path');
});

test('a damaged history begins anew', async () => {
  await run();
  writeFileSync(changesPath(directory), '{"schema": "cha');
  entity('refunds', 'payments', 'experimental');

  expect(await run()).toEqual([]);
});

const dark: Problem = {
  code: 'stages/dark',
  severity: 'warning',
  message: 'The cellar is dark.',
  docs: '/problems/stages/dark/',
  entity: 'component:default/cellar',
  owner: 'group:default/light',
  at: { repository: 'acme/stages', file: 'cellar.yaml', line: 3 },
};

function titlesOf(before: readonly Problem[], after: readonly Problem[]): string[] {
  return compare(
    'stages',
    stateOf([], before),
    stateOf([], after),
    after,
    () => 'Dark',
    '2026-11-28T10:00:00Z',
  ).map(({ title }) => title);
}

test.each<[string, Problem[], Problem[], string[]]>([
  ['a new one', [], [dark], ['New problem in component:default/cellar: Dark']],
  [
    'two of a kind',
    [],
    [dark, { ...dark, at: { file: 'b.yaml' } }],
    ['2 new problems in component:default/cellar: Dark'],
  ],
  ['a known one that moved', [dark], [{ ...dark, at: { ...dark.at, line: 9 } }], []],
  ['one that is gone', [dark], [], []],
  ['a remark', [], [{ ...dark, severity: 'info' }], []],
])('problems: %s', (_what, before, after, titles) => {
  expect(titlesOf(before, after)).toEqual(titles);
});

test('the history is bounded', async () => {
  await run();
  for (let index = 0; index < 3; index++) {
    const { known, changes } = readChanges(directory);
    const many = Array.from({ length: 600 }, (_, each) => ({
      id: `${index}-${each}`,
      at: '2026-11-28T10:00:00Z',
      plugin: 'stages',
      what: 'added' as const,
      title: 'New',
      about: [],
    }));
    writeFileSync(
      changesPath(directory),
      JSON.stringify({ schema: 'changes@1', known, changes: [...many, ...changes] }),
    );
    await run();
  }

  expect(readChanges(directory).changes).toHaveLength(mostChanges);
});
