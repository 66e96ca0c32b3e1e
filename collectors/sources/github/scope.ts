import { createHash } from 'node:crypto';

import type { Shard } from '../source.ts';
import type { GithubOptions } from './options.ts';
import type { RepositoryAnswer } from './queries.ts';

/** Whether a repository passes the source's filters. */
export function isInScope(answer: RepositoryAnswer, { filters }: GithubOptions): boolean {
  const topics = new Set(answer.repositoryTopics.nodes.map(({ topic }) => topic.name));
  const { include, exclude } = filters.topics;
  if (answer.isArchived && !filters.archived) return false;
  if (answer.isFork && !filters.forks) return false;
  if (filters.repository && !new RegExp(`^(?:${filters.repository})$`).test(answer.name))
    return false;
  if (exclude.some((topic) => topics.has(topic))) return false;
  if (include.length > 0 && !include.some((topic) => topics.has(topic))) return false;
  const visibility = answer.visibility.toLowerCase() as 'private';
  return filters.visibility.length === 0 || filters.visibility.includes(visibility);
}

/** Whether a repository is this job's. It depends on the repository alone, so that jobs agree without talking. */
export function isInShard(nodeId: string, shard: Shard | undefined): boolean {
  if (!shard) return true;
  const hash = createHash('sha1').update(nodeId).digest().readUInt32BE(0);
  return hash % shard.count === shard.index - 1;
}
