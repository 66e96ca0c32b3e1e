import { expect, test } from 'vitest';

import { tokensOf } from './highlight.ts';
import { lineDiff } from './line-diff.ts';

test.each([
  ['a\nb\nc', 'a\nx\nc', ' a|-b|+x| c'],
  ['a', 'a\nb', ' a|+b'],
  ['a\nb', 'b', '-a| b'],
  ['a\nb\na', 'a\na', ' a|-b| a'],
  ['', 'x', '-|+x'],
  ['same', 'same', ' same'],
])('%j against %j', (before, after, expected) => {
  const signs = { same: ' ', added: '+', removed: '-' };

  expect(
    lineDiff(before, after)
      .map(({ kind, text }) => signs[kind] + text)
      .join('|'),
  ).toBe(expected);
});

test('very different long texts are compared as a whole', () => {
  const before = Array.from({ length: 3_000 }, (_, index) => `a${index}`).join('\n');
  const after = before.replaceAll('a', 'b');

  expect(lineDiff(before, after)).toHaveLength(6_000);
});

test('tokens hold the whole text, whatever it is', () => {
  const text = 'import x from "y"; // why\nconst n = 42;';

  const tokens = tokensOf('a.ts', text);

  expect(tokens.map((token) => token.text).join('')).toBe(text);
  expect(
    tokens.filter(({ kind }) => kind !== 'plain').map(({ kind, text }) => `${kind} ${text}`),
  ).toEqual([
    'keyword import',
    'keyword from',
    'string "y"',
    'comment // why',
    'keyword const',
    'number 42',
  ]);
});
