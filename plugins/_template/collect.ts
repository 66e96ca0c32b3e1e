import type { CollectContext, CollectResult, Repository } from '../types.ts';
import type { ChangelogsOptions, ChangelogsSnapshot, Release } from './schema.ts';

const maxBytes = 1_000_000;

/** Reads the newest entry of every repository's changelog; what a source that failed had is kept. */
export default async function collect(
  context: CollectContext<ChangelogsOptions, ChangelogsSnapshot>,
): Promise<CollectResult<ChangelogsSnapshot>> {
  const failed = new Set(
    context.sources.filter((source) => source.state === 'failed').map((source) => source.id),
  );
  const releases = (context.previous?.releases ?? []).filter((release) =>
    failed.has(release.source),
  );
  for (const [index, repository] of context.repositories.entries()) {
    context.progress(index, context.repositories.length, repository.id);
    const release = await readRelease(repository, context);
    if (release) releases.push(release);
  }
  return { data: { releases } };
}

async function readRelease(
  repository: Repository,
  { options, report }: CollectContext<ChangelogsOptions, ChangelogsSnapshot>,
): Promise<Release | undefined> {
  const bytes = await repository.read(options.file, maxBytes);
  if (!bytes) return undefined;
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  const index = lines.findIndex((line) => line.startsWith('## '));
  if (index === -1) {
    report({
      code: 'changelogs/no-entry',
      message: 'No `## ` heading found, expected one per release.',
      at: { repository: repository.id, file: options.file },
    });
    return undefined;
  }
  return {
    source: repository.source,
    repository: repository.id,
    title: lines[index]!.slice(3).trim(),
    line: index + 1,
  };
}
