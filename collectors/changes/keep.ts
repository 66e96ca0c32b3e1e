import type { AnyPlugin } from '../../plugins/types.ts';
import { writeAtomically, type Snapshot } from '../snapshot.ts';
import { compare, stateOf } from './compare.ts';
import { changesPath, readChanges } from './read.ts';
import type { Change, ChangesFile } from './schema.ts';

/** Feeds show the last hundred of their topic; this many are kept for all of them together. */
export const mostChanges = 1000;

/**
 * Compares what was collected with what was known, and keeps the difference in `content/snapshot/changes.json`. A plugin
 * seen for the first time, or anew after its data was lost, is where news begin rather than news itself.
 */
export function keepChanges(
  directory: string,
  plugins: readonly AnyPlugin[],
  collected: ReadonlyMap<string, Snapshot>,
  titleOf: (code: string) => string,
): void {
  const before = readChanges(directory);
  const known: ChangesFile['known'] = {};
  const found: Change[] = [];
  for (const plugin of plugins) {
    const snapshot = collected.get(plugin.name);
    if (!snapshot) continue;
    const after = stateOf(plugin.watched?.(snapshot.data) ?? [], snapshot.problems);
    known[plugin.name] = after;
    const last = before.known[plugin.name];
    if (!last) continue;
    const at = newestOf(snapshot);
    found.push(...compare(plugin.name, last, after, snapshot.problems, titleOf, at));
  }
  // A plugin that failed in its first run, or was not collected at all, keeps what was known of it.
  for (const { name } of plugins) if (before.known[name]) known[name] ??= before.known[name];
  const changes = [...found, ...before.changes].slice(0, mostChanges);
  writeAtomically(changesPath(directory), textOf({ schema: 'changes@1', changes, known }));
}

/** The time of the newest data: the clock of this machine would give the same input other bytes. */
function newestOf({ sources }: Snapshot): string {
  return (
    sources
      .map(({ asOf }) => asOf)
      .toSorted()
      .at(-1) ?? new Date(0).toISOString()
  );
}

/** One line for each change and each thing known: commits of the file stay readable. */
function textOf({ schema, changes, known }: ChangesFile): string {
  const plugins = Object.entries(known).map(
    ([name, { things, problems }]) =>
      `${JSON.stringify(name)}: {"things": ${lines(things)}, "problems": ${lines(problems)}}`,
  );
  return `{"schema": ${JSON.stringify(schema)},\n"changes": ${lines(changes)},\n"known": {\n${plugins.join(',\n')}\n}}\n`;
}

function lines(values: readonly unknown[]): string {
  return values.length === 0
    ? '[]'
    : `[\n${values.map((each) => JSON.stringify(each)).join(',\n')}\n]`;
}
