import type { ProblemInput, Repository, SourceState } from '../../plugins/types.ts';

/** What a source gave: its repositories, how well it went, and what was wrong on the way. */
export interface SourceAnswer {
  repositories: Repository[];
  state: SourceState;
  problems: ProblemInput[];
}

/** A place repositories come from. */
export interface Source {
  /** Stable between runs: data kept from the last run is found by it. */
  id: string;
  /** Never throws for what the outside did wrong: a source that cannot be read answers with the state `failed`. */
  list(signal: AbortSignal): Promise<SourceAnswer>;
}

/** One of several jobs that share a crawl. `index` counts from 1. */
export interface Shard {
  index: number;
  count: number;
}

/** What the engine gives every source. */
export interface SourceContext {
  workingDirectory: string;
  /** Folder of this source in the snapshot: what the next run, on whatever machine, goes on from. */
  kept: string;
  /** Folder of this source for what is of no use once the run is over. */
  scratch: string;
  /** Removals of any size are meant. */
  acceptRemovals?: boolean;
  /** Only this part of the repositories is read, by one of several jobs. */
  shard?: Shard | undefined;
  /** Folders in which jobs left their parts of this source: they are joined, and nothing is crawled. */
  parts?: readonly string[] | undefined;
  progress(done: number, total: number, what?: string): void;
}
