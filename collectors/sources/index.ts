/** The kinds of sources, one line each in `sourceOptions` and `create`. */
import * as z from 'zod';
import { GithubOptions, githubSourceId } from './github/options.ts';
import { LocalOptions } from './local-options.ts';
import type { Source, SourceContext } from './source.ts';

/** One entry of `sources` in the configuration. */
export const SourceOptions = z.discriminatedUnion('type', [LocalOptions, GithubOptions]);
export type SourceOptions = z.infer<typeof SourceOptions>;

/** The id that snapshots and messages name a source by. */
export function sourceId(options: SourceOptions): string {
  if (options.type === 'github') return githubSourceId(options);
  return options.id ?? `${options.type}:${options.root}`;
}

/** The source of one configuration entry. */
export async function createSource(
  options: SourceOptions,
  context: SourceContext,
): Promise<Source> {
  if (options.type === 'github') {
    const { githubSource } = await import('./github/github.ts');
    return githubSource(options, context);
  }
  const { localSource } = await import('./local.ts');
  return localSource(options, context);
}
