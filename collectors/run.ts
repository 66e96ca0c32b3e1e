import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type {
  AnyPlugin,
  CollectContext,
  Problem,
  ProblemInput,
  SourceState,
} from '../plugins/types.ts';
import { CallboardError, exitCode } from './callboard-error.ts';
import { keepChanges } from './changes/keep.ts';
import type { Config } from './config-schema.ts';
import { completeProblem, problemKinds, sortProblems } from './problems.ts';
import { isSharpRemoval } from './removals.ts';
import {
  readSnapshot,
  schemaName,
  snapshotPath,
  writeSnapshot,
  type Snapshot,
} from './snapshot.ts';
import { readSources, statesAfter } from './read-sources.ts';
import type { SourceAnswer } from './sources/source.ts';

export interface CollectOptions {
  /** Names of the plugins to collect; all when left out. */
  only?: readonly string[] | undefined;
  acceptRemovals?: boolean | undefined;
  /** Folders in which jobs of `--shard` left their part: they are joined instead of fetching. */
  merge?: readonly string[] | undefined;
  signal?: AbortSignal;
  progress?(stage: string, done: number, total: number, what?: string): void;
}

/** What one plugin's collect came to. */
export interface PluginOutcome {
  plugin: string;
  state: 'written' | 'kept' | 'failed';
  bytes: number;
  seconds: number;
  snapshot: Snapshot | undefined;
}

export interface CollectReport {
  outcomes: PluginOutcome[];
  sources: SourceState[];
  /** States of the repository sources, with what reading them cost. */
  read: SourceState[];
  repositories: number;
  problems: Problem[];
}

/** Reads every source, lets every plugin collect, and writes their snapshots. */
export async function collect(
  directory: string,
  config: Config,
  options: CollectOptions = {},
): Promise<CollectReport> {
  const signal = options.signal ?? new AbortController().signal;
  const kinds = problemKinds(config.plugins);
  const engineProblems: Problem[] = [];
  function report(input: ProblemInput): void {
    engineProblems.push(completeProblem(input, kinds));
  }
  const collecting = pluginsToCollect(config, options.only);

  const answers = await readSources(directory, config, options, signal);
  for (const answer of answers) {
    for (const problem of answer.problems) report(problem);
    if (answer.state.state === 'failed') {
      report({
        code: 'engine/source-failed',
        message: `${answer.state.id} could not be read: ${answer.state.detail}`,
      });
    }
  }
  requireSomething(directory, config, answers);
  const sourceProblems = [...engineProblems];
  const repositories = answers.flatMap((answer) => answer.repositories);
  const collected = new Map<string, Snapshot>();
  const outcomes: PluginOutcome[] = [];

  for (const plugin of config.plugins) {
    if (!plugin.collect || !plugin.snapshot) continue;
    const previous = readPrevious(directory, plugin, report);
    if (!collecting.has(plugin.name)) {
      if (previous) collected.set(plugin.name, previous);
      continue;
    }
    const started = performance.now();
    const outcome = await collectPlugin(plugin, previous);
    outcome.seconds = (performance.now() - started) / 1000;
    if (outcome.snapshot) collected.set(plugin.name, outcome.snapshot);
    outcomes.push(outcome);
  }

  const problems = sortProblems([
    ...engineProblems,
    ...[...collected.values()].flatMap((each) => each.problems),
  ]);
  const sources = [...collected.values()].flatMap((each) => each.sources);
  if (outcomes.length > 0 && outcomes.every((outcome) => outcome.state === 'failed')) {
    throw nothingUsable(problems.map((problem) => problem.message));
  }
  keepChanges(directory, config.plugins, collected, (code) => kinds.get(code)?.title ?? code);
  const read = answers.map((answer) => answer.state);
  return { outcomes, sources, read, repositories: repositories.length, problems };

  async function collectPlugin(
    plugin: AnyPlugin,
    previous: Snapshot | undefined,
  ): Promise<PluginOutcome> {
    const found: Problem[] = [];
    const folder = join(directory, 'content', plugin.name);
    const cache = join(directory, '.callboard', plugin.name);
    mkdirSync(cache, { recursive: true });
    const context: CollectContext<unknown, unknown> = {
      options: config.options[plugin.name],
      repositories,
      plugins: config.plugins,
      sources: answers.map((answer) => answer.state),
      previous: previous?.data,
      previousProblems: previous?.problems ?? [],
      snapshot: <T>(name: string) => collected.get(name)?.data as T | undefined,
      report: (input) => void found.push(completeProblem(input, kinds)),
      progress: (done, total, what) => options.progress?.(plugin.title, done, total, what),
      folder,
      cache,
      workingDirectory: directory,
      signal,
    };
    try {
      const { default: run } = await plugin.collect!();
      const result = await run(context);
      const data = plugin.snapshot!.schema.parse(result.data);
      if (previous && !options.acceptRemovals && isSharpRemoval(plugin, previous.data, data)) {
        return keep(plugin, previous, heldBack(plugin, previous.data, data));
      }
      const snapshot: Snapshot = {
        schema: schemaName(plugin),
        data,
        sources: result.sources ?? statesAfter(answers, previous),
        problems: sortProblems([...found, ...takeSourceProblems(result.sources)]),
      };
      const bytes = writeSnapshot(directory, plugin, snapshot);
      return { plugin: plugin.name, state: 'written', bytes, seconds: 0, snapshot };
    } catch (error) {
      if (error instanceof CallboardError || signal.aborted) throw error;
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return keep(plugin, previous, {
        code: 'engine/plugin-failed',
        message: `${plugin.title} could not be collected: ${reason.split('\n', 3).join(' ')}`,
      });
    }
  }

  /** What was wrong with the repository sources is kept once: by the first plugin that reads them. */
  function takeSourceProblems(ownSources: readonly SourceState[] | undefined): Problem[] {
    return ownSources === undefined ? sourceProblems.splice(0) : [];
  }

  /** Leaves the last good snapshot in place, its sources marked stale, and says why. */
  function keep(
    plugin: AnyPlugin,
    previous: Snapshot | undefined,
    why: ProblemInput,
  ): PluginOutcome {
    const problem = completeProblem(why, kinds);
    if (!previous) {
      engineProblems.push(problem);
      return { plugin: plugin.name, state: 'failed', bytes: 0, seconds: 0, snapshot: undefined };
    }
    const snapshot: Snapshot = {
      ...previous,
      sources: previous.sources.map((source) => ({
        ...source,
        state: 'stale' as const,
        detail: why.message,
      })),
      problems: sortProblems([
        ...previous.problems.filter((each) => each.code !== why.code),
        problem,
      ]),
    };
    const bytes = writeSnapshot(directory, plugin, snapshot);
    return { plugin: plugin.name, state: 'kept', bytes, seconds: 0, snapshot };
  }
}

function pluginsToCollect(config: Config, only: readonly string[] | undefined): Set<string> {
  const known = config.plugins.filter((plugin) => plugin.collect).map((plugin) => plugin.name);
  for (const name of only ?? []) {
    if (known.includes(name)) continue;
    throw new CallboardError(
      exitCode.usage,
      `--only names ${name}, expected one of ${known.join(', ')}.`,
      'Look at `plugins` in the configuration: a plugin switched off cannot be collected.',
    );
  }
  return new Set(only ?? known);
}

function readPrevious(
  directory: string,
  plugin: AnyPlugin,
  report: (input: ProblemInput) => void,
): Snapshot | undefined {
  try {
    return readSnapshot(directory, plugin);
  } catch (error) {
    if (!(error instanceof CallboardError)) throw error;
    report({ code: 'engine/snapshot-unreadable', message: error.message });
    return undefined;
  }
}

function heldBack(plugin: AnyPlugin, before: unknown, after: unknown): ProblemInput {
  const names = plugin.snapshot!.identities!;
  const now = new Set(names(after));
  const gone = [...names(before)].filter((name) => !now.has(name));
  const shown = gone.slice(0, 5).join(', ');
  return {
    code: 'engine/removals-held-back',
    message: `${plugin.title}: ${gone.length} of ${[...names(before)].length} would be gone (${shown}${gone.length > 5 ? ', …' : ''}); the last good data is kept.`,
    hint: 'If this is meant, run `callboard collect --accept-removals`.',
  };
}

/** An empty answer of every source, with nothing known before, must not become an empty portal. */
function requireSomething(
  directory: string,
  config: Config,
  answers: readonly SourceAnswer[],
): void {
  if (answers.some((answer) => answer.state.state !== 'failed')) return;
  if (config.plugins.some((plugin) => existsSync(snapshotPath(directory, plugin.name)))) return;
  throw nothingUsable(answers.map(({ state }) => `${state.id}: ${state.detail}`));
}

function nothingUsable(reasons: readonly string[]): CallboardError {
  return new CallboardError(
    exitCode.nothing,
    `Nothing usable could be collected.\n  ${reasons.join('\n  ')}`,
    'Check `sources` in callboard.config.ts.',
  );
}
