import * as z from 'zod';

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const Month = z.string().regex(/^\d{4}-\d{2}$/);
/** An exact sum as decimal text. */
const Exact = z.string();
/** Daily or monthly amounts, see series.ts. */
const Encoded = z.string();

/** A bill, or the estimate of a cluster without one. */
export const StoredBill = z.object({
  id: z.string(),
  title: z.string(),
  kind: z.enum(['focus', 'opencost']),
  /** Last day all of whose lines have arrived, as far as the bill itself shows. */
  completeThrough: Day,
  files: z.array(z.object({ name: z.string(), lines: z.number() })),
});
export type StoredBill = z.infer<typeof StoredBill>;

/** Conservation of one bill, month and currency: the lines added up, beside everything attributed added up. */
export const Check = z.object({
  bill: z.string(),
  currency: z.string(),
  month: Month,
  lines: z.number(),
  billed: Exact,
  effective: Exact,
  attributedBilled: Exact,
  attributedEffective: Exact,
});
export type Check = z.infer<typeof Check>;

/** Money of one entity (or bucket), service, account and rule. */
export const Series = z.object({
  bill: z.string(),
  currency: z.string(),
  bucket: z.enum([
    'direct',
    'shared',
    'idle',
    'unused',
    'support',
    'tax',
    'credits',
    'unallocated',
  ]),
  /** Entity ref for `direct`, pool id for `shared`, else empty. */
  target: z.string(),
  provider: z.string(),
  service: z.string(),
  account: z.string(),
  rule: z.string(),
  isTagged: z.boolean(),
  lines: z.number(),
  /** Effective cost by day, in units. */
  effective: Encoded,
  /** Billed cost by month, in units. */
  billed: Encoded,
});
export type Series = z.infer<typeof Series>;

/** What would bring unattributed money home: over the last 31 days of the bill. */
export const Fix = z.object({
  bill: z.string(),
  currency: z.string(),
  kind: z.enum(['unknown-value', 'no-tag']),
  /** The tag for `unknown-value`, else empty. */
  tag: z.string(),
  value: z.string(),
  account: z.string(),
  service: z.string(),
  amount: z.number(),
});
export type Fix = z.infer<typeof Fix>;

/** Requested and used resources of an entity on one cluster, averages over the days asked for. */
export const Efficiency = z.object({
  entity: z.string(),
  cluster: z.string(),
  days: z.number(),
  currency: z.string(),
  cpuRequested: z.number(),
  cpuUsed: z.number(),
  memoryRequested: z.number(),
  memoryUsed: z.number(),
  /** Money of those days for CPU and memory, in units. */
  cpuCost: z.number(),
  memoryCost: z.number(),
});
export type Efficiency = z.infer<typeof Efficiency>;

/** A business metric by day; without an entity it is for the whole. */
export const MetricSeries = z.object({
  metric: z.string(),
  entity: z.string(),
  /** Values from `start` on; null where there is none. */
  values: z.array(z.number().nullable()),
});
export type MetricSeries = z.infer<typeof MetricSeries>;

/** A month whose bill changed after it had been collected. */
export const Restatement = z.object({
  bill: z.string(),
  currency: z.string(),
  month: Month,
  before: Exact,
  after: Exact,
  /** Day the bill was complete through when the change was seen. */
  seen: Day,
});
export type Restatement = z.infer<typeof Restatement>;

export const CostSnapshot = z.object({
  /** First day of every series: the first of a month. */
  start: Day,
  days: z.number().int().min(0),
  bills: z.array(StoredBill),
  checks: z.array(Check),
  /** Account names by id, where the bill has them. */
  accounts: z.record(z.string(), z.string()),
  series: z.array(Series),
  fixes: z.array(Fix),
  efficiency: z.array(Efficiency),
  metrics: z.array(MetricSeries),
  restatements: z.array(Restatement),
  /** Ratios of clusters by day, kept because OpenCost forgets: cluster, day, shares by target and bucket. */
  ratios: z.array(
    z.object({
      cluster: z.string(),
      day: Day,
      shares: z.array(z.tuple([z.enum(['direct', 'idle', 'unallocated']), z.string(), z.number()])),
    }),
  ),
});
export type CostSnapshot = z.infer<typeof CostSnapshot>;
