import type { GithubClient } from './client.ts';
import { limits } from './limits.ts';
import { objectsQuery, type BlobAnswer } from './queries.ts';
import { isComplete, type RepositoryRecord } from './record.ts';
import type { Store } from './store.ts';
import { knownFrom } from './to-record.ts';

/** A file or folder of a repository somebody will ask for. */
export interface WantedObject {
  nodeId: string;
  path: string;
}

/** Learns of many files and folders of many repositories in few queries. Folders come with their object id only. */
export async function fetchObjects(
  client: GithubClient,
  store: Store,
  wanted: readonly WantedObject[],
  onFolder?: (wanted: WantedObject, oid: string) => void,
): Promise<void> {
  for (let start = 0; start < wanted.length; start += limits.objects) {
    const batch = wanted.slice(start, start + limits.objects);
    const { data, errors } = await client.graphql<
      Record<string, { object: BlobAnswer | null } | null>
    >(
      objectsQuery(
        batch.map(({ nodeId, path }) => ({
          nodeId,
          expression: `${store.record(nodeId)?.commit ?? 'HEAD'}:${path}`,
        })),
      ),
      {},
    );
    const failed = new Set(errors.map((error) => error.path?.[0]));
    for (const [index, one] of batch.entries()) {
      const answer = data?.[`object${index}`];
      const record = store.record(one.nodeId);
      if (!record || !answer || failed.has(`object${index}`)) continue;
      if (answer.object?.__typename === 'Tree' && answer.object.oid)
        onFolder?.(one, answer.object.oid);
      const known = await knownFrom(answer.object, store);
      record.files[one.path] = known;
      store.save(record);
    }
  }
}

interface TreeAnswer {
  tree: { path?: string; mode?: string; type?: string; sha?: string; size?: number }[];
  truncated: boolean;
}

/** Learns the names of all files of a repository; false where GitHub cut the list. */
export async function fetchTree(
  client: GithubClient,
  store: Store,
  record: RepositoryRecord,
): Promise<boolean> {
  if (isComplete(record, '')) return true;
  const { data } = await client.rest<TreeAnswer>('/repos/{owner}/{repo}/git/trees/{tree_sha}', {
    owner: record.owner,
    repo: record.name,
    tree_sha: record.tree,
    recursive: '1',
  });
  for (const { path, mode, type, sha, size } of data.tree) {
    if (type !== 'blob' || path === undefined || sha === undefined || path === '__proto__')
      continue;
    const file = (record.files[path] ??= { oid: sha, size: size ?? 0 });
    if (mode === '120000') file.isLink = true;
    if (mode === '100755') file.isExecutable = true;
  }
  if (!data.truncated) record.folders[''] = record.tree;
  store.save(record);
  return !data.truncated;
}

/** The bytes of a known object, from the store or else as GitHub has them. */
export async function fetchBlob(
  client: GithubClient,
  store: Store,
  { owner, name }: RepositoryRecord,
  oid: string,
): Promise<Uint8Array> {
  const kept = await store.blob(oid);
  if (kept) return kept;
  const { data } = await client.rest<{ content: string }>(
    '/repos/{owner}/{repo}/git/blobs/{file_sha}',
    { owner, repo: name, file_sha: oid },
  );
  const bytes = Buffer.from(data.content, 'base64');
  await store.saveBlob(bytes);
  return bytes;
}
