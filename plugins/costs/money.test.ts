import { expect, test } from 'vitest';

import {
  apportion,
  exactText,
  parseDecimal,
  parseUnits,
  roundTogether,
  roundUnits,
  sum,
  unitsFromExact,
  unitsText,
} from './money.ts';

test.each([
  ['0.00000080000', 800_000n],
  ['-3.5', -3_500_000_000_000n],
  ['1.5e-7', 150_000n],
  ['.25', 250_000_000_000n],
  ['0.0000000000005', 1n],
  ['NULL', undefined],
  ['1,5', undefined],
  ['', undefined],
  ['.', undefined],
])('reads %s', (text, expected) => {
  expect(parseDecimal(text)).toBe(expected);
});

test.each([
  ['12.34', 123_400],
  ['-0.00005', -1],
  ['900719925475', undefined],
])('reads %s in units', (text, expected) => {
  expect(parseUnits(text)).toBe(expected);
});

test('writes sums without losing a digit', () => {
  expect(exactText(20_516_847_300_001n)).toBe('20.516847300001');
  expect(exactText(-800_000n)).toBe('-0.0000008');
  expect(exactText(5_000_000_000_000n)).toBe('5');
  expect(unitsFromExact(-50_000_000n)).toBe(-1);
  expect(unitsText(-123_456)).toBe('-12.3456');
  expect(unitsText(123_456, 2)).toBe('12.35');
  expect(unitsText(-99, 0)).toBe('0');
});

test.each<[number, number[], number[]]>([
  [100, [1, 1, 1], [34, 33, 33]],
  [-100, [1, 1, 1], [-34, -33, -33]],
  [10, [0, 0, 0], [4, 3, 3]],
  [10, [5, -5, 5], [5, 0, 5]],
  [7, [3, 2, 2], [3, 2, 2]],
  [5, [1, 1], [3, 2]],
  [9_007_199_254_740_991, [9_007_199_254_740_991, 1], [9_007_199_254_740_990, 1]],
  [4, [], []],
])('splits %d by %j', (total, weights, parts) => {
  expect(apportion(total, weights)).toEqual(parts);
});

test('what is shown adds up to the total shown', () => {
  const amounts = [33_333, 33_333, 33_334, -10_050];

  const shown = roundTogether(amounts);

  expect(shown).toEqual([33_300, 33_300, 33_400, -10_000]);
  expect(sum(shown)).toBe(roundUnits(sum(amounts)));
});

test('refuses to count what integers cannot hold', () => {
  expect(() => sum([Number.MAX_SAFE_INTEGER, 10])).toThrow(
    'Amount 9007199254741000 is too large to be counted exactly',
  );
});
