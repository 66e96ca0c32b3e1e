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

/** What the engine gives every source. */
export interface SourceContext {
  workingDirectory: string;
  /** Folder of this source that survives between runs and may be deleted at any time. */
  cache: string;
  progress(done: number, total: number, what?: string): void;
}
