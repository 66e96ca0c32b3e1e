import { mkdirSync } from 'node:fs';

import { collectedEntities } from '../catalog/index.ts';
import type { CollectContext, CollectResult, SourceState } from '../types.ts';
import { alerts } from './alerts.ts';
import { alignSeries, carriedBill, commonCalendar } from './align.ts';
import { canonical, type Chain } from './attribution/attribute.ts';
import { indexEntities, type EntityIndex } from './attribution/entity-index.ts';
import { collectBill, type CollectedBill } from './bills/collect-bill.ts';
import { conservationOf, type Conservation } from './figures/conservation.ts';
import { calendarOf, convertRows, rowsOf } from './figures/rows.ts';
import { collectMetric } from './collect-metrics.ts';
import { collectCluster, type CollectedCluster } from './opencost/collect-cluster.ts';
import { estimatedBill } from './opencost/estimate.ts';
import { splitClusters } from './opencost/split.ts';
import type { CostOptions } from './options.ts';
import { orderPools } from './pools.ts';
import { checkConservation, restatements, shrunkMonths } from './restatements.ts';
import type { CostSnapshot } from './schema.ts';

type Context = CollectContext<CostOptions, CostSnapshot>;

/** Reads bills, clusters and metrics, and ties their money to the entities just collected. */
export default async function collect(context: Context): Promise<CollectResult<CostSnapshot>> {
  const { options, report } = context;
  const entities = collectedEntities(context);
  const index = indexEntities(entities, options.rules);
  reportOptions(context, index);
  const chain: Chain = {
    rules: options.rules,
    pools: options.pools,
    clusters: options.openCost.flatMap(({ id, pays }) => (pays ? [{ id, pays }] : [])),
    index,
  };
  const sources: SourceState[] = [];
  const bills: CollectedBill[] = [];
  for (const [done, bill] of options.bills.entries()) {
    context.progress(done, options.bills.length, bill.id);
    const { collected, state } = await readBill(context, bill, chain);
    sources.push(state);
    if (collected) bills.push(collected);
  }
  const clusters = new Map<string, CollectedCluster>();
  const ratios = new Map(context.previous?.ratios.map((day) => [`${day.cluster} ${day.day}`, day]));
  const today = new Date().toISOString().slice(0, 10);
  for (const cluster of options.openCost) {
    const answer = await collectCluster(
      cluster,
      today,
      index,
      context.workingDirectory,
      report,
      context.signal,
    );
    clusters.set(cluster.id, answer);
    for (const day of answer.ratios) ratios.set(`${day.cluster} ${day.day}`, day);
    sources.push(clusterState(cluster.id, answer, today, context.previous));
  }
  const oldest = isoDay(Date.parse(today) - 400 * 86_400_000);
  const days = [...ratios.values()]
    .filter(
      ({ cluster, day }) => day >= oldest && options.openCost.some(({ id }) => id === cluster),
    )
    .toSorted((a, b) => (`${a.cluster} ${a.day}` < `${b.cluster} ${b.day}` ? -1 : 1));
  for (const cluster of options.openCost.filter(({ pays }) => !pays)) {
    const estimate = estimatedBill(cluster, days);
    if (estimate) bills.push(estimate);
  }
  const calendar = commonCalendar(bills);
  const series = splitClusters(
    bills.flatMap((bill) => alignSeries(bill.series, bill, calendar)),
    days,
    calendar,
  );
  const checks = bills.flatMap((bill) =>
    bill.checks.filter(({ month }) => month >= calendar.start.slice(0, 7)),
  );
  checkConservation(checks, report);
  const through = new Map(bills.map(({ bill }) => [bill.id, bill.completeThrough]));
  const data: CostSnapshot = {
    ...calendar,
    bills: bills.map(({ bill }) => bill),
    checks,
    accounts: Object.assign({}, ...bills.map(({ accounts }) => accounts)),
    series,
    fixes: bills.flatMap(({ fixes }) => fixes),
    efficiency: options.openCost.flatMap(({ id }) => efficiencyOf(id, clusters, context.previous)),
    metrics: (
      await Promise.all(
        options.metrics.map((metric) =>
          collectMetric(metric, calendar, context.workingDirectory, report),
        ),
      )
    ).flat(),
    restatements: restatements(
      context.previous,
      checks,
      (bill) => through.get(bill) ?? calendar.start,
      report,
    ),
    ratios: days,
  };
  const shown = calendarOf(data);
  const rows = rowsOf(data, shown);
  checkShown(conservationOf(data, rows, shown), report);
  for (const alert of alerts(convertRows(rows, options.rates, shown), shown, options, entities))
    report(alert);
  return { data, sources };
}

/** The same once more for what pages show: after clusters were split and bills moved to one calendar. */
function checkShown(shown: readonly Conservation[], report: Context['report']): void {
  for (const { bill, month, currency, isExact } of shown)
    if (!isExact)
      report({
        code: 'costs/not-conserved',
        message: `${month} of bill ${bill}: the parts shown in ${currency} do not add up to the bill`,
      });
}

/** A bill read whole, or what the last run had of it: a bill with a hole would look like savings. */
async function readBill(
  context: Context,
  options: CostOptions['bills'][number],
  chain: Chain,
): Promise<{ collected: CollectedBill | undefined; state: SourceState }> {
  mkdirSync(context.cache, { recursive: true });
  const carried = carriedBill(context.previous, options.id);
  const read = await collectBill(
    options,
    chain,
    {
      engine: context.options.engine,
      workingDirectory: context.workingDirectory,
      cache: context.cache,
      skus: usesSkus(context.options),
    },
    context.report,
  );
  const shrunk = read
    ? shrunkMonths(onlyBill(context.previous, options.id), read.checks, options.acceptSmaller)
    : [];
  for (const month of shrunk)
    context.report({
      code: 'costs/bill-shrank',
      message: `${month.month} of bill ${options.id} had ${month.lines} lines before and lost more than a fifth of them and of its money; the figures of the last run were kept`,
      hint: `Copy the month again, or write acceptSmaller: ['${month.month}'] if it is right.`,
    });
  const isGood = read?.isComplete && shrunk.length === 0;
  const collected = isGood ? read : (carried ?? read);
  const asOf = `${collected?.bill.completeThrough ?? '1970-01-01'}T00:00:00Z`;
  if (isGood) return { collected, state: { id: options.id, state: 'fresh', asOf } };
  const missing = read ? 'files are missing' : 'nothing could be read';
  const detail = carried ? 'kept from the last run' : missing;
  return {
    collected,
    state: { id: options.id, state: collected ? 'stale' : 'failed', asOf, detail },
  };
}

function onlyBill(previous: CostSnapshot | undefined, bill: string): CostSnapshot | undefined {
  return (
    previous && { ...previous, checks: previous.checks.filter((check) => check.bill === bill) }
  );
}

function usesSkus({ rules, pools, openCost }: CostOptions): boolean {
  const matches = [
    ...rules.flatMap((rule) => (rule.by === 'lines' ? [rule.match] : [])),
    ...pools.map((pool) => pool.lines),
    ...openCost.map((cluster) => cluster.pays),
  ];
  return matches.some((match) => match?.skus);
}

function efficiencyOf(
  cluster: string,
  clusters: ReadonlyMap<string, CollectedCluster>,
  previous: CostSnapshot | undefined,
): CostSnapshot['efficiency'] {
  const answer = clusters.get(cluster);
  const isKnown = answer && answer.failed < answer.asked;
  return isKnown
    ? answer.efficiency
    : (previous?.efficiency.filter((so) => so.cluster === cluster) ?? []);
}

function clusterState(
  id: string,
  answer: CollectedCluster,
  today: string,
  previous: CostSnapshot | undefined,
): SourceState {
  const last =
    answer.ratios.at(-1)?.day ?? previous?.ratios.findLast((day) => day.cluster === id)?.day;
  const asOf = `${last ?? today}T00:00:00Z`;
  if (answer.failed === 0) return { id: `opencost ${id}`, state: 'fresh', asOf };
  const detail = `${answer.reason}; ${answer.asked - answer.failed} of ${answer.asked} days read`;
  return { id: `opencost ${id}`, state: last ? 'stale' : 'failed', asOf, detail };
}

function reportOptions({ options, report }: Context, index: EntityIndex): void {
  const { circle } = orderPools(options.pools);
  if (circle.length > 0)
    report({
      code: 'costs/pool-circle',
      message: `Pools ${circle.join(' and ')} give to each other; they are not spread`,
    });
  for (const ref of namedRefs(options))
    if (!index.byRef.has(ref))
      report({
        code: 'costs/unknown-entity',
        message: `plugins.costs names ${ref}, which is not in the catalog`,
      });
}

function namedRefs({ rules, pools, budgets }: CostOptions): string[] {
  const refs = [
    ...rules.flatMap((rule) => {
      if (rule.by === 'lines') return [rule.to];
      return rule.by === 'account' ? Object.values(rule.accounts) : [];
    }),
    ...pools.flatMap(({ entities = [], spread }) => {
      if (!spread) return entities;
      return [
        ...entities,
        ...(spread.method === 'fixed' ? Object.keys(spread.shares) : (spread.to ?? [])),
      ];
    }),
    ...Object.keys(budgets),
  ];
  return [...new Set(refs.map(canonical))].toSorted();
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
