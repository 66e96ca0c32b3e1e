import { existsSync } from 'node:fs';

import { accountKey, accountPrefix, emptyAccount, type AccountState } from './account.ts';
import { Store } from './store.ts';

/** An account as the store knows it. */
export interface StoredAccount {
  login: string;
  state: AccountState;
}

/** Every account of a store, by login. */
export function storedAccounts(store: Store): StoredAccount[] {
  const found: StoredAccount[] = [];
  for (const name of store.stateNames(accountPrefix)) {
    const state = store.state<AccountState>(name);
    if (state) found.push({ login: state.login, state });
  }
  return found;
}

/** Joins the stores jobs filled with their parts of the repositories into one; a sentence when a part is missing. */
export function mergeParts(into: Store, folders: readonly string[]): string | undefined {
  const absent = folders.filter((folder) => !existsSync(folder));
  if (absent.length > 0) return `${absent.join(' and ')} is not there`;
  const parts = folders.map((folder) => new Store(folder));
  const accounts = Map.groupBy(
    parts.flatMap((store) =>
      storedAccounts(store).map(({ login, state }) => ({ login, state, store })),
    ),
    ({ login }) => login,
  );
  for (const [login, found] of accounts) {
    const missing = missingPart(found.map(({ state }) => state));
    if (missing !== undefined) return `${login} ${missing}`;
  }
  for (const store of parts) into.copyObjects(store);
  for (const [login, found] of accounts) {
    const merged = { ...emptyAccount(login) };
    for (const { state, store } of found) {
      for (const nodeId of [...state.seen, ...state.extra]) {
        const record = store.record(nodeId);
        const other = merged.seen.includes(nodeId) ? into.record(nodeId) : undefined;
        if (!record) continue;
        // A Location of one part may lead to a repository of another: what either learnt of it holds.
        const files = { ...record.files, ...other?.files };
        const folders = { ...record.folders, ...other?.folders };
        into.save({ ...record, ...other, files, folders });
      }
      addAccount(merged, state);
    }
    merged.extra = merged.extra.filter((nodeId) => !merged.seen.includes(nodeId));
    into.saveState(accountKey(login), merged);
  }
  return undefined;
}

function missingPart(states: readonly AccountState[]): string | undefined {
  const count = states[0]?.shard?.count;
  const there = new Set(states.map(({ shard }) => shard?.index));
  if (count === undefined || states.some(({ shard }) => shard?.count !== count))
    return 'was crawled in different numbers of parts';
  const missing: number[] = [];
  for (let index = 1; index <= count; index++) if (!there.has(index)) missing.push(index);
  return missing.length > 0 ? `lacks part ${missing.join(', ')} of ${count}` : undefined;
}

function addAccount(into: AccountState, part: AccountState): void {
  into.seen = union(into.seen, part.seen);
  into.extra = union(into.extra, part.extra);
  for (const key of ['catalogFiles', 'followed'] as const)
    for (const [nodeId, names] of Object.entries(part[key]))
      into[key][nodeId] = union(into[key][nodeId] ?? [], names);
  Object.assign(into.people, part.people);
  into.problems.push(...part.problems);
  const times = [into.completedAt, part.completedAt].filter((time) => time !== undefined);
  into.completedAt = times.toSorted()[0];
  if (part.stopped !== undefined) into.stopped = part.stopped;
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])].sort();
}
