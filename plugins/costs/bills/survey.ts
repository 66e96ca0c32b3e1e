import type { ProblemInput } from '../../types.ts';
import { unitsFromExact, unitsText } from '../money.ts';
import { quoted, type Engine } from './engine.ts';
import { identitySql, type StagedFile } from './stage.ts';

/** Good lines of one file, one currency and one day. */
export interface SurveyRow {
  file: string;
  currency: string;
  /** Day the lines count for. */
  day: number;
  lines: number;
  /** Whole 10^-12 of the currency. */
  billed: bigint;
  effective: bigint;
}

// Before clouds and after this century there are no bills: `4/1/25` among ISO dates would be a day of the year 4.
const [firstDay, endDay] = [10_957, 47_482];
const isDay = `coalesce(day, 0) BETWEEN ${firstDay} AND ${endDay}`;
const isGood = `billed IS NOT NULL AND effective IS NOT NULL AND ${isDay} AND currency IS NOT NULL`;

/**
 * Makes the views `lines` (all) and `good` (those that can be counted, on the day they count for), and says what each
 * file holds. Lines left out or moved are reported.
 */
export async function surveyLines(
  engine: Engine,
  staged: readonly StagedFile[],
  report: (problem: ProblemInput) => void,
  relative: (file: string) => string,
): Promise<SurveyRow[]> {
  await engine.run(
    `CREATE OR REPLACE TEMP VIEW lines AS ${staged.map(({ lines }) => lines).join(' UNION ALL BY NAME ')}`,
  );
  await engine.run('CREATE OR REPLACE TEMP TABLE dropped (file VARCHAR, day INTEGER)');
  const rows = await engine.rows(
    `SELECT file, currency, day, period_start, period_end, count(*) AS lines, count(*) FILTER (WHERE billed IS NULL OR effective IS NULL) AS bad, (sum(billed) FILTER (WHERE effective IS NOT NULL) * 1000000000000)::HUGEINT AS billed, (sum(effective) FILTER (WHERE billed IS NOT NULL) * 1000000000000)::HUGEINT AS effective FROM lines GROUP BY ALL ORDER BY ALL`,
  );
  const survey: SurveyRow[] = [];
  const outside = new Map<string, Outside>();
  let hasBad = false;
  for (const row of rows) {
    const [file, currency] = [String(row['file']), String(row['currency'])];
    const bad = Number(row['bad']);
    const charged = Number(row['day'] ?? 0);
    const isPlaced = charged >= firstDay && charged <= endDay && row['currency'] !== null;
    if (bad > 0 || !isPlaced) hasBad = true;
    if (!isPlaced || bad === Number(row['lines'])) continue;
    const day = countedDay(charged, row['period_start'], row['period_end']);
    const lines = Number(row['lines']) - bad;
    const billed = BigInt(row['billed'] as bigint);
    if (day !== charged)
      addOutside(outside, file, currency, { lines, billed, first: charged, last: charged });
    survey.push({
      file,
      currency,
      day,
      lines,
      billed,
      effective: BigInt(row['effective'] as bigint),
    });
  }
  const isMoved = outside.size > 0;
  await engine.run(
    `CREATE OR REPLACE TEMP VIEW good AS SELECT ${isMoved ? `* EXCLUDE (day), ${clampedDay} AS day` : '*'} FROM lines${hasBad ? ` WHERE ${isGood}` : ''}`,
  );
  if (hasBad) await reportBadLines(engine, staged, report, relative);
  reportOutside(outside, report, relative);
  return survey;
}

// A line belongs to the month it is billed in. Where its day lies outside (corrections, late hours) it counts on the
// nearest day of that month, so that months add up to bills. Periods that are no calendar month leave the day alone.
const clampedDay = `CASE WHEN period_end - period_start BETWEEN 28 AND 31 AND day(make_date(period_start)) = 1 AND day(make_date(period_end)) = 1 THEN greatest(period_start, least(period_end - 1, day)) ELSE day END`;

function countedDay(day: number, start: unknown, end: unknown): number {
  if (typeof start !== 'number' || typeof end !== 'number') return day;
  const isMonth =
    end - start >= 28 &&
    end - start <= 31 &&
    dateOf(start).endsWith('-01') &&
    dateOf(end).endsWith('-01');
  return isMonth ? Math.max(start, Math.min(end - 1, day)) : day;
}

async function reportBadLines(
  engine: Engine,
  staged: readonly StagedFile[],
  report: (problem: ProblemInput) => void,
  relative: (file: string) => string,
): Promise<void> {
  const bad = await engine.rows(
    `SELECT file, count(*) AS lines, count(*) FILTER (WHERE NOT (${isGood})) AS bad, count(*) FILTER (WHERE billed IS NULL OR effective IS NULL) AS cost, count(*) FILTER (WHERE NOT (${isDay})) AS day FROM lines GROUP BY file HAVING bad > 0 ORDER BY file`,
  );
  for (const row of bad) {
    const from = staged.find(({ file }) => file === row['file'])!;
    const place = await placeOf(engine, from);
    const total = Number(row['lines']);
    const missing = Number(row['bad']);
    report({
      code: 'costs/unreadable-value',
      message: `${missing} of ${total} lines have no readable ${whatIsMissing(row)}${place.text}; they were left out, ${total - missing} were counted`,
      hint: 'Costs are decimal numbers with a point, dates ISO 8601, currencies ISO 4217.',
      at: { file: relative(from.file), line: place.line },
    });
  }
}

interface Outside {
  lines: number;
  billed: bigint;
  first: number;
  last: number;
}

function addOutside(
  all: Map<string, Outside>,
  file: string,
  currency: string,
  more: Outside,
): void {
  const before = all.get(`${file}\n${currency}`) ?? { ...more, lines: 0, billed: 0n };
  all.set(`${file}\n${currency}`, {
    lines: before.lines + more.lines,
    billed: before.billed + more.billed,
    first: Math.min(before.first, more.first),
    last: Math.max(before.last, more.last),
  });
}

function reportOutside(
  outside: ReadonlyMap<string, Outside>,
  report: (problem: ProblemInput) => void,
  relative: (file: string) => string,
): void {
  for (const [id, { lines, billed, first, last }] of outside) {
    const [file = '', currency] = id.split('\n');
    report({
      code: 'costs/outside-period',
      message: `${lines} lines (${unitsText(unitsFromExact(billed), 2)} ${currency}, charged ${dateOf(first)} to ${dateOf(last)}) lie outside their billing period; they count on the nearest day of it`,
      hint: 'Nothing, if these are corrections. Otherwise look at the export.',
      at: { file: relative(file) },
    });
  }
}

/**
 * Files that hold the same lines of the same days are deliveries of the same thing: the later one counts (by the last
 * day it reaches, then by name), day by day. Parts of one delivery share days but no lines. Makes the view `counted`.
 */
export async function dropOverlaps(
  engine: Engine,
  staged: readonly StagedFile[],
  survey: readonly SurveyRow[],
  report: (problem: ProblemInput) => void,
  relative: (file: string) => string,
): Promise<Set<string>> {
  const days = new Map<string, Set<number>>();
  for (const row of survey) days.set(row.file, (days.get(row.file) ?? new Set()).add(row.day));
  const overlapping = staged.filter(({ file }) =>
    staged.some((other) => other.file !== file && commonDays(days, file, other.file).length > 0),
  );
  await engine.run('CREATE OR REPLACE TEMP VIEW counted AS SELECT * FROM good');
  if (overlapping.length < 2) return new Set();
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE identities AS ${overlapping
      .map(
        ({ file, raw, columns }) =>
          `SELECT DISTINCT ${quoted(file)} AS file, ${identitySql(columns)} AS id FROM ${raw}`,
      )
      .join(' UNION ALL ')}`,
  );
  const pairs = await engine.rows(
    `WITH sizes AS (SELECT file, count(*) AS size FROM identities GROUP BY file)
     SELECT a.file AS one, b.file AS other, count(*) / min(least(x.size, y.size)) AS share
     FROM identities a JOIN identities b ON a.id = b.id AND a.file < b.file JOIN sizes x ON x.file = a.file JOIN sizes y ON y.file = b.file
     GROUP BY ALL HAVING share >= 0.2 ORDER BY ALL`,
  );
  const dropped = new Set<string>();
  for (const pair of pairs) {
    const files = [String(pair['one']), String(pair['other'])];
    const [older, newer] = files.toSorted(
      (a, b) => lastDay(days, a) - lastDay(days, b) || (a < b ? -1 : 1),
    ) as [string, string];
    const common = commonDays(days, older, newer).filter((day) => !dropped.has(`${older}\n${day}`));
    if (common.length === 0) continue;
    for (const day of common) dropped.add(`${older}\n${day}`);
    await engine.run(
      `INSERT INTO dropped VALUES ${common.map((day) => `(${quoted(older)}, ${day})`).join(', ')}`,
    );
    report({
      code: 'costs/delivered-twice',
      message: `${common.length} days (${dateOf(common[0]!)} to ${dateOf(common.at(-1)!)}) are also in ${relative(newer)}, which was counted; these days of this file were left out`,
      hint: 'Keep one delivery of each period, or copy the manifests too: they say which is the newest.',
      at: { file: relative(older) },
    });
  }
  await engine.run('DROP TABLE identities');
  if (dropped.size > 0)
    await engine.run(
      'CREATE OR REPLACE TEMP VIEW counted AS SELECT * FROM good ANTI JOIN dropped USING (file, day)',
    );
  return dropped;
}

/** Days since 1970 as an ISO date. */
export function dateOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

async function placeOf(engine: Engine, from: StagedFile): Promise<{ text: string; line?: number }> {
  const { select } = from;
  if (from.file.endsWith('.parquet')) {
    const numbered = from.raw.replace(/\)$/, ', file_row_number = true)');
    const [row] = await engine.rows(
      `SELECT min(file_row_number)::INTEGER AS number FROM (SELECT ${select}, file_row_number FROM ${numbered}) WHERE NOT (${isGood})`,
    );
    const number = Number(row?.['number'] ?? 0);
    const [group] = await engine.rows(
      `SELECT min(row_group_id)::INTEGER AS id FROM (SELECT row_group_id, sum(any_value(row_group_num_rows)) OVER (ORDER BY row_group_id) AS until FROM parquet_metadata(${quoted(from.file)}) GROUP BY row_group_id) WHERE until > ${number}`,
    );
    return { text: ` (first: row ${number + 1}, row group ${Number(group?.['id'] ?? 0)})` };
  }
  // Read once more, in the order of the file: bad values are rare, and order costs all other bills time.
  await engine.run('SET preserve_insertion_order = true');
  const [row] = await engine.rows(
    `SELECT min(number)::INTEGER AS number FROM (SELECT *, row_number() OVER () AS number FROM (SELECT ${select} FROM ${from.raw})) WHERE NOT (${isGood})`,
  );
  await engine.run('SET preserve_insertion_order = false');
  const line = Number(row?.['number'] ?? 1) + 1;
  return { text: ` (first: line ${line})`, line };
}

function whatIsMissing(row: Record<string, unknown>): string {
  if (Number(row['cost']) > 0) return 'cost';
  return Number(row['day']) > 0 ? 'charge period' : 'currency';
}

function commonDays(
  days: ReadonlyMap<string, ReadonlySet<number>>,
  a: string,
  b: string,
): number[] {
  const other = days.get(b);
  return [...(days.get(a) ?? [])].filter((day) => other?.has(day)).toSorted((x, y) => x - y);
}

function lastDay(days: ReadonlyMap<string, ReadonlySet<number>>, file: string): number {
  return Math.max(...(days.get(file) ?? [0]));
}
