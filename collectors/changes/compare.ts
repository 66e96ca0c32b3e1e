import { createHash } from 'node:crypto';
import type { Problem, Watched } from '../../plugins/types.ts';
import type { Change, KnownState } from './schema.ts';

/** A plugin's state as far as the feeds care. Sorted, so that it depends on the state alone. */
export function stateOf(things: Iterable<Watched>, problems: readonly Problem[]): KnownState {
  const byId = new Map([...things].map((thing) => [thing.id, inOrder(thing)]));
  return {
    things: [...byId.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    problems: [...new Set(problems.filter(isNews).map(identityOf))].toSorted(),
  };
}

/** What is news in `after`, for somebody who knows `before`. */
export function compare(
  plugin: string,
  before: KnownState,
  after: KnownState,
  problems: readonly Problem[],
  titleOf: (code: string) => string,
  at: string,
): Change[] {
  const old = new Map(before.things.map((thing) => [thing.id, thing]));
  const now = new Map(after.things.map((thing) => [thing.id, thing]));
  const changes: Change[] = [];
  function tell(change: Omit<Change, 'id' | 'at' | 'plugin'>, key: string): void {
    const id = createHash('sha256')
      .update(JSON.stringify([plugin, key, change, at]))
      .digest('hex');
    changes.push({ id: id.slice(0, 32), at, plugin, ...change });
  }

  for (const thing of after.things) {
    const known = old.get(thing.id);
    if (known) for (const change of fieldChanges(known, thing)) tell(change, thing.id);
    else if (thing.within === undefined || old.has(thing.within)) {
      tell({ what: 'added', title: `New ${nameOf(thing)}`, ...placeOf(thing) }, thing.id);
    }
  }
  for (const thing of before.things) {
    if (now.has(thing.id) || (thing.within !== undefined && !now.has(thing.within))) continue;
    const { about } = thing;
    tell({ what: 'removed', title: `Removed: ${nameOf(thing)}`, about }, thing.id);
  }
  for (const [key, group] of newProblems(before.problems, problems)) {
    tell(problemChange(group, titleOf(group[0]!.code)), key);
  }
  return changes;
}

type Thing = KnownState['things'][number];

function* fieldChanges(
  before: Thing,
  after: Thing,
): Generator<Omit<Change, 'id' | 'at' | 'plugin'>> {
  const names = new Set([...Object.keys(before.fields ?? {}), ...Object.keys(after.fields ?? {})]);
  for (const name of [...names].toSorted()) {
    const [from, to] = [before.fields?.[name], after.fields?.[name]];
    if (from === to) continue;
    yield {
      what: 'changed',
      title: `${after.title}: ${name} is now ${to ?? 'not said'}, was ${from ?? 'not said'}`,
      path: after.path,
      about: [...new Set([...after.about, ...before.about])],
    };
  }
}

function placeOf({ path, about }: Thing): { path: string; about: string[] } {
  return { path, about };
}

function nameOf({ label, title }: Thing): string {
  return `${label} ${title}`;
}

/** Problems that were not there before, those of one code about one thing together. */
function newProblems(
  before: readonly string[],
  problems: readonly Problem[],
): Map<string, Problem[]> {
  const known = new Set(before);
  const found = problems.filter((problem) => isNews(problem) && !known.has(identityOf(problem)));
  return Map.groupBy(found, ({ code, entity, at }) => `${code} ${entity ?? at?.repository ?? ''}`);
}

function problemChange(
  group: readonly Problem[],
  title: string,
): Omit<Change, 'id' | 'at' | 'plugin'> {
  const [first] = group as [Problem];
  const where = first.entity ?? first.at?.repository;
  const count = group.length > 1 ? `${group.length} new problems` : 'New problem';
  return {
    what: 'problem',
    title: `${count}${where === undefined ? '' : ` in ${where}`}: ${title}`,
    summary: group
      .slice(0, 5)
      .map(({ message }) => message)
      .join('\n'),
    path: first.docs,
    about: [...new Set(group.flatMap(({ entity, owner }) => [entity, owner]))].filter(
      (ref) => ref !== undefined,
    ),
  };
}

/** Remarks that need nobody's attention are no news. */
function isNews({ severity }: Problem): boolean {
  return severity !== 'info';
}

/** What makes two problems the same: a moved line does not make a new one. */
function identityOf({ code, entity, at }: Problem): string {
  return [code, entity, at?.repository, at?.file, at?.path].map((part) => part ?? '').join(' ');
}

/** The fields of the contract in one order: whatever else a plugin adds is not kept. */
function inOrder({ id, label, title, path, about, fields, within }: Watched): Thing {
  return {
    id,
    label,
    title,
    path,
    about: [...new Set(about)],
    ...(fields && { fields: Object.fromEntries(Object.entries(fields).toSorted()) }),
    ...(within !== undefined && { within }),
  };
}
