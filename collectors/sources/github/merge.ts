import { existsSync } from 'node:fs';

import { accountKey, accountPrefix, emptyAccount, type AccountState } from './account.ts';
import type { Shard } from '../source.ts';
import { isInShard } from './scope.ts';
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
export function mergeParts(
  into: Store,
  folders: readonly string[],
  scratch: string,
): string | undefined {
  const absent = folders.filter((folder) => !existsSync(folder));
  if (absent.length > 0) return `${absent.join(' and ')} is not there`;
  const parts = folders.map((folder) => new Store(folder, scratch));
  const accounts = Map.groupBy(
    parts.flatMap((store) =>
      storedAccounts(store).map(({ login, state }) => ({ login, state, store })),
    ),
    ({ login }) => login,
  );
  // An account none of the jobs crawled was there before, and is no longer.
  for (const [login, found] of accounts)
    if (found.every(({ state }) => state.shard === undefined)) accounts.delete(login);
  if (accounts.size === 0) return 'no job with --shard crawled it';
  for (const [login, found] of accounts) {
    const missing = missingPart(found.map(({ state }) => state));
    if (missing !== undefined) return `${login} ${missing}`;
  }
  for (const store of parts) into.copyObjects(store);
  for (const [login, found] of accounts) {
    const merged = { ...emptyAccount(login) };
    for (const { state } of found) addAccount(merged, state);
    merged.extra = merged.extra.filter((nodeId) => !merged.seen.includes(nodeId));
    for (const { state } of found)
      for (const nodeId of state.seen) keepRecord(into, nodeId, partsFrom(found, state));
    for (const nodeId of merged.extra) keepRecord(into, nodeId, found);
    into.saveState(accountKey(login), merged);
  }
  return undefined;
}

/** What the last run knew of a part's accounts, while GitHub refuses to sign its job in. */
export function keepPart(store: Store, shard: Shard, refused: string): void {
  for (const { login, state } of storedAccounts(store)) {
    const seen = state.seen.filter((nodeId) => isInShard(nodeId, shard));
    store.saveState(accountKey(login), { ...state, seen, shard, stopped: refused });
  }
}

/** The parts, the one a repository belongs to first: it knows best what the repository is now. */
function partsFrom<T extends { state: AccountState }>(
  parts: readonly T[],
  owner: AccountState,
): T[] {
  return [...parts].sort((a, b) => Number(b.state === owner) - Number(a.state === owner));
}

/** A Location of one part may lead to a repository of another: what either learnt of the same tree holds. */
function keepRecord(into: Store, nodeId: string, parts: readonly { store: Store }[]): void {
  const [first, ...others] = parts.flatMap(({ store }) => store.record(nodeId) ?? []);
  if (!first) return;
  const same = others.filter(({ tree }) => tree === first.tree);
  const files = Object.assign({}, ...same.map((each) => each.files), first.files);
  const folders = Object.assign({}, ...same.map((each) => each.folders), first.folders);
  into.save({ ...first, files, folders });
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
