import { createHash } from 'node:crypto';

import type { BlobAnswer, RepositoryAnswer } from './queries.ts';
import type { KnownFile, RepositoryRecord } from './record.ts';
import { blobId, type Store } from './store.ts';

/** A repository's answer as a record, its files' texts stored. Undefined where there is no commit to read. */
export async function toRecord(
  answer: RepositoryAnswer,
  paths: readonly string[],
  store: Store,
): Promise<RepositoryRecord | undefined> {
  const { branch, root } = answer;
  const target = branch?.target;
  if (!branch || !target?.tree || !root?.entries) return undefined;
  const entries: RepositoryRecord['entries'] = {};
  for (const { name, mode, type, oid } of root.entries) {
    if (name === '__proto__') continue;
    entries[name] = { type: type as 'blob', oid, ...(isLink(mode) && { isLink: true as const }) };
  }
  const files: RepositoryRecord['files'] = {};
  for (const [index, path] of paths.entries())
    files[path] = await knownFrom(answer[`file${index}`] ?? null, store, entries[path]?.isLink);
  return {
    nodeId: answer.id,
    databaseId: answer.databaseId ?? 0,
    owner: answer.owner.login,
    name: answer.name,
    url: answer.url,
    description: answer.description,
    topics: answer.repositoryTopics.nodes.map(({ topic }) => topic.name).sort(),
    visibility: answer.visibility,
    isArchived: answer.isArchived,
    isFork: answer.isFork,
    licence: answer.licenseInfo?.spdxId ?? null,
    size: (answer.diskUsage ?? 0) / 1024,
    branch: branch.name,
    commit: target.oid,
    committedAt: target.committedDate ?? answer.updatedAt,
    tree: target.tree.oid,
    entries,
    activityKey: activityKey(answer),
    files,
    folders: {},
  };
}

/** What an answered object says of a file; its text is kept where it is the object's bytes to the last one. */
export async function knownFrom(
  answer: BlobAnswer | null,
  store: Store,
  isLink?: true,
): Promise<KnownFile> {
  if (!answer?.oid || answer.__typename !== 'Blob') return null;
  const bytes = Buffer.from(answer.text ?? '');
  // Cut, binary or another encoding: the bytes are fetched as they are when somebody reads the file.
  if (blobId(bytes) === answer.oid) await store.saveBlob(bytes);
  return { oid: answer.oid, size: answer.byteSize ?? bytes.length, ...(isLink && { isLink }) };
}

function isLink(mode: number): boolean {
  return mode === 0o120000;
}

function activityKey({
  pushedAt,
  issues,
  pullRequests,
  releases,
  branch,
}: RepositoryAnswer): string {
  const checks = branch?.target?.checkSuites;
  const parts = [
    pushedAt,
    branch?.target?.oid,
    issues.totalCount,
    pullRequests.totalCount,
    pullRequests.nodes[0]?.updatedAt,
    releases.totalCount,
    releases.nodes[0]?.id,
    checks?.totalCount,
    checks?.nodes[0]?.updatedAt,
  ];
  return createHash('sha1').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
