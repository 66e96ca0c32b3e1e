import { expect, test } from 'vitest';
import { editDistance } from './edit-distance.ts';
import { fuse } from './fuse.ts';
import { headingCode, headingOf } from './index-format.ts';
import { stretchOf } from './excerpt.ts';
import { plainText } from './plain-text.ts';
import { parseQuery } from './query.ts';
import { formsOf, stemOf } from './stem.ts';
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

test.each([
  { heading: 0, length: 1, isWhole: true },
  { heading: 300, length: 7, isWhole: false },
])('a heading is one number: %o', (place) => {
  expect(headingOf(headingCode(place))).toEqual(place);
});

test('forms of a word meet, others do not', () => {
  expect(['deploy', 'deploys', 'deployed', 'deploying'].map(stemOf)).toEqual(
    Array.from({ length: 4 }, () => 'deploy'),
  );
  expect(formsOf('policy')).toContain('policies');
  expect([stemOf('access'), stemOf('bus'), stemOf('kubernetes1')]).toEqual([
    'access',
    'bus',
    'kubernetes1',
  ]);
});

test('what is shown of a text is where most of the words stand', () => {
  const text = `Refunds are told first. ${'filler '.repeat(40)}A refund of an Order is paid back within two days.`;
  const parts = stretchOf(text, ['refund', 'order']);

  expect(parts.filter(({ isMatch }) => isMatch).map((part) => part.text.trim())).toEqual([
    'refund',
    'Order',
  ]);
  expect(parts[0]!.text).toMatch(/^… filler/);
  expect(stretchOf(text, ['nothing'])).toEqual([]);
});

test('a text without spaces shows the place too', () => {
  const parts = stretchOf(
    `${'前置きです。'.repeat(30)}支払いサービスの障害時の手順。`,
    wordsOf('支払い'),
  );

  expect(parts.some(({ text, isMatch }) => isMatch && text === '支払い')).toBe(true);
  expect(parts.map(({ text }) => text).join('').length).toBeLessThan(120);
});

test('Markdown is shown as it reads', () => {
  const markdown =
    '---\ntitle: T\n---\n# Refunds\nSee [the *guide*](a.md) and `refund_id`.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n## Limits\n!!! note\n    At most **ten**.\n';

  expect(plainText(markdown, undefined)).toBe(
    'Refunds See the guide and refund_id. a   b 1   2 Limits At most ten.',
  );
  expect(plainText(markdown, 'Limits')).toBe('At most ten.');
});
