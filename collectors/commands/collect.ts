import { resolve } from 'node:path';
import type { Command } from 'commander';
import { CallboardError, exitCode } from '../callboard-error.ts';
import type { Config } from '../config-schema.ts';
import { loadConfig } from '../config.ts';
import { withLock } from '../lock.ts';
import { createProgress, type Progress } from '../progress.ts';
import { countText, placeText } from '../reporters/problem-line.ts';
import { readSources } from '../read-sources.ts';
import { collect, type CollectReport } from '../run.ts';
import type { Shard } from '../sources/source.ts';

interface Options {
  only?: string[];
  strict?: boolean;
  acceptRemovals?: boolean;
  publish?: string;
  shard?: Shard;
  merge?: string[];
  json?: boolean;
  quiet?: boolean;
}

/** Adds `callboard collect`. */
export function addCollect(program: Command): void {
  program
    .command('collect')
    .summary('read all sources and write content/snapshot/')
    .description(
      'Reads repositories, clusters and bills as callboard.config.ts names them, and writes one snapshot per plugin to content/snapshot/. A source that cannot be read keeps its last good data.',
    )
    .option('--only <plugins>', 'collect these plugins only, comma-separated', (value: string) =>
      value.split(','),
    )
    .option('--strict', 'exit with 1 when there are errors or warnings')
    .option('--accept-removals', 'write even if more than a fifth of the entities is gone')
    .option(
      '--publish <folder>',
      'also write the JSON API of what was collected there, to refresh a site between builds',
    )
    .option(
      '--shard <i/n>',
      'crawl the i-th of n parts only and leave it in content/snapshot/sources/ for --merge',
      parseShard,
    )
    .option(
      '--merge <folders...>',
      'join the parts that jobs with --shard left in these folders, instead of crawling',
    )
    .option('--json', 'print the report as JSON')
    .option('--quiet', 'print problems only')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 problems and --strict, 2 bad configuration or usage, 3 nothing usable, 70 a bug.',
    )
    .action(async (options: Options) => {
      const directory = process.cwd();
      const config = await loadConfig(directory);
      process.exitCode = await withLock(directory, 'collect', () =>
        run(directory, config, options),
      );
    });
}

async function run(directory: string, config: Config, options: Options): Promise<number> {
  if (options.shard) return runShard(directory, config, { ...options, shard: options.shard });
  const progress = createProgress(options.quiet === true || options.json === true);
  const started = performance.now();
  const report = await collect(directory, config, {
    only: options.only,
    acceptRemovals: options.acceptRemovals,
    merge: options.merge,
    signal: abortOnSignal(),
    progress: (stage, done, total, what) => progress.step(stage, done, total, what),
  });
  progress.end();
  if (options.publish !== undefined) await publish(directory, config, options, progress);
  if (options.json) console.log(JSON.stringify(summaryOf(report), null, 2));
  else printReport(report, progress, (performance.now() - started) / 1000);
  const isClean = report.problems.every((problem) => problem.severity === 'info');
  return options.strict && !isClean ? exitCode.problems : exitCode.done;
}

async function publish(
  directory: string,
  config: Config,
  options: Options,
  progress: Progress,
): Promise<void> {
  const { publishApi } = await import('../../site/publish.ts');
  const folder = resolve(directory, options.publish!);
  const count = await publishApi(directory, config, options.only, folder);
  progress.line(`Published ${count} files to ${folder}.`);
}

function printReport(report: CollectReport, progress: Progress, seconds: number): void {
  for (const source of report.sources.filter((each) => each.state !== 'fresh')) {
    progress.line(`${source.id} ${source.state} (as of ${source.asOf}): ${source.detail ?? ''}`);
  }
  for (const { id, stats } of report.read) if (stats) progress.line(`${id}: ${costText(stats)}`);
  for (const { plugin, state, bytes } of report.outcomes) {
    progress.line(`${plugin} ${state}${bytes > 0 ? ` (${Math.ceil(bytes / 1024)} kB)` : ''}`);
  }
  const shown = report.problems.filter((problem) => problem.severity !== 'info');
  if (shown.length > 0) {
    const lines = shown.map((problem) =>
      `${placeText(problem, true)} ${problem.severity} ${problem.message}`.trim(),
    );
    progress.group(`Problems: ${countText(report.problems)}`, lines);
  }
  progress.line(
    `Collected ${report.repositories} repositories in ${seconds.toFixed(1)} s: ${countText(report.problems)}. See /problems/ in the portal.`,
  );
}

/** `2/4` as a part. */
function parseShard(text: string): Shard {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (shard.index >= 1 && shard.index <= shard.count) return shard;
  throw new CallboardError(
    exitCode.usage,
    `--shard says ${text}, expected which of how many parts, e.g. 1/4.`,
  );
}

/** Crawls one part and leaves it in the snapshot; plugins run once, where the parts are joined. */
async function runShard(
  directory: string,
  config: Config,
  options: Options & { shard: Shard },
): Promise<number> {
  const progress = createProgress(options.quiet === true || options.json === true);
  const answers = await readSources(
    directory,
    config,
    {
      shard: options.shard,
      acceptRemovals: options.acceptRemovals,
      progress: (stage, done, total, what) => progress.step(stage, done, total, what),
    },
    abortOnSignal(),
  );
  progress.end();
  if (options.json)
    console.log(
      JSON.stringify(
        answers.map(({ state }) => state),
        null,
        2,
      ),
    );
  for (const { state, repositories } of answers) {
    progress.line(`${state.id} ${state.state}, ${repositories.length} repositories`);
    if (state.stats) progress.line(costText(state.stats));
  }
  const isRead = answers.every(({ state }) => state.state === 'fresh');
  return options.strict && !isRead ? exitCode.problems : exitCode.done;
}

/** What reading a source cost, in one line. */
function costText(stats: Readonly<Record<string, number>>): string {
  return Object.entries(stats)
    .map(([name, value]) => `${name.replaceAll(/([A-Z])/g, ' $1').toLowerCase()} ${value}`)
    .join(', ');
}

function summaryOf(report: CollectReport): object {
  return {
    repositories: report.repositories,
    sources: report.sources,
    plugins: report.outcomes.map(({ plugin, state, bytes, seconds }) => ({
      plugin,
      state,
      bytes,
      seconds,
    })),
    problems: report.problems,
  };
}

/** Ctrl-C and a stopped CI job end the run between two writes, never inside one. */
function abortOnSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () =>
      controller.abort(
        new CallboardError(130, `Stopped by ${name}.`, 'Run it again: what was written is whole.'),
      ),
    );
  }
  return controller.signal;
}
