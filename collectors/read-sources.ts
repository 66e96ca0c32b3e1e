import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SourceState } from '../plugins/types.ts';
import type { Config } from './config-schema.ts';
import type { Snapshot } from './snapshot.ts';
import { createSource, sourceId } from './sources/index.ts';
import type { Shard, SourceAnswer } from './sources/source.ts';

export interface ReadOptions {
  acceptRemovals?: boolean | undefined;
  merge?: readonly string[] | undefined;
  shard?: Shard | undefined;
  progress?(stage: string, done: number, total: number, what?: string): void;
}

/** Asks every source for its repositories, all at once; one that fails leaves the others be. */
export async function readSources(
  directory: string,
  config: Config,
  options: ReadOptions,
  signal: AbortSignal,
): Promise<SourceAnswer[]> {
  // A part is for sources that are crawled: folders of this machine are read whole by the job that joins the parts.
  const entries = config.sources.filter((entry) => !options.shard || entry.type !== 'local');
  return Promise.all(
    entries.map(async (entry) => {
      const id = sourceId(entry);
      const source = await createSource(entry, {
        workingDirectory: directory,
        kept: join(directory, keptSources, folderName(id)),
        scratch: join(directory, '.callboard', 'sources', folderName(id)),
        acceptRemovals: options.acceptRemovals ?? false,
        shard: options.shard,
        parts: options.merge?.map((folder) => partOf(directory, folder, id)),
        progress: (done, total, what) => options.progress?.(id, done, total, what),
      });
      return source.list(signal);
    }),
  );
}

const keptSources = join('content', 'snapshot', 'sources');

function folderName(id: string): string {
  return id.replaceAll(/[^\w.-]+/g, '-');
}

/** Where a job kept its part of a source: below the folder it ran in, or in the `sources` of its snapshot. */
function partOf(directory: string, folder: string, id: string): string {
  const name = folderName(id);
  const root = resolve(directory, folder);
  const places = [join(root, keptSources), join(root, 'sources'), root];
  const parent = places.find((place) => existsSync(join(place, name))) ?? root;
  return join(parent, name);
}

/** A source that failed now but was read before shows what was known, so it is stale, as of then. */
export function statesAfter(
  answers: readonly SourceAnswer[],
  previous: Snapshot | undefined,
): SourceState[] {
  return answers.map(({ state }) => {
    if (state.state !== 'failed') return state;
    const before = previous?.sources.find(
      (source) => source.id === state.id && source.state !== 'failed',
    );
    return before ? { ...state, state: 'stale', asOf: before.asOf } : state;
  });
}
