import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SearchRecord } from '../../plugins/types.ts';
import { writePagefind } from './pagefind-index.ts';

let cache: string;

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'callboard-pagefind-'));
});
afterEach(() => rmSync(cache, { recursive: true, force: true }));

/** Paths written for these records. */
async function written(records: readonly SearchRecord[]): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  await writePagefind(
    records,
    {
      write: (path, body) => void files.set(path, String(body)),
      copy: (path, source) => void files.set(path, source),
      keeps: () => false,
      make: () => undefined,
    },
    cache,
  );
  return files;
}

function pages(count: number, text = 'words'): SearchRecord[] {
  return Array.from({ length: count }, (_, at) => ({
    url: `/pages/${at}/`,
    title: `Page ${at}`,
    type: 'Page',
    text: at === 0 ? text : 'words',
  }));
}

test('texts are indexed in parts, of which an edit takes one anew', async () => {
  const first = await written(pages(501));
  const kept = readdirSync(cache);
  const second = await written(pages(501, 'other words'));

  expect(first.get('pagefind/parts.json')).toBe('{"parts":2}');
  expect([...first.keys()].filter((path) => path.endsWith('/pagefind.js'))).toEqual([
    'pagefind/0/pagefind.js',
  ]);
  expect([...second.keys()].filter((path) => path.includes('/fragment/'))).toHaveLength(501);
  expect(readdirSync(cache).filter((part) => kept.includes(part))).toHaveLength(1);
});

test.each([
  ['nothing', []],
  ['names alone', [{ url: '/a/', title: 'a', type: 'API' }]],
  ['too many texts', pages(4001)],
])('of %s there is no index', async (_what, records) => {
  const files = await written(records);

  expect([...files]).toEqual([['pagefind/parts.json', '{"parts":0}']]);
});
