import type { GithubClient } from './client.ts';
import { fetchTree } from './objects.ts';
import type { RepositoryRecord } from './record.ts';
import { listSparse } from './sparse-clone.ts';
import type { Store } from './store.ts';

/** Learns the names of all files: in one request, or by git where GitHub cuts the list at 100,000. */
export async function listTree(
  client: GithubClient,
  store: Store,
  record: RepositoryRecord,
): Promise<void> {
  if (await fetchTree(client, store, record)) return;
  Object.assign(record.files, await listSparse(client, record));
  record.folders[''] = record.tree;
  store.save(record);
}
