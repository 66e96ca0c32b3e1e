import { describe, expect, test } from 'vitest';
import { editDistance } from './edit-distance.ts';
import { fuse } from './fuse.ts';
import { NameIndex, type HeadingRow, type NameRow } from './name-index.ts';
import { parseQuery } from './query.ts';
import { isQuestion, joinedWord, meaningfulWords, wantedNames, wordsOf } from './words.ts';

test.each([
  ['paymentsApi', 'payments api'],
  ['payments-api', 'payments api'],
  ['payments_api', 'payments api'],
  ['HTTPServer', 'http server'],
  ['Über Größe', 'uber große'],
  ['支払いサービス', '支払い サービス'],
  ['C++ & C#', 'c c'],
])('the words of %s', (text, words) => {
  expect(wordsOf(text).join(' ')).toBe(words);
});

test.each(['payments-api', 'paymentsApi', 'payments api', 'PAYMENTS_API', 'payments.api'])(
  '%s is one identifier',
  (spelling) => {
    expect(joinedWord(spelling)).toBe('paymentsapi');
  },
);

test('a question keeps what it is about', () => {
  const words = wordsOf('How do I roll back a deploy?');

  expect(isQuestion(words)).toBe(true);
  expect(meaningfulWords(words)).toEqual(['roll', 'back', 'deploy']);
  expect(meaningfulWords(['how', 'to'])).toEqual(['how', 'to']);
});

test.each([
  ['order ledger', ['orderledger']],
  [
    'where is the order ledger',
    ['whereistheorderledger', 'istheorderledger', 'theorderledger', 'orderledger'],
  ],
  ['how to use caches', ['howtousecaches', 'tousecaches', 'usecaches', 'caches']],
  ['...', []],
])('%s may ask for a thing of that name', (query, names) => {
  expect(wantedNames(query)).toEqual(names);
});

test.each([
  ['repository', 'repositry', 1],
  ['payments', 'paymetns', 1],
  ['deploy', 'deplyo', 1],
  ['ledger', 'ledger', 0],
  ['ledger', 'lodgings', 3],
])('from %s to %s', (left, right, edits) => {
  expect(editDistance(left, right, 2)).toBe(edits);
});

const types = 0;
const rows: NameRow[] = [
  [
    'Payments API',
    types,
    '/payments-api/',
    ['payments-api', 'api:default/payments-api'],
    'Checkout',
    'Takes card payments',
    1,
    [],
    0,
  ],
  ['Payments', types, '/payments/', ['group:default/payments'], '', 'The payments team', 1, [], 0],
  ['Order ledger', types, '/order-ledger/', ['order-ledger'], 'Checkout', 'Double entry', 1, [], 0],
  ['Rollback', types, '/runbooks/rollback/', [], 'Runbooks', '', 1, [], 0],
];
const headings: HeadingRow[] = [
  [3, 'When the payment provider is down', 'down'],
  [3, 'Undo a deploy', 'undo'],
];
const index = new NameIndex(rows, headings);

function find(query: string): string[] {
  return index.search(query, wordsOf(query), 10, () => true).map((hit) => rows[hit.row]![2]);
}

describe('by name', () => {
  test.each([
    ['payments', '/payments/'],
    ['payments-api', '/payments-api/'],
    ['paymentsApi', '/payments-api/'],
    ['paymentsapi', '/payments-api/'],
    ['api:default/payments-api', '/payments-api/'],
    ['paymetns api', '/payments-api/'],
    ['ordr ledger', '/order-ledger/'],
    ['led', '/order-ledger/'],
    ['undo deploy', '/runbooks/rollback/'],
    ['provider down', '/runbooks/rollback/'],
    ['where is the rollback', '/runbooks/rollback/'],
  ])('%s finds %s first', (query, url) => {
    expect(find(query)[0]).toBe(url);
  });

  test('a heading that fits better than the title is where the hit leads', () => {
    const [hit] = index.search('undo deploy', ['undo', 'deploy'], 1, () => true);

    expect(hit?.heading).toBe(1);
  });

  test.each([
    ['where is the order ledger', true, false],
    ['when the payment provider is down', false, true],
    ['order', false, false],
  ])('%s asks for a name: %s, for a heading: %s', (query, isExact, isHeading) => {
    const [hit] = index.search(query, wordsOf(query), 1, () => true);

    expect(hit).toMatchObject({ isExact, isHeading });
  });

  test('nothing like it is nothing', () => {
    expect(find('zzzzzz')).toEqual([]);
    expect(find('')).toEqual([]);
  });

  test('rows that a filter excludes are not found', () => {
    expect(
      index.search('payments', ['payments'], 10, (row) => row !== 1).map((hit) => hit.row),
    ).not.toContain(1);
  });

  test('unknown words are put right', () => {
    expect(index.corrected(['paymetns', 'api'])).toEqual(['payments', 'api']);
    expect(index.corrected(['payments'])).toBeUndefined();
    // Somebody is still typing.
    expect(index.corrected(['paymen'])).toBeUndefined();
    expect(index.corrected(['paymen', 'api'])).toEqual(['payment', 'api']);
  });
});

const known = new Set(['owner', 'kind']);
test.each([
  ['owner:payments kind:api refund', 'refund', 2],
  ['refund owner:"team payments"', 'refund', 1],
  ['component:default/payments-api', 'component:default/payments-api', 0],
  ['owner:', 'owner:', 0],
])('%s', (typed, text, filters) => {
  const query = parseQuery(typed, known);

  expect(query.text).toBe(text);
  expect(query.filters).toHaveLength(filters);
});

test('what two lists agree on comes first', () => {
  expect(
    fuse([
      { keys: [1, 2, 3], weight: 1 },
      { keys: [2, 4], weight: 1 },
    ]),
  ).toEqual([2, 1, 4, 3]);
});
