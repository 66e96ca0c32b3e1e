import { expect, test } from 'vitest';

import { seeded } from '../seeded.ts';
import { Latest } from './latest.ts';
import { median, robustDeviation } from './statistics.ts';

test('says of the latest values what sorting them says', () => {
  const random = seeded(5);
  for (const size of [1, 2, 10, 42]) {
    const latest = new Latest(size);
    const all: number[] = [];
    expect([latest.median, latest.deviation]).toEqual([0, 0]);
    for (let at = 0; at < 200; at += 1) {
      const value = random.whole(at % 3 === 0 ? 5 : 1000) - 300;
      if (at === 100) {
        latest.scale(1.5);
        for (const [index, before] of all.entries()) all[index] = before * 1.5;
      }
      latest.add(value);
      all.push(value);
      const kept = all.slice(-size);

      expect([latest.median, latest.deviation]).toEqual([median(kept), robustDeviation(kept)]);
    }
  }
});
