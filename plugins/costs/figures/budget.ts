import { parseUnits, sum, type Units } from '../money.ts';
import type { CostOptions } from '../options.ts';
import { canonical } from '../attribution/attribute.ts';
import { dateAt, monthSpan, type Calendar } from './rows.ts';
import type { Figures } from './scope.ts';

/** Money for one month. */
export interface Budget {
  amount: Units;
  currency: string;
}

/** A budget beside what is spent. */
export interface BudgetState extends Budget {
  spent: Units;
  /** Date the month to date passed it, or will at the forecast's pace; undefined when it will hold. */
  passed: string | undefined;
  state: 'holds' | 'will-pass' | 'passed';
}

/** Annotation with a monthly budget, `4500 EUR`. */
export const budgetAnnotation = 'callboard.dev/cost-budget';

/** A budget as written in the annotation; undefined if it cannot be read. */
export function parseBudget(text: string): Budget | undefined {
  const match = /^([\d.,' _]+)\s*([A-Za-z]{3})$/.exec(text.trim());
  const amount = match && parseUnits(match[1]!.replace(/[,' _]/g, ''));
  return amount ? { amount, currency: match[2]!.toUpperCase() } : undefined;
}

/** Budgets of the configuration by ref. */
export function configuredBudgets({ budgets }: CostOptions): Map<string, Budget> {
  return new Map(
    Object.entries(budgets).map(([ref, { amount, currency }]) => [
      canonical(ref),
      { amount: Math.round(amount * 10_000), currency: currency.toUpperCase() },
    ]),
  );
}

/** How a budget stands this month. The rest of the month is spread evenly over its days. */
export function budgetState(
  budget: Budget,
  figures: Figures,
  calendar: Calendar,
): BudgetState | undefined {
  if (budget.currency !== figures.currency) return undefined;
  const month = calendar.monthOf[calendar.through] ?? 0;
  const [from] = monthSpan(calendar, month);
  let spent = 0;
  for (let day = from; day <= calendar.through; day += 1) {
    spent = sum([spent, figures.daily[day]!]);
    if (spent > budget.amount)
      return {
        ...budget,
        spent: figures.monthToDate,
        passed: dateAt(calendar, day),
        state: 'passed',
      };
  }
  const expected = figures.forecast?.expected ?? spent;
  if (expected <= budget.amount) return { ...budget, spent, passed: undefined, state: 'holds' };
  const name = calendar.months[month]!;
  const left =
    new Date(Date.UTC(Number(name.slice(0, 4)), Number(name.slice(5, 7)), 0)).getUTCDate() -
    (calendar.through - from + 1);
  const pace = (expected - spent) / Math.max(1, left);
  const day = calendar.through + Math.ceil((budget.amount - spent + 1) / pace);
  return { ...budget, spent, passed: dateAt(calendar, day), state: 'will-pass' };
}
