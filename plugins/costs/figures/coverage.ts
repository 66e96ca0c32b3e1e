import { sum, sumOf, type Units } from '../money.ts';
import { monthSpan, type Calendar, type Row } from './rows.ts';

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
  return calendar.months.map((month, index) => {
    const [from, to] = monthSpan(calendar, index);
    const amounts = countable.map((row) => Math.max(0, sumOf(row.effective, from, to)));
    const total = sum(amounts);
    function part(fits: (row: Row) => boolean): number {
      return total === 0 ? 0 : sum(amounts.filter((_, at) => fits(countable[at]!))) / total;
    }
    return {
      month,
      total,
      tagged: part((row) => row.isTagged),
      mapped: part((row) => row.bucket === 'direct'),
      ownerless: part((row) => row.bucket === 'direct' && !hasOwner(row.target)),
    };
  });
}
