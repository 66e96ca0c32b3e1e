import type { BudgetState } from './figures/budget.ts';
import type { Row } from './figures/rows.ts';
import type { Figures } from './figures/scope.ts';
import type { CostModel } from './model.ts';
import { sum, type Units } from './money.ts';

/** What an entity's page shows in one currency. */
export interface EntityCost {
  figures: Figures;
  rows: readonly Row[];
  budget: BudgetState | undefined;
  /** Money given from pools by month; never mixed with direct cost. */
  allocated: ReadonlyMap<string, Units>;
}

/** An entity's cost, one part a currency, the main currency first. */
export function entityPage(model: CostModel, ref: string): EntityCost[] {
  const budget = model.budget(ref);
  const members = new Set(model.membership.members(ref));
  return model
    .figures(ref)
    .toSorted((a, b) => model.currencies.indexOf(a.currency) - model.currencies.indexOf(b.currency))
    .map((figures) => ({
      figures,
      rows: model.rowsFor(ref, figures.currency),
      budget: budget?.currency === figures.currency ? budget : undefined,
      allocated: new Map(
        model
          .shares(figures.currency)
          .map(({ month, shares }) => [
            month,
            sum(shares.filter((share) => members.has(share.ref)).map(({ amount }) => amount)),
          ]),
      ),
    }));
}
