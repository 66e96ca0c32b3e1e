import { named } from './engine.ts';

/** Types of a file's columns by name, as the engine has them. */
export type FileColumns = ReadonlyMap<string, string>;

/** A bill's line in our own columns, as SQL over a file; or what is missing for that. */
export type LineSql =
  | { select: string; keys: KeyColumn[]; lacks?: undefined }
  | { select?: undefined; keys?: undefined; lacks: string };

/** Columns the rules and pages tell lines apart by. Costs of lines that share them are added up first. */
export const keyColumns = [
  'currency',
  'provider',
  'service',
  'category',
  'account',
  'account_name',
  'resource',
  'resource_name',
  'sku',
  'charge',
  'commitment',
  'tags',
  'allocated_tags',
] as const;
export type KeyColumn = (typeof keyColumns)[number];

const names: Record<Exclude<KeyColumn, 'currency'>, string[]> = {
  // Oracle's export keeps the names from before 1.0: Provider, InvoiceIssuer.
  provider: [
    'ServiceProviderName',
    'ProviderName',
    'Provider',
    'HostProviderName',
    'InvoiceIssuerName',
    'InvoiceIssuer',
  ],
  service: ['ServiceName'],
  category: ['ServiceCategory'],
  account: ['SubAccountId', 'BillingAccountId'],
  account_name: ['SubAccountName', 'BillingAccountName'],
  resource: ['ResourceId'],
  resource_name: ['ResourceName'],
  sku: ['SkuId'],
  charge: ['ChargeCategory'],
  commitment: ['CommitmentDiscountStatus'],
  tags: ['Tags'],
  allocated_tags: ['AllocatedTags'],
};

/**
 * FOCUS read by what is there, not by version: 1.0 to 1.4 and files of a few columns alike. `mapping` gives the FOCUS
 * name of a file's column; `skus` says whether any rule looks at SKUs (they multiply the keys otherwise).
 */
export function lineSql(
  columns: FileColumns,
  given: {
    mapping?: Record<string, string> | undefined;
    currency?: string | undefined;
    skus: boolean;
    /** Dates are written month/day/year, as spreadsheets and some of FOCUS's published samples do. */
    hasSlashDates?: boolean;
  },
): LineSql {
  function day(column: Column): string {
    return daySql(column, given.hasSlashDates ?? false);
  }
  const byName = new Map<string, { column: string; type: string }>();
  for (const [column, type] of columns) {
    const name = given.mapping?.[column] ?? column;
    byName.set(name.toLowerCase(), { column, type: type.toUpperCase() });
  }
  function find(wanted: readonly string[]): Column[] {
    return wanted
      .map((name) => byName.get(name.toLowerCase()))
      .filter((found) => found !== undefined);
  }
  const billed = find(['BilledCost'])[0];
  const effective = find(['EffectiveCost'])[0] ?? billed;
  const start = find(['ChargePeriodStart', 'BillingPeriodStart'])[0];
  const currency = find(['BillingCurrency'])[0];
  if (!effective) return { lacks: 'a column BilledCost or EffectiveCost' };
  if (!start) return { lacks: 'a column ChargePeriodStart' };
  if (!currency && !given.currency)
    return { lacks: 'a column BillingCurrency, or `currency` in the configuration' };
  for (const cost of [billed ?? effective, effective])
    if (!isNumberLike(cost.type))
      return { lacks: `numbers in ${cost.column}, which is ${cost.type}` };
  if (!isDateLike(start.type)) return { lacks: `dates in ${start.column}, which is ${start.type}` };
  const periodStart = find(['BillingPeriodStart'])[0];
  const periodEnd = find(['BillingPeriodEnd'])[0];
  const select = [
    `${money(billed ?? effective)} AS billed`,
    `${money(effective)} AS effective`,
    `${day(start)} AS day`,
    `${periodStart && isDateLike(periodStart.type) ? day(periodStart) : 'NULL::INTEGER'} AS period_start`,
    `${periodEnd && isDateLike(periodEnd.type) ? day(periodEnd) : 'NULL::INTEGER'} AS period_end`,
    `${currency ? `upper(${text([currency])})` : `'${given.currency?.toUpperCase()}'`} AS currency`,
  ];
  const keys: KeyColumn[] = ['currency'];
  for (const key of keyColumns) {
    if (key === 'currency') continue;
    const found = key === 'sku' && !given.skus ? [] : find(names[key]);
    if (found.length > 0) keys.push(key);
    select.push(`${columnSql(key, found)} AS ${key}`);
  }
  return { select: select.join(', '), keys };
}

interface Column {
  column: string;
  type: string;
}

function columnSql(key: string, found: readonly Column[]): string {
  if (found.length === 0) return 'NULL::VARCHAR';
  return key.endsWith('tags') ? json(found[0]!) : text(found);
}

function text(found: readonly Column[]): string {
  const parts = found.map(({ column, type }) =>
    type === 'VARCHAR' ? named(column) : `${named(column)}::VARCHAR`,
  );
  return parts.length === 1 ? parts[0]! : `coalesce(${parts.join(', ')})`;
}

/** Tags are JSON text in CSV, and JSON text or a map in Parquet. */
function json({ column, type }: Column): string {
  if (type === 'VARCHAR') return named(column);
  return /^(?:MAP|STRUCT|JSON)/.test(type)
    ? `to_json(${named(column)})::VARCHAR`
    : `${named(column)}::VARCHAR`;
}

/** Decimals of 64 bits are read eighty times as fast as those of 128, and hold all but the largest lines. */
function money({ column, type }: Column): string {
  const name = named(column);
  if (!/^(?:VARCHAR|DOUBLE|FLOAT)/.test(type)) return `TRY_CAST(${name} AS DECIMAL(38,12))`;
  const parts = [`TRY_CAST(${name} AS DECIMAL(18,12))`, `TRY_CAST(${name} AS DECIMAL(38,12))`];
  if (type === 'VARCHAR') parts.push(spelledOut(name));
  return `coalesce(${parts.join(', ')})`;
}

/** `$1,234.50` as spreadsheets write it. A comma without a point after it may be either, so it stays unreadable. */
function spelledOut(name: string): string {
  return `CASE WHEN regexp_full_match(${name}, '\\s*-?[$€£]?(\\d+(\\.\\d+)?|\\d{1,3}(,\\d{3})+\\.\\d+)\\s*') THEN TRY_CAST(regexp_replace(${name}, '[$€£,\\s]', '', 'g') AS DECIMAL(38,12)) END`;
}

/** Days since 1970. Dates without a zone are UTC, as FOCUS asks for. */
function daySql({ column, type }: Column, hasSlashes: boolean): string {
  const name = named(column);
  if (type !== 'VARCHAR') return daysSince(`CAST(${name} AS DATE)`);
  if (hasSlashes)
    return daysSince(
      `CAST(coalesce(try_strptime(${name}, ['%m/%d/%y', '%m/%d/%Y']), CASE WHEN NOT contains(${name}, '/') THEN TRY_CAST(${name} AS TIMESTAMP) END) AS DATE)`,
    );
  // `2026-04-01T05:00Z`, as Oracle writes it, is a time with seconds only to the engine.
  const zulu = `coalesce(TRY_CAST(${name} AS TIMESTAMP), TRY_CAST(rtrim(${name}, 'Z') AS TIMESTAMP))`;
  // The cast to TIMESTAMP overlooks an offset such as +02:00; the one with a zone is slow, so it is kept for those.
  const hasOffset = `strlen(${name}) > 20 AND ${name}[-3] = ':' AND ${name}[-6] IN ('+', '-')`;
  return daysSince(
    `CAST(CASE WHEN ${hasOffset} THEN TRY_CAST(TRY_CAST(${name} AS TIMESTAMPTZ) AS TIMESTAMP) ELSE ${zulu} END AS DATE)`,
  );
}

function daysSince(date: string): string {
  return `(${date} - DATE '1970-01-01')::INTEGER`;
}

function isNumberLike(type: string): boolean {
  return /^(?:VARCHAR|DOUBLE|FLOAT|DECIMAL|U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?)/.test(type);
}

function isDateLike(type: string): boolean {
  return type === 'VARCHAR' || type === 'DATE' || type.startsWith('TIMESTAMP');
}
