import { exactPlaces, parseDecimal, unitsFromExact, unitsText } from './money.ts';
import type { Check, CostSnapshot, Restatement } from './schema.ts';
import type { ProblemInput } from '../types.ts';

const fifth = 5n;

/** Closed months of the last run that lost more than a fifth of their money and of their lines: a broken copy, most likely. */
export function shrunkMonths(
  previous: CostSnapshot | undefined,
  checks: readonly Check[],
  accepted: readonly string[],
): Check[] {
  return closedMonths(previous).filter((before) => {
    const after = sameMonth(checks, before);
    if (accepted.includes(before.month)) return false;
    // A month that has left the thirteen months kept is no loss.
    if (!after)
      return checks.some((check) => check.bill === before.bill && check.month < before.month);
    const [was, is] = [exact(before.billed), exact(after.billed)];
    return was > 0n && (was - is) * fifth > was && (before.lines - after.lines) * 5 > before.lines;
  });
}

/** Closed months whose bill changed since the last run; the changes seen before are kept while their month is. */
export function restatements(
  previous: CostSnapshot | undefined,
  checks: readonly Check[],
  seen: (bill: string) => string,
  report: (problem: ProblemInput) => void,
): Restatement[] {
  const known = (previous?.restatements ?? []).filter((one) =>
    checks.some((check) => check.bill === one.bill && check.month === one.month),
  );
  const found: Restatement[] = [];
  for (const before of closedMonths(previous)) {
    const after = sameMonth(checks, before);
    if (!after || after.billed === before.billed) continue;
    const change = exact(after.billed) - exact(before.billed);
    found.push({
      bill: before.bill,
      currency: before.currency,
      month: before.month,
      before: before.billed,
      after: after.billed,
      seen: seen(before.bill),
    });
    report({
      code: 'costs/restated',
      message: `${before.month} of bill ${before.bill} changed by ${unitsText(unitsFromExact(change), 2)} ${before.currency} (was ${shown(before.billed)}, is ${shown(after.billed)})`,
    });
  }
  return [...known, ...found];
}

/** Tells every month whose attributed money is not its bill, and returns whether there is none. */
export function checkConservation(
  checks: readonly Check[],
  report: (problem: ProblemInput) => void,
): boolean {
  const broken = checks.filter(
    (check) =>
      check.billed !== check.attributedBilled || check.effective !== check.attributedEffective,
  );
  for (const check of broken)
    report({
      code: 'costs/not-conserved',
      message: `${check.month} of bill ${check.bill}: attributed ${check.attributedBilled} ${check.currency}, expected ${check.billed} (effective ${check.attributedEffective}, expected ${check.effective})`,
    });
  return broken.length === 0;
}

/** Months of the last run before the one its bill ends in. */
function closedMonths(previous: CostSnapshot | undefined): Check[] {
  if (!previous) return [];
  const open = new Map(previous.bills.map((bill) => [bill.id, bill.completeThrough.slice(0, 7)]));
  return previous.checks.filter((check) => check.month < (open.get(check.bill) ?? ''));
}

function sameMonth(checks: readonly Check[], wanted: Check): Check | undefined {
  return checks.find(
    (check) =>
      check.bill === wanted.bill &&
      check.currency === wanted.currency &&
      check.month === wanted.month,
  );
}

function exact(text: string): bigint {
  return parseDecimal(text, exactPlaces) ?? 0n;
}

function shown(text: string): string {
  return unitsText(unitsFromExact(exact(text)), 2);
}
