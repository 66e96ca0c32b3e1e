import { catalogOf, type Catalog } from '../catalog/index.ts';
import type { ModelContext } from '../types.ts';
import {
  budgetAnnotation,
  budgetState,
  configuredBudgets,
  parseBudget,
  type Budget,
  type BudgetState,
} from './figures/budget.ts';
import { conservationOf, type Conservation } from './figures/conservation.ts';
import { coverageOf, type Coverage } from './figures/coverage.ts';
import { Membership } from './figures/membership.ts';
import { calendarOf, convertRows, rowsOf, type Calendar, type Row } from './figures/rows.ts';
import { figuresOf, type Figures } from './figures/scope.ts';
import { sharesOf, type MonthShares } from './figures/shares.ts';
import type { CostOptions } from './options.ts';
import type { CostSnapshot, Efficiency, Fix, MetricSeries } from './schema.ts';

/** Everything the cost pages are made of. Figures are worked out when a page asks for them. */
export interface CostModel {
  options: CostOptions;
  data: CostSnapshot;
  calendar: Calendar;
  /** Currencies, the one with most lines first. */
  currencies: readonly string[];
  rows: readonly Row[];
  catalog: Catalog;
  membership: Membership;
  /** Refs with cost of their own or below them. */
  has(ref: string): boolean;
  /** Figures of an entity with all that belongs to it, one per currency. */
  figures(ref: string): readonly Figures[];
  /** Figures of the whole in one currency. */
  whole(currency: string): Figures;
  /** The same without tax and credits, which come once a month and would dwarf every day between. */
  usage(currency: string): Figures;
  rowsFor(ref: string, currency?: string): readonly Row[];
  /** Money given to an entity (and those below it) from pools, by month and pool. */
  shares(currency: string): readonly MonthShares[];
  budget(ref: string): BudgetState | undefined;
  coverage(currency: string): readonly Coverage[];
  conservation: readonly Conservation[];
  fixes(currency: string): readonly Fix[];
  efficiency(ref: string): readonly Efficiency[];
  metrics(ref: string): readonly MetricSeries[];
}

/** Builds the model; undefined when no bill was collected. */
export default function model(
  context: ModelContext<CostOptions, CostSnapshot>,
): CostModel | undefined {
  const { data, options } = context;
  if (!data || data.days === 0 || data.series.length === 0) return undefined;
  const catalog = catalogOf(context);
  const calendar = calendarOf(data);
  const asBilled = rowsOf(data, calendar);
  const rows = convertRows(asBilled, options.rates, calendar);
  const membership = new Membership(catalog, rows);
  const currencies = currenciesOf(rows);
  const budgets = budgetsOf(options, catalog);
  const known = new Map<string, readonly Figures[]>();
  const wholes = new Map<string, Figures>();
  const usages = new Map<string, Figures>();
  const shares = new Map<string, readonly MonthShares[]>();
  function rowsFor(ref: string, currency?: string): readonly Row[] {
    return membership
      .rowsOf(ref)
      .filter((row) => currency === undefined || row.currency === currency);
  }
  function allOf(currency: string, fits: (row: Row) => boolean): Figures {
    const all = rows.filter((row) => row.currency === currency && fits(row));
    return figuresOf(all, currency, calendar, options.alerts, (row) => row.target || row.bucket);
  }
  function figures(ref: string): readonly Figures[] {
    return remembered(known, ref, () => {
      const nameOf = membership.hasParts(ref) ? (row: Row) => row.target : undefined;
      return [...Map.groupBy(rowsFor(ref), (row) => row.currency)].map(([currency, inCurrency]) =>
        figuresOf(inCurrency, currency, calendar, options.alerts, nameOf),
      );
    });
  }
  return {
    options,
    data,
    calendar,
    currencies,
    rows,
    catalog,
    membership,
    has: (ref) => membership.rowsOf(ref).length > 0,
    figures,
    whole: (currency) => remembered(wholes, currency, () => allOf(currency, () => true)),
    usage: (currency) =>
      remembered(usages, currency, () =>
        allOf(currency, ({ bucket }) => bucket !== 'tax' && bucket !== 'credits'),
      ),
    rowsFor,
    shares: (currency) =>
      remembered(shares, currency, () => sharesOf(rows, currency, calendar, options, data.metrics)),
    budget: (ref) => {
      const budget = budgets.get(ref);
      const inCurrency =
        budget && figures(ref).find(({ currency }) => currency === budget.currency);
      return inCurrency && budgetState(budget, inCurrency, calendar);
    },
    coverage: (currency) =>
      coverageOf(
        rows.filter((row) => row.currency === currency),
        calendar,
        (ref) => catalog.get(ref)?.owner !== undefined,
      ),
    conservation: conservationOf(data, asBilled, calendar),
    fixes: (currency) => data.fixes.filter((fix) => fix.currency === currency),
    efficiency: (ref) => data.efficiency.filter(({ entity }) => entity === ref),
    metrics: (ref) => data.metrics.filter(({ entity }) => entity === ref),
  };
}

/** Amounts of different currencies cannot be compared; lines can. */
function currenciesOf(rows: readonly Row[]): string[] {
  const lines = new Map<string, number>();
  for (const row of rows) lines.set(row.currency, (lines.get(row.currency) ?? 0) + row.lines);
  return [...lines]
    .toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([currency]) => currency);
}

function budgetsOf(options: CostOptions, catalog: Catalog): Map<string, Budget> {
  const budgets = configuredBudgets(options);
  for (const { ref, entity } of catalog.entities) {
    const budget = parseBudget(entity.metadata.annotations?.[budgetAnnotation] ?? '');
    if (budget && !budgets.has(ref)) budgets.set(ref, budget);
  }
  return budgets;
}

function remembered<T>(known: Map<string, T>, key: string, make: () => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}
