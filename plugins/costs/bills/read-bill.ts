import type { DuckDBDataChunk } from '@duckdb/node-api';

import { Amounts } from '../amounts.ts';
import { parseTags, type Decision, type LineKey } from '../attribution/line.ts';
import { keyColumns, type KeyColumn } from './columns.ts';
import type { Engine } from './engine.ts';
import { decimals, integers } from './vectors.ts';

/** Lines that are attributed and shown together: one row of the ledger. */
export interface LedgerRow extends Decision {
  currency: string;
  provider: string;
  service: string;
  account: string;
  isTagged: boolean;
  lines: number;
}

/** A bill's money by row, by day (effective) and by month (billed), not yet rounded. */
export interface Ledger {
  rows: LedgerRow[];
  effective: Amounts;
  billed: Amounts;
  accounts: Map<string, string>;
}

/** Days and months of the ledger's columns. */
export interface Window {
  /** Days since 1970. */
  start: number;
  days: number;
  /** First column of each month, and the end of the last. */
  monthStarts: readonly number[];
}

/** What becomes of the lines of a key. `amount` is their effective cost of the last 31 days, in units. */
export type Attribute = (
  key: LineKey,
  amount: number,
  currency: string,
) => Decision & { isTagged: boolean };

/** Services shown on their own per entity, and per bucket that has no entity. */
const servicesPerEntity = 12;
const servicesPerBucket = 300;

/** Adds the lines of the view `good` up, row by row of the ledger. Tags are read once per distinct set, not per line. */
export async function buildLedger(
  engine: Engine,
  window: Window,
  present: ReadonlySet<KeyColumn>,
  attribute: Attribute,
): Promise<Ledger> {
  const end = window.start + window.days;
  // Columns no file has would only be hashed for nothing.
  const key = keyColumns.filter((column) => present.has(column)).join(', ');
  const all = keyColumns.map((column) => (present.has(column) ? column : 'NULL')).join(', ');
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE keys AS SELECT ${key}, count(*) AS lines, sum(effective) AS effective, sum(effective) FILTER (WHERE day >= ${end - 31}) AS recent FROM counted WHERE day >= ${window.start} GROUP BY ${key}`,
  );
  const salt = await saltWithoutCollision(engine, key);
  const drafts = new Map<string, LedgerRow & { weight: bigint; hashes: bigint[] }>();
  const accounts = new Map<string, string>();
  // The texts of a key as one: each that is fetched costs a call out of JavaScript.
  const chunks = chunksOf(
    engine,
    `SELECT to_json([${all}]), lines::INTEGER, (effective * 1000000000000)::HUGEINT, (coalesce(recent, 0) * 10000)::DOUBLE, hash('${salt}', ${key})::UBIGINT FROM keys ORDER BY ${key}`,
  );
  for await (const chunk of chunks) {
    for (const [json, lines, effective, recent, hash] of chunk.getRows()) {
      const texts = JSON.parse(String(json)) as (string | null)[];
      function text(at: number): string {
        return texts[at] ?? '';
      }
      const lineKey = keyFrom(text);
      const decision = attribute(lineKey, Math.round(Number(recent)), text(0));
      if (lineKey.account && lineKey.accountName)
        accounts.set(lineKey.account, lineKey.accountName);
      const row = {
        currency: text(0),
        provider: lineKey.provider,
        service: lineKey.service || 'Other',
        account: lineKey.account,
        ...decision,
      };
      const id = Object.values(row).join('\n');
      let draft = drafts.get(id);
      if (!draft) {
        draft = { ...row, lines: 0, weight: 0n, hashes: [] };
        drafts.set(id, draft);
      }
      draft.lines += Number(lines);
      draft.weight += effective as bigint;
      draft.hashes.push(hash as bigint);
    }
  }
  const rows = foldSmall([...drafts.values()]);
  await writeMap(
    engine,
    rows.map(({ hashes }) => hashes),
  );
  const ledger = {
    rows: rows.map(({ weight: _weight, hashes: _hashes, ...row }) => row),
    effective: new Amounts(rows.length, window.days),
    billed: new Amounts(rows.length, window.monthStarts.length - 1),
    accounts,
  };
  await addCells(engine, window, `hash('${salt}', ${key})`, ledger);
  return ledger;
}

/** Exact sums of a ledger in whole 10^-12, by `<currency> <month counted from 0>`. */
export type LedgerSums = ReadonlyMap<string, { effective: bigint; billed: bigint }>;

/**
 * Rounds a ledger to units, month by month and currency by currency, so that every month adds up to its bill. Returns
 * what it added up to before.
 */
export function roundLedger(ledger: Ledger, window: Window): LedgerSums {
  const sums = new Map<string, { effective: bigint; billed: bigint }>();
  for (const currency of [...new Set(ledger.rows.map((row) => row.currency))].toSorted()) {
    const rows = rowsOf(ledger, currency);
    const effective = ledger.effective.round(rows, window.monthStarts);
    const billed = ledger.billed.round(rows, [...window.monthStarts.keys()]);
    for (const [month, sum] of effective.entries())
      sums.set(`${currency} ${month}`, { effective: sum, billed: billed[month]! });
  }
  return sums;
}

/** Positions of a currency's rows. */
function rowsOf(ledger: Ledger, currency: string): number[] {
  return ledger.rows.flatMap((row, index) => (row.currency === currency ? [index] : []));
}

function keyFrom(text: (at: number) => string): LineKey {
  return {
    provider: text(1),
    service: text(2),
    serviceCategory: text(3),
    account: text(4),
    accountName: text(5),
    resourceId: text(6),
    resourceName: text(7),
    sku: text(8),
    chargeCategory: text(9).toLowerCase(),
    commitmentStatus: text(10),
    tags: (text(11) && parseTags(text(11))) || noTags,
    allocatedTags: (text(12) && parseTags(text(12))) || noTags,
  };
}

const noTags: ReadonlyMap<string, string> = new Map();

/** Lines find their row by a hash of the key; the salt is changed until no two keys share one. */
async function saltWithoutCollision(engine: Engine, key: string): Promise<number> {
  for (let salt = 0; ; salt += 1) {
    const [row] = await engine.rows(
      `SELECT count(*) = count(DISTINCT hash('${salt}', ${key})) AS unique FROM keys`,
    );
    if (row?.['unique']) return salt;
  }
}

type Draft = LedgerRow & { weight: bigint; hashes: bigint[] };

/** Keeps an entity's largest services and adds the others up, so that a snapshot has a bounded size. */
function foldSmall(drafts: readonly Draft[]): Draft[] {
  const groups = Map.groupBy(drafts, (row) => `${row.currency}\n${row.bucket}\n${row.target}`);
  const kept: Draft[] = [];
  for (const group of groups.values()) {
    const limit = group[0]!.bucket === 'direct' ? servicesPerEntity : servicesPerBucket;
    const largest = group.toSorted((a, b) => compareDown(size(a.weight), size(b.weight)));
    kept.push(...largest.slice(0, limit));
    const others = new Map<string, Draft>();
    for (const row of largest.slice(limit)) {
      const folded = { ...row, service: 'Other services', account: '', rule: 'several' };
      const id = `${row.provider}\n${row.isTagged}`;
      const other = others.get(id);
      if (!other) others.set(id, folded);
      else {
        other.lines += row.lines;
        other.hashes = [...other.hashes, ...row.hashes];
      }
    }
    kept.push(...others.values());
  }
  return kept;
}

async function writeMap(engine: Engine, hashes: readonly bigint[][]): Promise<void> {
  await engine.run('CREATE OR REPLACE TEMP TABLE row_of (hash UBIGINT, row INTEGER)');
  const appender = await engine.connection.createAppender('row_of', undefined, 'temp');
  for (const [row, ofRow] of hashes.entries()) {
    for (const hash of ofRow) {
      appender.appendUBigInt(hash);
      appender.appendInteger(row);
      appender.endRow();
    }
  }
  appender.closeSync();
}

async function addCells(
  engine: Engine,
  window: Window,
  hash: string,
  ledger: Pick<Ledger, 'effective' | 'billed'>,
): Promise<void> {
  const monthOf = new Int32Array(window.days);
  for (let month = 0; month + 1 < window.monthStarts.length; month += 1)
    monthOf.fill(month, window.monthStarts[month], window.monthStarts[month + 1]);
  // Into a table first: a streamed aggregate is computed by one thread.
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE cells AS SELECT row, day - ${window.start} AS day, sum(effective) AS effective, sum(billed) AS billed FROM (SELECT * FROM counted WHERE day >= ${window.start}) AS l JOIN row_of r ON r.hash = ${hash} GROUP BY ALL`,
  );
  for await (const chunk of chunksOf(engine, 'FROM cells')) {
    // Asked for once: every look at it is a call out of JavaScript.
    const count = chunk.rowCount;
    const rows = integers(chunk.getColumnVector(0), count);
    const days = integers(chunk.getColumnVector(1), count);
    const months = days.map((day) => monthOf[day]!);
    ledger.effective.add(rows, days, decimals(chunk.getColumnVector(2), count));
    ledger.billed.add(rows, months, decimals(chunk.getColumnVector(3), count));
  }
}

/** What a query finds, piece by piece; the next one is fetched while the last is worked on. */
async function* chunksOf(engine: Engine, sql: string): AsyncIterable<DuckDBDataChunk> {
  const stream = await engine.connection.stream(sql);
  let next = stream.fetchChunk();
  try {
    for (;;) {
      const chunk = await next;
      if (!chunk || chunk.rowCount === 0) return;
      next = stream.fetchChunk();
      yield chunk;
    }
  } finally {
    // Whoever stops early must not close the engine under a fetch.
    await next.catch(() => undefined);
  }
}

function size(weight: bigint): bigint {
  return weight < 0n ? -weight : weight;
}

function compareDown(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a > b ? -1 : 1;
}
