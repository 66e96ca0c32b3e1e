import { expect, test } from 'vitest';

import { decodeSeries, encodeSeries } from './series.ts';

test.each<[string, number[], string]>([
  ['nothing', [0, 0, 0], ''],
  ['gaps and credits', [0, 100, 0, -1, 0], '1:2s  -1'],
  ['all of it', [35, 36, 9_007_199_254_740_991], '0:z 10 2gosa7pa2gv'],
])('writes and reads %s', (_, amounts, text) => {
  expect(encodeSeries(amounts)).toBe(text);
  expect([...decodeSeries(text, amounts.length)]).toEqual(amounts);
});

test('writes every size of amount as toString does', () => {
  const amounts = Array.from({ length: 54 }, (_, power) => [
    2 ** power - 1,
    -(2 ** power),
    36 ** (power % 10),
  ]).flat();
  const safe = amounts.filter(Number.isSafeInteger);

  expect(encodeSeries(safe)).toBe(
    `1:${safe
      .slice(1)
      .map((amount) => amount.toString(36))
      .join(' ')}`,
  );
});

test.each(['5:1', '0:1 2 3 4', 'x:1', '0:1.5', '0:zzzzzzzzzzzz', '0:A'])('refuses %s', (text) => {
  expect(() => decodeSeries(text, 3)).toThrow(
    `Unexpected series ${text}, expected amounts of 3 days`,
  );
});
