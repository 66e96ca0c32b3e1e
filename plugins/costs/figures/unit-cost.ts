import type { CostModel } from '../model.ts';
import { sum } from '../money.ts';
import { monthSpan } from './rows.ts';
import type { Figures } from './scope.ts';

/** What one unit of a business metric cost, by month, newest first. */
export interface UnitCost {
  unit: string;
  months: { month: string; amount: number; change: number | undefined; count: number }[];
}

/** Unit costs of an entity by its own metrics, or of the whole with an empty ref. Days without a count are left out of both. */
export function unitCosts(model: CostModel, figures: Figures, ref: string): UnitCost[] {
  return model.metrics(ref).flatMap(({ metric, values }) => {
    const unit = model.options.metrics.find(({ id }) => id === metric)?.unit;
    if (!unit) return [];
    const months: UnitCost['months'] = [];
    let before: number | undefined;
    for (const [index, month] of model.calendar.months.entries()) {
      const [from, to] = monthSpan(model.calendar, index);
      const days = values
        .slice(from, to)
        .map((value, at) => ({ value, cost: figures.daily[from + at]! }));
      const counted = days.filter(({ value }) => value !== null);
      const count = counted.reduce((total, { value }) => total + value!, 0);
      if (count === 0) continue;
      const amount = sum(counted.map(({ cost }) => cost)) / 10_000 / count;
      months.push({
        month,
        amount,
        change: before ? (amount - before) / before : undefined,
        count,
      });
      before = amount;
    }
    return months.length === 0 ? [] : [{ unit, months: months.toReversed().slice(0, 6) }];
  });
}
