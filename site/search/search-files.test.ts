import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Portal, SearchRecord } from '../../plugins/types.ts';
import { partCount, writeFullText } from './full-text.ts';
import { identifiersIn } from './identifiers.ts';
import { recordLists } from './lists.ts';
import { nameFiles } from './name-files.ts';
import { openSearchDescription } from './open-search.ts';
import { recordFiles } from './record-files.ts';
import { mostRecords } from './records.ts';
import { writeSearch } from './write.ts';
import { withWordBreaks } from './word-breaks.ts';

const record: SearchRecord = {
  url: '/payments-api/',
  title: 'Payments API',
  type: 'API',
  names: ['payments-api', 'paymentsApi', 'default/payments-api'],
  filters: { kind: ['API'], owner: ['payments'] },
  sections: [{ title: 'Refunds', anchor: 'refunds', text: 'Money back' }],
  updated: '1970-01-11T00:00:00Z',
};

test('names in another spelling of the title are not sent twice', () => {
  const { names, headings } = nameFiles([record], 3);

  expect(names).toEqual({
    types: ['API'],
    filters: [['owner', 'payments']],
    rows: [['Payments API', 0, '/payments-api/', ['default/payments-api'], '', '', 1, [0], 10]],
    parts: 3,
  });
  expect(headings).toEqual({ headings: [[0, 'Refunds', 'refunds']] });
});

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

test('identifiers with underscores are indexed in one piece too', () => {
  expect(identifiersIn('set MAX_RETRY_COUNT and max_retry_count, not a_')).toBe('maxretrycount');
});

test('scripts without spaces get word breaks, others stay', () => {
  expect(withWordBreaks('支払いサービス').split('\u200B').length).toBeGreaterThan(1);
  expect(withWordBreaks('plain text')).toBe('plain text');
});

test('what has no text beyond its name is not in the full text; an unchanged part is not built again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-full-text-'));
  function write(records: SearchRecord[]) {
    return writeFullText(records, join(folder, 'index'), join(folder, 'cache'));
  }
  const entity: SearchRecord = { url: '/a/', title: 'A', type: 'Component', summary: 'Short.' };

  const first = await write([record, entity]);
  expect([...first.ids.keys()]).toEqual(['/payments-api/']);
  expect(await write([entity, record])).toMatchObject({ parts: 1, rebuilt: 0 });
  expect(existsSync(join(folder, 'index/0/pagefind.js'))).toBe(true);
  expect(await write([entity])).toMatchObject({ parts: 0 });
  rmSync(folder, { recursive: true });
});

test('more than a browser can hold is refused, with what to do about it', async () => {
  const records = Array.from({ length: mostRecords + 1 }, (_, at) => ({
    ...record,
    url: `/${at}/`,
  }));
  const plugins = [{ name: 'one', search: () => records }];
  const portal = { plugins, model: () => undefined } as unknown as Portal;

  await expect(writeSearch(portal, '/nowhere', '/nowhere')).rejects.toMatchObject({
    message: 'There are 250,001 things to find, and a browser can hold the index of 250,000.',
    hint: 'Split the organisation over several portals, or leave kinds out that nobody looks up.',
  });
});

test.each([
  [0, 0],
  [10, 1],
  [4000, 1],
  [4001, 4],
  [10_000, 8],
  [250_000, 16],
])('%i records are in %i parts', (records, parts) => {
  expect(partCount(records)).toBe(parts);
});
