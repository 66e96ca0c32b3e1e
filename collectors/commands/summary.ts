import type { Command } from 'commander';
import type { Problem, SourceState } from '../../plugins/types.ts';
import { loadConfig } from '../config.ts';
import { readPreparedProblems } from '../prepared-problems.ts';
import { readSnapshot } from '../snapshot.ts';

interface Options {
  staleAfter?: number;
}

/** Adds `callboard summary`. */
export function addSummary(program: Command): void {
  program
    .command('summary')
    .summary('tell what the last collect came to, as Markdown')
    .description(
      'Prints the state of every source, what it cost, and problems by owner, as Markdown for the summary of a CI job.',
    )
    .option(
      '--stale-after <hours>',
      'print only sources that are not fresh and older than this; nothing when there are none',
      Number,
    )
    .action(async (options: Options) => {
      const directory = process.cwd();
      const config = await loadConfig(directory);
      const snapshots = config.plugins
        .filter((plugin) => plugin.snapshot)
        .map((plugin) => readSnapshot(directory, plugin))
        .filter((snapshot) => snapshot !== undefined);
      const sources = worstStates(snapshots.flatMap((snapshot) => snapshot.sources));
      const problems = [
        ...snapshots.flatMap((snapshot) => snapshot.problems),
        ...config.plugins.flatMap(({ name }) => readPreparedProblems(directory, name)),
      ];
      const text =
        options.staleAfter === undefined
          ? summaryText(config.title, sources, problems)
          : staleText(sources, options.staleAfter, Date.now());
      if (text !== '') console.log(text);
    });
}

/** One state per source: plugins keep their own copies, and the worst of them counts. */
export function worstStates(states: readonly SourceState[]): SourceState[] {
  const order = ['fresh', 'stale', 'failed'];
  const worst = new Map<string, SourceState>();
  for (const state of states) {
    const known = worst.get(state.id);
    const isWorse = known && order.indexOf(state.state) < order.indexOf(known.state);
    const isOlder = known && state.state === known.state && state.asOf > known.asOf;
    // Of equals the last one stands: it knows what everything cost.
    if (!isWorse && !isOlder) worst.set(state.id, state);
  }
  return [...worst.values()];
}

/** Sources, costs and problems by owner. */
export function summaryText(
  title: string,
  sources: readonly SourceState[],
  problems: readonly Problem[],
): string {
  const lines = [`## ${cell(title)}`, '', '| Source | State | As of | Cost |', '|---|---|---|---|'];
  for (const { id, state, asOf, detail, stats } of sources) {
    const shown = detail === undefined ? state : `${state}: ${detail}`;
    lines.push(`| ${cell(id)} | ${cell(shown)} | ${asOf} | ${cell(costText(stats))} |`);
  }
  lines.push('', '| Owner | Errors | Warnings |', '|---|---:|---:|');
  const byOwner = Map.groupBy(problems, ({ owner }) => owner ?? 'nobody');
  for (const [owner, own] of [...byOwner].sort((a, b) => b[1].length - a[1].length).slice(0, 30))
    lines.push(`| ${cell(owner)} | ${count(own, 'error')} | ${count(own, 'warning')} |`);
  lines.push(`| **all** | ${count(problems, 'error')} | ${count(problems, 'warning')} |`);
  return lines.join('\n');
}

/** What an issue about old data says; nothing where all is well. */
export function staleText(sources: readonly SourceState[], hours: number, now: number): string {
  const stale = sources.filter(
    ({ state, asOf }) => state !== 'fresh' && now - Date.parse(asOf) > hours * 3_600_000,
  );
  if (stale.length === 0) return '';
  const lines = stale.map(({ id, state, asOf, detail }) => {
    const age = Math.floor((now - Date.parse(asOf)) / 3_600_000);
    return `- **${cell(id)}** is ${state}: its data is of ${asOf}, ${age} hours ago. ${cell(detail ?? '')}`.trim();
  });
  return [`These sources could not be read for more than ${hours} hours:`, '', ...lines].join('\n');
}

function costText(stats: SourceState['stats']): string {
  if (!stats) return '';
  const { requests, downloads, bytes, seconds } = stats;
  const parts = [
    requests === undefined ? '' : `${requests} requests`,
    downloads === undefined ? '' : `${downloads} downloads`,
    bytes === undefined ? '' : `${(bytes / 1e6).toFixed(1)} MB`,
    seconds === undefined ? '' : `${seconds} s`,
  ];
  return parts.filter(Boolean).join(', ');
}

function count(problems: readonly Problem[], severity: Problem['severity']): number {
  return problems.filter((problem) => problem.severity === severity).length;
}

/** Text others wrote, as the text of a table's cell. */
function cell(text: string): string {
  return text
    .replaceAll(/[\r\n]+/g, ' ')
    .replaceAll(/[\\`*_{}[\]<>|#@!]/g, (sign) => `&#${sign.codePointAt(0)};`);
}
