import { sum, type Units } from '../money.ts';
import type { Calendar, Row } from './rows.ts';

/** How much of a month's cost can be told apart. Tax and credits are nobody's and do not count. */
export interface Coverage {
  month: string;
  total: Units;
  /** Parts of the total, 0 to 1. */
  tagged: number;
  mapped: number;
  /** Mapped to an entity without an owner. */
  ownerless: number;
}

/** Coverage by month, oldest first. */
export function coverageOf(
  rows: readonly Row[],
  calendar: Calendar,
  hasOwner: (ref: string) => boolean,
): Coverage[] {
  const countable = rows.filter(({ bucket }) => bucket !== 'tax' && bucket !== 'credits');
  const isOwnerless = countable.map(
    ({ bucket, target }) => bucket === 'direct' && !hasOwner(target),
  );
  return calendar.months.map((month, index) => {
    let [total, tagged, mapped, ownerless] = [0, 0, 0, 0];
    for (const [at, row] of countable.entries()) {
      const amount = Math.max(0, row.monthly[index]!);
      total += amount;
      if (row.isTagged) tagged += amount;
      if (row.bucket === 'direct') mapped += amount;
      if (isOwnerless[at]) ownerless += amount;
    }
    const whole = sum([total]);
    function part(amount: Units): number {
      return whole === 0 ? 0 : amount / whole;
    }
    return {
      month,
      total: whole,
      tagged: part(tagged),
      mapped: part(mapped),
      ownerless: part(ownerless),
    };
  });
}
