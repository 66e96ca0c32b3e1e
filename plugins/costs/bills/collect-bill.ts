import { rmSync } from 'node:fs';
import { basename, join, relative as relativePath } from 'node:path';

import { attribute, tagKeysOf, type Chain } from '../attribution/attribute.ts';
import { parseTags } from '../attribution/line.ts';
import type { CostOptions } from '../options.ts';
import type { Check, Fix, Series, StoredBill } from '../schema.ts';
import { encodeSeries } from '../series.ts';
import type { ProblemInput } from '../../types.ts';
import { checksOf } from './checks.ts';
import { openEngine, type Engine } from './engine.ts';
import { failureOf } from './failures.ts';
import { findFiles } from './find-files.ts';
import { FixList } from './fixes.ts';
import { chooseDeliveries } from './manifests.ts';
import { buildLedger, roundLedger, type Ledger, type Window } from './read-bill.ts';
import { stageFiles, type StagedFile } from './stage.ts';
import { dateOf, dropOverlaps, surveyLines, type SurveyRow } from './survey.ts';

/** A bill read and attributed. Series begin at `start`. */
export interface CollectedBill {
  bill: StoredBill;
  start: string;
  days: number;
  series: Series[];
  checks: Check[];
  accounts: Record<string, string>;
  fixes: Fix[];
  /** Every file that should have been read was. */
  isComplete: boolean;
}

type BillOptions = CostOptions['bills'][number];

/** Reads one bill; undefined when nothing of it could be read. */
export async function collectBill(
  options: BillOptions,
  chain: Chain,
  settings: {
    engine: CostOptions['engine'];
    workingDirectory: string;
    cache: string;
    skus: boolean;
  },
  report: (problem: ProblemInput) => void,
): Promise<CollectedBill | undefined> {
  let isComplete = true;
  function relative(file: string): string {
    return relativePath(settings.workingDirectory, file);
  }
  function reportHere(problem: ProblemInput): void {
    if (lossy.has(problem.code)) isComplete = false;
    report(problem);
  }
  const found = await findFiles(options.files, settings.workingDirectory);
  const { files } = await chooseDeliveries(found, reportHere, relative);
  if (files.length === 0) {
    report({
      code: 'costs/no-files',
      message: `Bill ${options.id} has no files: ${options.files.join(', ')} match nothing to read`,
    });
    return undefined;
  }
  const database = join(settings.cache, `${options.id}.duckdb`);
  remove(database);
  const engine = await openEngine(database, settings.engine);
  let staged: StagedFile[] = [];
  try {
    const reading = { mapping: options.columns, currency: options.currency, skus: settings.skus };
    staged = await stageFiles(engine, files, reading, reportHere, relative);
    if (staged.length === 0) return undefined;
    const survey = await surveyLines(engine, staged, reportHere, relative);
    if (survey.length === 0) return undefined;
    const dropped = await dropOverlaps(engine, staged, survey, report, relative);
    const counted = survey.filter(({ file, day }) => !dropped.has(`${file}\n${day}`));
    const window = windowOf(counted);
    const present = new Set(staged.flatMap(({ keys }) => keys));
    const fixes = new FixList(options.id, chain);
    const tagKeys = tagKeysOf(chain.rules);
    let keys = 0;
    const ledger = await buildLedger(engine, window, present, (key, amount, currency) => {
      const decision = attribute(key, chain);
      fixes.add(key, decision, amount, currency);
      keys += 1;
      return { ...decision, isTagged: [...tagKeys].some((tag) => key.tags.get(tag)) };
    });
    await reportTags(engine, present.has('tags'), keys, report, options.id);
    const checks = checksOf(options.id, counted, roundLedger(ledger, window), window);
    reportCurrencies(ledger, options.id, report);
    return {
      bill: {
        id: options.id,
        title: options.title ?? options.id,
        kind: 'focus',
        completeThrough: dateOf(completeThrough(counted)),
        files: fileLines(counted, files, relative),
      },
      start: dateOf(window.start),
      days: window.days,
      series: seriesOf(options.id, ledger),
      checks,
      accounts: Object.fromEntries([...ledger.accounts].toSorted(([a], [b]) => (a < b ? -1 : 1))),
      fixes: fixes.top(),
      isComplete,
    };
  } catch (error) {
    report(await failureOf(error, options.id, engine, staged, settings.engine, relative));
    return undefined;
  } finally {
    engine.close();
    remove(database);
  }
}

/** Codes after which money is missing from the bill. */
const lossy = new Set(['costs/unreadable-file', 'costs/missing-file', 'costs/unreadable-manifest']);

const monthsKept = 13;

/** Thirteen months up to the bill's last day. */
function windowOf(survey: readonly SurveyRow[]): Window {
  let last = -Infinity;
  let first = Infinity;
  for (const { day } of survey) {
    last = Math.max(last, day);
    first = Math.min(first, day);
  }
  const end = new Date(last * 86_400_000);
  const oldest = dayOf(end.getUTCFullYear(), end.getUTCMonth() - monthsKept + 1);
  const begin = new Date(Math.max(first, oldest) * 86_400_000);
  const start = dayOf(begin.getUTCFullYear(), begin.getUTCMonth());
  const monthStarts: number[] = [];
  for (let month = 0; ; month += 1) {
    const day = dayOf(begin.getUTCFullYear(), begin.getUTCMonth() + month);
    if (day > last) break;
    monthStarts.push(day - start);
  }
  const days = last - start + 1;
  return { start, days, monthStarts: [...monthStarts, days] };
}

function seriesOf(bill: string, ledger: Ledger): Series[] {
  const series = ledger.rows.map((row, index) => ({
    bill,
    ...row,
    effective: encodeSeries(ledger.effective.row(index)),
    billed: encodeSeries(ledger.billed.row(index)),
  }));
  const ordered = series.map((row) => ({ row, order: orderOf(row) }));
  return ordered.sort((a, b) => (a.order < b.order ? -1 : 1)).map(({ row }) => row);
}

function orderOf(series: Series): string {
  return [
    series.currency,
    series.bucket,
    series.target,
    series.provider,
    series.service,
    series.account,
    series.rule,
    series.isTagged,
  ].join('\n');
}

/** Providers deliver late: a last day with less than half the lines of the days before it has not fully arrived. */
function completeThrough(survey: readonly SurveyRow[]): number {
  const lines = new Map<number, number>();
  for (const row of survey) lines.set(row.day, (lines.get(row.day) ?? 0) + row.lines);
  const days = [...lines.keys()].toSorted((a, b) => a - b);
  let last = days.length - 1;
  while (last >= 7) {
    const before = days.slice(Math.max(0, last - 14), last).map((day) => lines.get(day)!);
    const median = before.toSorted((a, b) => a - b)[Math.floor(before.length / 2)]!;
    if (lines.get(days[last]!)! * 2 >= median) break;
    last -= 1;
  }
  return days[last]!;
}

async function reportTags(
  engine: Engine,
  hasTags: boolean,
  keys: number,
  report: (problem: ProblemInput) => void,
  bill: string,
): Promise<void> {
  if (!hasTags) return;
  const texts = await engine.rows(
    'SELECT tags, sum(lines)::INTEGER AS lines FROM keys WHERE tags IS NOT NULL AND NOT json_valid(tags) GROUP BY tags ORDER BY lines DESC, tags LIMIT 1000',
  );
  const broken = texts.filter(({ tags }) => parseTags(String(tags)) === undefined);
  if (broken[0]) {
    const lines = broken.reduce((sum, row) => sum + Number(row['lines']), 0);
    report({
      code: 'costs/tags-not-json',
      message: `${lines} lines of bill ${bill} have tags that are not a JSON object (\`${String(broken[0]['tags']).slice(0, 60)}\`); they were counted as untagged`,
    });
  }
  if (keys > 200_000)
    report({
      code: 'costs/many-tag-values',
      message: `Bill ${bill} has ${keys.toLocaleString('en')} different sets of tags and resources, expected some thousands; all were counted`,
    });
}

function reportCurrencies(
  ledger: Ledger,
  bill: string,
  report: (problem: ProblemInput) => void,
): void {
  const currencies = [...new Set(ledger.rows.map((row) => row.currency))].toSorted();
  if (currencies.length < 2) return;
  report({
    code: 'costs/several-currencies',
    message: `Bill ${bill} has amounts in ${currencies.join(' and ')}; they are shown apart and nothing is converted`,
  });
}

function fileLines(
  survey: readonly SurveyRow[],
  files: readonly string[],
  relative: (file: string) => string,
): StoredBill['files'] {
  const lines = new Map(files.map((file) => [file, 0]));
  for (const row of survey) lines.set(row.file, (lines.get(row.file) ?? 0) + row.lines);
  return [...lines].map(([file, count]) => ({
    name: relative(file) || basename(file),
    lines: count,
  }));
}

function dayOf(year: number, month: number): number {
  return Date.UTC(year, month, 1) / 86_400_000;
}

function remove(database: string): void {
  for (const file of [database, `${database}.wal`]) rmSync(file, { force: true });
}
