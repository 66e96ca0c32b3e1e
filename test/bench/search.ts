/**
 * Relevance of search over the portal of a corpus, beside plain Pagefind, MiniSearch and Lunr, in Chromium.
 * `npm run bench:search -- <corpus> [--tune] [--queries <per set>] [--engines ours,pagefind]`
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createIndex, close } from 'pagefind';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { servePortal } from '../../site/preview.ts';
import { launchChromium } from '../browser/chromium.ts';
import { median } from './measure.ts';
import type { Answer } from './search/page.ts';
import { linksOf, pageOf, portalOf, recordsOf } from './search/portal.ts';
import { deriveQuestions, seeded, type Question } from './search/queries.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tune: { type: 'boolean', default: false },
    queries: { type: 'string', default: '300' },
    engines: { type: 'string', default: 'ours,pagefind,minisearch,lunr' },
    misses: { type: 'string' },
  },
});
const corpus = positionals[0];
if (corpus === undefined) throw new Error('Name a folder of repositories, or a built portal.');
const dist = portalOf(corpus);
const records = recordsOf(dist);
const all = deriveQuestions(records, linksOf(dist, records), Number(values.queries), 20_261_123);
const coin = seeded(7);
const questions = all.filter(() => coin() < 0.5 === values.tune);
console.log(
  `${records.length} records, ${questions.length} queries, ${values.tune ? 'tuning' : 'reporting'} half`,
);

const engines = values.engines.split(',');
const extra = await extraFiles();
const server = await servePortal(dist, '/', 0);
const address = server.address();
if (!address || typeof address === 'string') throw new Error('The portal is not served on a port');
const browser = await launchChromium();
const results: Record<string, Scores> = {};
for (const engine of engines) {
  results[engine] = scoresOf(questions, await answersOf(engine, browser, address.port), engine);
}
await browser.close();
server.close();
rmSync(extra, { recursive: true });
print(results);

/** What the bench serves beside the portal: its page, and plain Pagefind over the same pages. */
async function extraFiles(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-engines-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    base: '/bench/',
    worker: { format: 'es' },
    build: {
      outDir: join(folder, 'bench'),
      emptyOutDir: true,
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: join(import.meta.dirname, 'search/page.ts'),
        output: { entryFileNames: 'page.js' },
      },
    },
  });
  const page =
    '<!doctype html><body data-base="/"><script type="module" src="/bench/page.js"></script></body>';
  mkdirSync(join(folder, 'bench'), { recursive: true });
  writeFileSync(join(folder, 'bench/index.html'), page);
  if (!engines.includes('pagefind')) return folder;
  const { index } = await createIndex({ rootSelector: 'main', forceLanguage: 'en' });
  for (const { url } of records) {
    const content = pageOf(dist, url);
    if (content) await index!.addHTMLFile({ url, content });
  }
  await index!.writeFiles({ outputPath: join(folder, 'plain') });
  await close();
  return folder;
}

interface Run {
  answers: Answer[];
  /** kB moved until the first query was answered. */
  first: number;
  /** kB each further query moved, on average. */
  further: number;
}

async function answersOf(engine: string, chromium: Browser, port: number): Promise<Run> {
  const page = await chromium.newPage();
  const beside = await servePortal(extra, '/', 0);
  const { port: besidePort } = beside.address() as { port: number };
  await page.route(/^[^?]*:\d+\/(bench|plain)\//, async (route) => {
    const from = new URL(route.request().url());
    from.port = String(besidePort);
    await route.fulfill({ response: await route.fetch({ url: from.href }) });
  });
  await page.goto(`http://localhost:${port}/bench/`);
  await page.waitForFunction(() => 'askAll' in window);
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  let bytes = 0;
  page.context().on('response', (response) => {
    bytes += Number(response.headers()['content-length'] ?? 0);
  });
  await page.evaluate((name) => window.startEngine(name), engine);
  const texts = questions.map(({ text }) => text);
  const [first] = await page.evaluate((queries) => window.askAll(queries), texts.slice(0, 1));
  const firstBytes = bytes;
  const others = await page.evaluate((queries) => window.askAll(queries), texts.slice(1));
  await page.close();
  beside.close();
  return {
    answers: [first!, ...others],
    first: firstBytes / 1000,
    further: (bytes - firstBytes) / 1000 / others.length,
  };
}

interface Scores {
  sets: Record<string, { queries: number; mrr: number; first: number; ten: number; empty: number }>;
  mrr: number;
  macro: number;
  first: number;
  ten: number;
  empty: number;
  p50: number;
  p95: number;
  kB: { first: number; further: number };
}

function scoresOf(asked: readonly Question[], run: Run, engine: string): Scores {
  const ranked = asked.map((question, at) => {
    const { urls } = run.answers[at]!;
    const rank = urls.slice(0, 10).findIndex((url) => question.answers.includes(url));
    if (values.misses?.split(',').includes(question.set) && engine === 'ours' && rank !== 0)
      console.log(
        `${question.set}\t${rank + 1}\t${question.text}\t${question.answers[0]}\t${urls.slice(0, 3).join(' ')}`,
      );
    return { set: question.set, rank, isEmpty: urls.length === 0 };
  });
  const sets = Object.fromEntries(
    Array.from(
      Map.groupBy(ranked, ({ set }) => set),
      ([set, members]) => [set, summaryOf(members)],
    ),
  );
  const each = Object.values(sets);
  const times = run.answers.map(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b);
  return {
    sets,
    ...summaryOf(ranked),
    macro: round(each.reduce((sum, set) => sum + set.mrr, 0) / each.length),
    p50: Math.round(median(times)),
    p95: Math.round(times[Math.floor(times.length * 0.95)]!),
    kB: { first: Math.round(run.first), further: Math.round(run.further) },
  };
}

function summaryOf(ranked: readonly { rank: number; isEmpty: boolean }[]): Scores['sets'][string] {
  const share = (fits: (each: { rank: number; isEmpty: boolean }) => number) =>
    round(ranked.reduce((sum, each) => sum + fits(each), 0) / ranked.length);
  return {
    queries: ranked.length,
    mrr: share(({ rank }) => (rank < 0 ? 0 : 1 / (rank + 1))),
    first: share(({ rank }) => Number(rank === 0)),
    ten: share(({ rank }) => Number(rank >= 0)),
    empty: share(({ isEmpty }) => Number(isEmpty)),
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function print(all: Record<string, Scores>): void {
  const sets = Object.keys(Object.values(all)[0]!.sets);
  console.table(
    Object.fromEntries(
      Object.entries(all).map(
        ([engine, { sets: each, mrr, macro, first, ten, empty, p50, p95, kB }]) => [
          engine,
          {
            ...Object.fromEntries(sets.map((set) => [set, each[set]!.mrr])),
            mrr,
            macro,
            'success@1': first,
            'success@10': ten,
            empty,
            p50,
            p95,
            'kB first': kB.first,
            'kB further': kB.further,
          },
        ],
      ),
    ),
  );
  const { ours, pagefind, ...others } = all;
  if (!ours || !pagefind) return;
  const rivals = [pagefind, ...Object.values(others)];
  const lost = sets.filter((set) =>
    rivals.some((rival) => rival.sets[set]!.mrr > ours.sets[set]!.mrr),
  );
  const figures = {
    records: records.length,
    queries: questions.length,
    macro: ours.macro,
    timesPagefind: round(ours.macro / pagefind.macro),
    lost,
    empty: ours.empty,
  };
  const holds =
    figures.macro >= 0.86 && figures.timesPagefind >= 1.4 && lost.length <= 1 && ours.empty === 0;
  console.log(`RESULT ${JSON.stringify({ ...figures, holds })}`);
  process.exitCode = holds ? 0 : 1;
}
