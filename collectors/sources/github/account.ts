import type { ProblemInput } from '../../../plugins/types.ts';
import type { Shard } from '../source.ts';

/** What is kept of an account between runs, beside its repositories' records. */
export interface AccountState {
  login: string;
  /** ISO 8601 start of the last crawl that went through. */
  completedAt: string | undefined;
  /** Node ids of its repositories. */
  seen: string[];
  /** Node ids of repositories only Locations lead to. */
  extra: string[];
  /** Catalog files Locations of other repositories name, by node id. */
  catalogFiles: Record<string, string[]>;
  /** Targets of Locations read from other repositories, by the node id they stand in. */
  followed: Record<string, string[]>;
  /** Catalog files with the organisation's people and teams. */
  people: Record<string, string>;
  /** What was wrong in the last crawl. */
  problems: ProblemInput[];
  /** Why the last crawl ended before it was through. */
  stopped?: string | undefined;
  /** The part of the repositories this is, where jobs share the crawl. */
  shard?: Shard | undefined;
}

/** The state of an account nothing is known of. */
export function emptyAccount(login: string): AccountState {
  const nothing = { seen: [], extra: [], catalogFiles: {}, followed: {}, people: {}, problems: [] };
  return { login, completedAt: undefined, ...nothing };
}

/** Name of an account's state in the store. */
export function accountKey(login: string): string {
  return `${accountPrefix}${login.toLowerCase()}`;
}

export const accountPrefix = 'account-';
