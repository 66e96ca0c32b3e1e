import { expect, test } from 'vitest';

import { Amounts, exactPerUnit } from './amounts.ts';
import { sum, unitsFromExact } from './money.ts';
import { seeded } from './seeded.ts';

test('rounds months to their totals, largest remainders first, and keeps every amount within a unit', () => {
  const random = seeded(3);
  for (let run = 0; run < 100; run += 1) {
    const amounts = new Amounts(6, 10);
    const exact: bigint[] = [];
    for (let row = 0; row < 6; row += 1)
      for (let day = 0; day < 10; day += 1) {
        const parts = [0, 1].map(() => BigInt(random.whole(3_000_000_000)) * 1_000n);
        exact.push(parts[0]! + parts[1]! - 900_000_000_000n);
        for (const part of [...parts, -900_000_000_000n])
          amounts.add(Int32Array.of(row), Int32Array.of(day), split(part));
      }
    const rows = [0, 1, 2, 3, 4, 5];
    const starts = [0, 3, 10];
    const sums = [0, 1].map((span) =>
      exact
        .filter((_, at) => at % 10 >= starts[span]! && at % 10 < starts[span + 1]!)
        .reduce((a, b) => a + b, 0n),
    );

    expect(amounts.round(rows, starts)).toEqual(sums);

    for (const [span, exactly] of sums.entries()) {
      const ofSpan = rows.flatMap((row) => [
        ...amounts.row(row).subarray(starts[span], starts[span + 1]),
      ]);
      expect(sum(ofSpan)).toBe(unitsFromExact(exactly));
    }
    const rounded = rows.flatMap((row) => [...amounts.row(row)]);
    for (const [at, units] of rounded.entries())
      expect(Math.abs(units - Number(exact[at]) / 1e8)).toBeLessThan(1);
  }
});

function split(exact: bigint): { units: Float64Array; rest: Float64Array } {
  const units = Math.floor(Number(exact) / exactPerUnit);
  return {
    units: Float64Array.of(units),
    rest: Float64Array.of(Number(exact) - units * exactPerUnit),
  };
}
