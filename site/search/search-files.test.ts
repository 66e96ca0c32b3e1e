import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Portal, SearchRecord } from '../../plugins/types.ts';
import { memoryIndex } from '../../test/memory-index.ts';
import {
  indexPath,
  markdownText,
  noText,
  ownText,
  type IndexStart,
} from '../src/search/engine/index-format.ts';
import { PortalSearch } from '../src/search/engine/portal-search.ts';
import { mostParts, recordsPerPart } from './index-parts.ts';
import { partCount } from './record-parts.ts';
import { recordLists } from './lists.ts';
import { openSearchDescription } from './open-search.ts';
import { recordFiles } from './record-files.ts';
import { mostRecords } from './records.ts';
import { rowColumns } from './row-columns.ts';
import { textWords } from './text-words.ts';
import { writeIndex, writeSearch } from './write.ts';

const record: SearchRecord = {
  url: '/payments-api/',
  title: 'Payments API',
  type: 'API',
  names: ['payments-api', 'paymentsApi', 'default/payments-api'],
  filters: { kind: ['API'], owner: ['payments'] },
  sections: [{ title: 'Refunds', anchor: 'refunds', text: 'Money back' }],
  updated: '1970-01-11T00:00:00Z',
};

test('a small portal finds names with one file; texts are beside it', async () => {
  const files = await memoryIndex([record]);
  const start: IndexStart = JSON.parse(Buffer.from(files.get('search/index.json')!).toString());

  expect(start.whole!.rows).toMatchObject({
    titles: ['Payments API', '/payments-api/'],
    types: ['API'],
    filters: [['owner', 'payments']],
    facets: [[0]],
    day: [10],
    text: [ownText],
  });
  // The title and the first two names are one name in three spellings.
  expect(start.whole!.names.flatMap(({ words }) => words)).toEqual([
    'api',
    'default',
    'defaultpaymentsapi',
    'payments',
    'paymentsapi',
    'refunds',
  ]);
  expect([...files.keys()]).toEqual([
    indexPath(`${start.parts[0]!.folder}/0`),
    indexPath(start.texts.file[0]!),
    'search/index.json',
  ]);
});

test('of a large portal only what a query needs is fetched', async () => {
  const files = await memoryIndex(manyRecords(3000));
  const asked: string[] = [];
  const search = await PortalSearch.open(async (path) => {
    asked.push(path);
    return files.get(path);
  });
  const request = { typed: 'service 2711', filters: [], limit: 5, isNamesOnly: true };
  await search.search(request, ({ hits }) => expect(hits[0]!.url).toBe('/service-2711/'));

  expect(asked.slice(0, 2)).toEqual([
    'search/index.json',
    expect.stringMatching(/^search\/files\/rows-/),
  ]);
  expect(asked.length).toBeLessThan(7);
  expect([...files.keys()].filter((path) => path.includes('names-')).length).toBeGreaterThan(20);
});

test('one edited page changes few files, and one part is made anew', async () => {
  const before = manyRecords(3000);
  const cache = mkdtempSync(join(tmpdir(), 'callboard-index-'));
  async function write(records: readonly SearchRecord[], known: ReadonlySet<string>) {
    const paths = new Set<string>();
    const made: string[] = [];
    const report = await writeIndex(
      records,
      {
        write: (path) => paths.add(path),
        keeps: (path) => {
          paths.add(path);
          return known.has(path);
        },
        make: (path) => made.push(path),
        copy: (path) => paths.add(path),
      },
      cache,
    );
    return { paths, made, report };
  }
  const old = await write(before, new Set());
  const after = before.with(5, { ...before[5]!, title: 'Quarterly zebra' });
  const edited = await write(after, old.paths);

  expect(old.report).toMatchObject({ parts: 4, rebuilt: 4 });
  expect(edited.report).toMatchObject({ parts: 4, rebuilt: 1 });
  expect(edited.made.length).toBeLessThan(old.made.length / 3);
  rmSync(cache, { recursive: true });
});

function manyRecords(count: number): SearchRecord[] {
  return Array.from({ length: count }, (_, at) => ({
    url: `/service-${at}/`,
    title: `Service ${at}`,
    type: 'Component',
    names: [`component:default/service-${at}`],
    summary: `Number ${at} of team ${at % 97}`,
    filters: { owner: [`team-${at % 97}`] },
  }));
}

test('every record is in one shard, and the list names them all', () => {
  const records = Array.from({ length: 1001 }, (_, at) => ({ ...record, url: `/${at}/` }));
  const [list, ...shards] = [...recordFiles(records, (path) => `/base${path}`)];

  expect(JSON.parse(String(list!.body))).toEqual({
    count: 1001,
    shards: [0, 1, 2].map((shard) => `/base/api/search-records/${shard}.json`),
  });
  const urls = shards.flatMap(({ body }) =>
    JSON.parse(String(body)).records.map((each: SearchRecord) => each.url),
  );
  expect(urls).toEqual(records.map(({ url }) => url));
});

test('lists are by type, then by title', () => {
  const others = ['Übersicht 10', 'Übersicht 9', 'alpha'].map((title) => ({
    ...record,
    title,
    type: 'Design record',
  }));
  const lists = recordLists([...others, record]);

  expect(lists.map(({ slug }) => slug)).toEqual(['api', 'design-record']);
  expect(lists[1]!.records.map(({ title }) => title)).toEqual([
    'alpha',
    'Übersicht 9',
    'Übersicht 10',
  ]);
});

test('a title cannot leave its place in the OpenSearch description', () => {
  const text = openSearchDescription('A<b>&"', 'https://host/search/');

  expect(text).toContain('<ShortName>A&#60;b&#62;&#38;&#34;</ShortName>');
  expect(text).toContain('template="https://host/search/?query={searchTerms}"');
});

test('texts have identifiers in one piece, and scripts without spaces in words', () => {
  const words = textWords([
    { ...record, text: 'set config.maxRetry_count now: 支払いサービス', sections: [] },
  ]).all();

  for (const word of ['config', 'retry', 'maxretrycount', 'configmaxretrycount', '支払い'])
    expect(words.map(([each]) => each)).toContain(word);
});

test('what has no text beyond its name is not in the texts', () => {
  const entity: SearchRecord = { url: '/a/', title: 'A', type: 'Component', summary: 'Short.' };

  expect(textWords([entity]).all()).toEqual([]);
  expect(rowColumns([entity, { ...record, hasMarkdown: true }]).text).toEqual([
    noText,
    markdownText,
  ]);
});

test('more than a browser can hold is refused, with what to do about it', async () => {
  const records = Array.from({ length: mostRecords + 1 }, (_, at) => ({
    ...record,
    url: `/${at}/`,
  }));
  const plugins = [{ name: 'one', search: () => records }];
  const portal = { plugins, model: () => undefined } as unknown as Portal;

  await expect(
    writeSearch(
      portal,
      { write: vi.fn(), keeps: vi.fn(), make: vi.fn(), copy: vi.fn() },
      '/nowhere',
    ),
  ).rejects.toMatchObject({
    message: 'There are 250,001 things to find, and a browser can hold the index of 250,000.',
    hint: 'Split the organisation over several portals, or leave kinds out that nobody looks up.',
  });
});

test.each([
  [0, 1],
  [1250, 1],
  [1251, 2],
  [10_000, 8],
  [250_000, 64],
])('%i records are in %i parts', (records, parts) => {
  expect(partCount(records, recordsPerPart, mostParts)).toBe(parts);
});
