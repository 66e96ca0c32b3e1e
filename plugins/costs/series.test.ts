import { expect, test } from 'vitest';

import { sum, unitsFromExact } from './money.ts';
import { seeded } from './seeded.ts';
import { Amounts, decodeSeries, encodeSeries } from './series.ts';

test.each<[string, number[], string]>([
  ['nothing', [0, 0, 0], ''],
  ['gaps and credits', [0, 100, 0, -1, 0], '1:2s  -1'],
  ['all of it', [35, 36, 9_007_199_254_740_991], '0:z 10 2gosa7pa2gv'],
])('writes and reads %s', (_, amounts, text) => {
  expect(encodeSeries(amounts)).toBe(text);
  expect(decodeSeries(text, amounts.length)).toEqual(amounts);
});

test.each(['5:1', '0:1 2 3 4', 'x:1', '0:1.5', '0:zzzzzzzzzzzz', '0:A'])('refuses %s', (text) => {
  expect(() => decodeSeries(text, 3)).toThrow(
    `Unexpected series ${text}, expected amounts of 3 days`,
  );
});

test('rounds a month to its total, largest remainders first, and keeps every amount within a unit', () => {
  const random = seeded(3);
  for (let run = 0; run < 100; run += 1) {
    const amounts = new Amounts(6, 10);
    const exact: bigint[] = [];
    for (let row = 0; row < 6; row += 1)
      for (let day = 0; day < 10; day += 1) {
        const value = BigInt(random.whole(3_000_000_000)) * 1_000n - 900_000_000_000n;
        exact.push(value);
        amounts.add(row, day, run % 2 === 0 ? value : Number(value));
      }
    const rows = [0, 1, 2, 3, 4, 5];
    const total = unitsFromExact(exact.reduce((a, b) => a + b, 0n));

    expect(amounts.exactSum(rows, 0, 10)).toBe(exact.reduce((a, b) => a + b, 0n));
    amounts.round(rows, 0, 10, total);

    const rounded = rows.flatMap((row) => [...amounts.row(row)]);
    expect(sum(rounded)).toBe(total);
    for (const [at, units] of rounded.entries())
      expect(Math.abs(units - Number(exact[at]) / 1e8)).toBeLessThan(1);
  }
});
