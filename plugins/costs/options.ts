import * as z from 'zod';

const Ref = z
  .string()
  .regex(
    /^[a-z]+:[^\s/]+(?:\/[^\s/]+)?$/i,
    'expected an entity ref like component:default/checkout',
  );
const Patterns = z.array(z.string().min(1)).min(1);
const Id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'expected lower-case letters, digits and hyphens');
const Percent = z.number().min(0).max(100);

/** Lines of a bill. Every field given must match; each takes a list of texts in which `*` stands for any text. */
export const LineMatch = z.strictObject({
  /** Tag values by key; keys are compared without prefix, case and punctuation. */
  tags: z.record(z.string(), Patterns).optional(),
  /** Sub-account ids or names (AWS account, Azure subscription, Google Cloud project). */
  accounts: Patterns.optional(),
  /** Service names as the bill has them. */
  services: Patterns.optional(),
  /** FOCUS service categories, e.g. `Networking`. */
  categories: Patterns.optional(),
  /** SKU ids. */
  skus: Patterns.optional(),
  /** Resource ids or names. */
  resources: Patterns.optional(),
});
export type LineMatch = z.infer<typeof LineMatch>;

/** One link of the chain that ties lines to entities; the first that hits wins. */
export const Rule = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('tag'),
    /** Tag keys in order of trust, e.g. `['app', 'service']`. */
    keys: z.array(z.string().min(1)).min(1),
    /** Kinds the value may name, in this order, e.g. `['component', 'resource']`. */
    kinds: z.array(z.string()).min(1).default(['component', 'resource', 'api', 'system']),
  }),
  /** Resource ids and names against the annotations of entities. */
  z.strictObject({
    by: z.literal('resource'),
    /** Annotations that hold resource ids, separated by commas; `*` at the end stands for any text. */
    annotations: z
      .array(z.string())
      .default([
        'callboard.dev/cost-resources',
        'aws.amazon.com/arn',
        'azure.com/resource-id',
        'cloud.google.com/resource',
      ]),
  }),
  /** Cluster, namespace and labels the provider put on the line, against the selectors of the kubernetes plugin. */
  z.strictObject({ by: z.literal('kubernetes') }),
  z.strictObject({
    by: z.literal('account'),
    /** Entity by account id or name (with `*`), beside the annotation. */
    accounts: z.record(z.string(), Ref).default({}),
    /** Annotations that hold account ids, separated by commas. */
    annotations: z
      .array(z.string())
      .default([
        'callboard.dev/cost-accounts',
        'aws.amazon.com/account-id',
        'azure.com/subscription-id',
        'cloud.google.com/project-id',
      ]),
  }),
  z.strictObject({
    by: z.literal('lines'),
    /** Lines this rule is for, mostly by service or SKU. */
    match: LineMatch,
    to: Ref,
  }),
]);
export type Rule = z.infer<typeof Rule>;

const Spread = z.discriminatedUnion('method', [
  /** The same for each. */
  z.strictObject({ method: z.literal('even'), to: z.array(Ref).min(1).optional() }),
  /** Percent by ref; what is missing to 100 stays in the pool. */
  z.strictObject({
    method: z.literal('fixed'),
    shares: z
      .record(Ref, Percent)
      .refine((shares) => total(shares) <= 100, 'expected at most 100 percent together'),
  }),
  /** In proportion to the direct cost of the same month. */
  z.strictObject({ method: z.literal('direct'), to: z.array(Ref).min(1).optional() }),
  /** In proportion to a metric given by entity, summed over the month. */
  z.strictObject({ method: z.literal('metric'), metric: Id, to: z.array(Ref).min(1).optional() }),
]);

/** A pot of money several entities share. Without `spread` it is shown as a pot. */
export const Pool = z.strictObject({
  id: Id,
  title: z.string().optional(),
  /** Lines that go into the pool before any rule looks at them. */
  lines: LineMatch.optional(),
  /** Whole buckets that go into it, e.g. `['support', 'tax']`. */
  buckets: z
    .array(z.enum(['idle', 'unused', 'support', 'tax', 'credits', 'unallocated']))
    .optional(),
  /** Entities whose cost is passed on, e.g. a shared platform. */
  entities: z.array(Ref).optional(),
  /** How it is spread over the entities with direct cost (or those in `to`). */
  spread: Spread.optional(),
});
export type Pool = z.infer<typeof Pool>;

const files = z.array(z.string().min(1)).min(1);

/** One bill: a FOCUS export, or plain CSV with `columns`. */
const Bill = z.strictObject({
  id: Id,
  title: z.string().optional(),
  /** Files, folders or globs below the organisation's folder: csv, csv.gz, parquet, and manifests beside them. */
  files,
  /** FOCUS column by the file's column, for files that are no FOCUS export: `{ cost: 'BilledCost', day: 'ChargePeriodStart' }`. */
  columns: z.record(z.string(), z.string()).optional(),
  /** Currency (ISO 4217) of files without a BillingCurrency column. */
  currency: z.string().length(3).optional(),
  /** Months (`2026-03`) whose smaller bill is right; without this a sharp drop of a closed month is held back. */
  acceptSmaller: z.array(z.string().regex(/^\d{4}-\d{2}$/)).default([]),
});

const OpenCost = z
  .strictObject({
    /** Name of the cluster, as on its lines and entities. */
    id: Id,
    /** Address of OpenCost (`http://opencost:9003`) or Kubecost (`http://kubecost:9090/model`). */
    url: z.url().optional(),
    /** Recorded answers of `/allocation?step=1d` instead, for a cluster CI cannot reach: files, folders or globs of JSON. */
    answers: files.optional(),
    /** Lines of the bills that pay for this cluster. Their money is split by OpenCost's ratios. Without it OpenCost's own estimate is shown. */
    pays: LineMatch.optional(),
    /** Currency of OpenCost's prices. */
    currency: z.string().length(3).default('USD'),
    /** Days to ask for on each run; earlier days are kept from earlier runs. */
    days: z.number().int().min(1).max(90).default(14),
    /** Seconds before a request is given up. */
    timeoutSeconds: z.number().min(1).max(600).default(60),
  })
  .refine(
    (cluster) => Boolean(cluster.url) !== Boolean(cluster.answers),
    'expected either url or answers',
  );

const Metric = z.strictObject({
  id: Id,
  /** What one unit is called: `order`, `1k requests`. */
  unit: z.string(),
  /** CSV (`date,value[,entity]`) or JSON (`[{date, value, entity?}]`) files, folders or globs. */
  files,
});

/** Options below `plugins.costs`. */
export const CostOptions = z.strictObject({
  bills: z.array(Bill).default([]),
  openCost: z.array(OpenCost).default([]),
  metrics: z.array(Metric).default([]),
  /** The chain of rules; first hit wins. */
  rules: z.array(Rule).default(defaultRules),
  pools: z.array(Pool).default([]),
  /** Monthly budgets by entity ref; the annotation `callboard.dev/cost-budget: 4500 EUR` says the same. */
  budgets: z
    .record(Ref, z.strictObject({ amount: z.number().positive(), currency: z.string().length(3) }))
    .default({}),
  /** Things to mark on the charts: launches, releases, migrations. Without an entity they are marked everywhere. */
  events: z
    .array(z.strictObject({ date: z.iso.date(), title: z.string(), entity: Ref.optional() }))
    .default([]),
  /** Rates into one currency. Nothing is ever converted without them, and what was is shown with `date`. */
  rates: z
    .strictObject({
      to: z.string().length(3),
      date: z.iso.date(),
      from: z.record(z.string(), z.number().positive()),
    })
    .optional(),
  /** Shows changes in engineers, as Cost Insights does. `yearlyCost` in the currency of the page. */
  engineers: z.strictObject({ yearlyCost: z.number().positive() }).optional(),
  alerts: z
    .strictObject({
      /** Smallest daily excess, in the bill's currency, an anomaly must have. */
      minimum: z.number().min(0).default(20),
      /** Robust standard deviations from which a day is an anomaly. */
      sensitivity: z.number().min(2).max(20).default(5),
      /** Points of coverage lost within a month that raise an alert. */
      coverageDrop: Percent.default(5),
    })
    .default({ minimum: 20, sensitivity: 5, coverageDrop: 5 }),
  /** Limits of the engine that reads the bills. */
  engine: z
    .strictObject({
      memoryMegabytes: z.number().int().min(128).default(400),
      threads: z.number().int().min(1).default(2),
    })
    .default({ memoryMegabytes: 400, threads: 2 }),
});
export type CostOptions = z.infer<typeof CostOptions>;

function total(shares: Record<string, number>): number {
  return Object.values(shares).reduce((sum, share) => sum + share, 0);
}

function defaultRules(): Rule[] {
  return z.array(Rule).parse([
    {
      by: 'tag',
      keys: [
        'backstage.io/entity',
        'app',
        'app.kubernetes.io/name',
        'service',
        'application',
        'component',
      ],
    },
    { by: 'resource' },
    { by: 'kubernetes' },
    { by: 'tag', keys: ['system'], kinds: ['system'] },
    { by: 'account' },
    { by: 'tag', keys: ['team', 'owner'], kinds: ['group'] },
    { by: 'tag', keys: ['cost-center', 'cost-centre'], kinds: ['group', 'system', 'domain'] },
  ]);
}
