import pMap from 'p-map';

import type { CollectContext, CollectResult, Repository } from '../types.ts';
import { assemble, type Contribution } from './assemble.ts';
import { readRepository, type RepositoryReading } from './read-repository.ts';
import type { CatalogOptions, CatalogSnapshot, CollectedRepository } from './schema.ts';

/** Reads every repository's catalog files; what a failed source gave last time is kept. */
export default async function collect(
  context: CollectContext<CatalogOptions, CatalogSnapshot>,
): Promise<CollectResult<CatalogSnapshot>> {
  const { repositories, sources, previous, previousProblems, report, progress, signal } = context;
  let done = 0;
  const readings = await pMap(
    repositories,
    async (repository) => {
      const reading = await readRepository(repository, signal);
      done += 1;
      progress(done, repositories.length, repository.id);
      return reading;
    },
    { concurrency: 8, signal },
  );

  // In the order of the configuration, whatever answered first.
  const contributions: Contribution[] = [];
  const kept: CollectedRepository[] = [];
  const ids = sources.map(({ id }) => id);
  for (const { id, state } of sources) {
    contributions.push(...readings.filter(({ repository }) => repository.source === id).map(fresh));
    if (state !== 'failed' || !previous) continue;
    const old = previous.repositories.filter(({ source }) => source === id);
    kept.push(...old);
    const entities = previous.entities.filter(({ origin }) => origin.source === id);
    contributions.push({ kept: entities });
    const oldIds = new Set(old.map((repository) => repository.id));
    for (const problem of previousProblems)
      if (problem.at?.repository !== undefined && oldIds.has(problem.at.repository))
        report(problem);
  }
  contributions.push(
    ...readings.filter(({ repository }) => !ids.includes(repository.source)).map(fresh),
  );

  for (const { problems } of readings) for (const problem of problems) report(problem);
  const entities = assemble(contributions, context.options, report);
  return {
    data: { entities, repositories: [...repositories.map(collectedRepository), ...kept] },
  };
}

function fresh(reading: RepositoryReading): Contribution {
  return { reading };
}

function collectedRepository(repository: Repository): CollectedRepository {
  const { source, id, url, branch, commit, description } = repository;
  return {
    source,
    id,
    ...(url !== undefined && { url }),
    ...(branch !== undefined && { branch }),
    ...(commit !== undefined && { commit }),
    ...(description !== undefined && { description }),
  };
}
