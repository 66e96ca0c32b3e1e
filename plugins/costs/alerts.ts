import type { CollectedEntity } from '../catalog/index.ts';
import type { ProblemInput } from '../types.ts';
import { budgetAnnotation, budgetState, configuredBudgets, parseBudget } from './figures/budget.ts';
import { coverageOf } from './figures/coverage.ts';
import { dateAt, type Calendar, type Row } from './figures/rows.ts';
import { anomaliesOf, figuresOf, learntFrom, sumsByDay } from './figures/scope.ts';
import { unitsText } from './money.ts';
import type { CostOptions } from './options.ts';

/** Days an anomaly is news. */
const newsDays = 14;

/** What the figures say that someone should look at: unusual days, budgets, falling coverage. `rows` as pages show them. */
export function alerts(
  rows: readonly Row[],
  calendar: Calendar,
  options: CostOptions,
  entities: readonly CollectedEntity[],
): ProblemInput[] {
  if (calendar.days === 0) return [];
  const direct = Map.groupBy(
    rows.filter(({ bucket }) => bucket === 'direct'),
    (row) => row.target,
  );
  const budgets = configuredBudgets(options);
  const found: ProblemInput[] = [];
  const byRef = new Map(entities.map((entity) => [entity.ref, entity]));
  for (const { ref, entity } of entities) {
    const text = entity.metadata.annotations?.[budgetAnnotation];
    if (!text) continue;
    const budget = parseBudget(text);
    if (budget) budgets.set(ref, budgets.get(ref) ?? budget);
    else
      found.push({
        code: 'costs/bad-budget',
        message: `Unexpected budget \`${text}\`, expected an amount per month and a currency like \`4500 EUR\``,
        entity: ref,
      });
  }
  for (const [ref, ofEntity] of [...direct].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    for (const [currency, inCurrency] of Map.groupBy(ofEntity, (row) => row.currency)) {
      found.push(...anomalyAlerts(ref, inCurrency, currency, calendar, options));
      const budget = budgets.get(ref);
      if (budget?.currency !== currency) continue;
      const figures = figuresOf(inCurrency, currency, calendar, options.alerts);
      found.push(...budgetAlert(ref, budgetState(budget, figures, calendar)));
    }
  }
  found.push(...groupBudgets(budgets, direct, byRef, options, calendar));
  found.push(...coverageAlerts(rows, calendar, byRef, options));
  return found;
}

function anomalyAlerts(
  ref: string,
  rows: readonly Row[],
  currency: string,
  calendar: Calendar,
  { alerts }: CostOptions,
): ProblemInput[] {
  const since = calendar.through - newsDays;
  const daily = sumsByDay(rows, calendar.days, learntFrom(since));
  // Nothing can be unusual by more than all it costs: most entities are done here.
  const largest = Math.max(0, ...daily.slice(Math.max(0, since), calendar.through + 1));
  if (largest < alerts.minimum * 10_000) return [];
  return anomaliesOf(daily, calendar, alerts, since)
    .filter(({ to, excess }) => to > since && excess > 0)
    .map(({ from, to, excess, isLasting }) => ({
      code: 'costs/anomaly',
      message: `${dateAt(calendar, from)}${to > from ? ` to ${dateAt(calendar, to)}` : ''} cost ${money(excess, currency)} more than usual${isLasting ? ', and it stayed: a new level' : ''}`,
      entity: ref,
    }));
}

function budgetAlert(ref: string, state: ReturnType<typeof budgetState>): ProblemInput[] {
  if (!state || state.state === 'holds') return [];
  const verb = state.state === 'passed' ? 'was passed on' : 'will be passed on';
  return [
    {
      code: 'costs/budget',
      severity: state.state === 'passed' ? 'error' : 'warning',
      message: `The budget of ${money(state.amount, state.currency)} ${verb} ${state.passed}; ${money(state.spent, state.currency)} so far`,
      entity: ref,
    },
  ];
}

/** Budgets of groups, systems and domains cover what belongs to them directly by `spec`. */
function groupBudgets(
  budgets: ReadonlyMap<string, { amount: number; currency: string }>,
  direct: ReadonlyMap<string, readonly Row[]>,
  byRef: ReadonlyMap<string, CollectedEntity>,
  options: CostOptions,
  calendar: Calendar,
): ProblemInput[] {
  const found: ProblemInput[] = [];
  for (const [ref, budget] of budgets) {
    if (direct.has(ref) || !/^(?:group|system|domain):/.test(ref)) continue;
    const rows = [...direct].flatMap(([target, ofTarget]) =>
      belongsTo(target, ref, byRef) ? ofTarget : [],
    );
    const inCurrency = rows.filter(({ currency }) => currency === budget.currency);
    if (inCurrency.length === 0) continue;
    const figures = figuresOf(inCurrency, budget.currency, calendar, options.alerts);
    found.push(...budgetAlert(ref, budgetState(budget, figures, calendar)));
  }
  return found;
}

function belongsTo(
  target: string,
  ref: string,
  byRef: ReadonlyMap<string, CollectedEntity>,
): boolean {
  const [kind = ''] = ref.split(':');
  const spec = byRef.get(target)?.entity.spec ?? {};
  const named = kind === 'group' ? spec['owner'] : spec[kind];
  const namespace = byRef.get(target)?.entity.metadata.namespace ?? 'default';
  if (typeof named === 'string' && refOf(named, kind, namespace) === ref) return true;
  if (kind !== 'domain' || typeof spec['system'] !== 'string') return false;
  const system = byRef.get(refOf(spec['system'], 'system', namespace))?.entity.spec ?? {};
  return (
    typeof system['domain'] === 'string' && refOf(system['domain'], 'domain', namespace) === ref
  );
}

function refOf(text: string, kind: string, namespace: string): string {
  const [named, rest = ''] = text.includes(':') ? text.split(':', 2) : [kind, text];
  return `${named}:${rest.includes('/') ? rest : `${namespace}/${rest}`}`.toLowerCase();
}

function coverageAlerts(
  rows: readonly Row[],
  calendar: Calendar,
  byRef: ReadonlyMap<string, CollectedEntity>,
  options: CostOptions,
): ProblemInput[] {
  const found: ProblemInput[] = [];
  function hasOwner(ref: string): boolean {
    const entity = byRef.get(ref);
    return Boolean(entity?.entity.spec?.['owner'] ?? entity?.codeOwner);
  }
  for (const [currency, inCurrency] of Map.groupBy(rows, (row) => row.currency)) {
    const [before, now] = coverageOf(inCurrency, calendar, hasOwner).slice(-2);
    if (!before || !now || now.total === 0 || before.total === 0) continue;
    const lost = (before.mapped - now.mapped) * 100;
    if (lost < options.alerts.coverageDrop) continue;
    found.push({
      code: 'costs/coverage-falling',
      message: `${(now.mapped * 100).toFixed(1)} % of the cost in ${currency} of ${now.month} belongs to an entity, ${lost.toFixed(1)} points less than in ${before.month}`,
    });
  }
  return found;
}

function money(amount: number, currency: string): string {
  return `${unitsText(amount, 2)} ${currency}`;
}
