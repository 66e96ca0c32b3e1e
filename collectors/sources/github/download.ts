import pMap from 'p-map';
import type { ProblemInput } from '../../../plugins/types.ts';
import { downloadArchive, type Download } from './archive.ts';
import type { GithubClient } from './client.ts';
import { GithubError, RateLimited, isFatal } from './errors.ts';
import { missingFolders, type Plan } from './prepare.ts';
import { everything, topOf, type RepositoryRecord } from './record.ts';
import { downloadSparse } from './sparse-clone.ts';
import type { Store } from './store.ts';

/** Fetches the folders repositories lack, one request each, and settles every repository that has all it needs. */
export async function downloadFolders(
  client: GithubClient,
  store: Store,
  nodeIds: readonly string[],
  plan: Plan,
  options: {
    /** MB above which git is asked. */
    largeRepository: number;
    progress(done: number, total: number): void;
    report(problem: ProblemInput): void;
    idOf(owner: string, name: string): string;
    signal: AbortSignal;
  },
): Promise<void> {
  const lacking: { nodeId: string; folders: string[] }[] = [];
  for (const nodeId of nodeIds) {
    const record = store.record(nodeId);
    const folders = record ? missingFolders(record, plan) : [];
    if (folders.length === 0) store.settle(nodeId);
    else lacking.push({ nodeId, folders });
  }
  let done = 0;
  if (lacking.length > 0) options.progress(0, lacking.length);
  await pMap(
    lacking,
    async ({ nodeId, folders }) => {
      const record = store.record(nodeId)!;
      const files = plan.files.get(nodeId) ?? new Set();
      function wanted(path: string): boolean {
        return files.has(path) || folders.some((folder) => isBelow(path, folder));
      }
      try {
        const isLarge = record.size > options.largeRepository;
        const download = isLarge
          ? await downloadSparse(client, record, wanted, store)
          : await downloadArchive(client, record, wanted, store);
        keep(store, record, { folders, files }, download);
        for (const { path, reason } of download.leftOut.slice(0, 20))
          options.report({
            code: 'github/file-left-out',
            message: `\`${path}\` is left out: ${reason}.`,
            at: { repository: options.idOf(record.owner, record.name), file: path },
          });
      } catch (error) {
        if (!(error instanceof GithubError) || error instanceof RateLimited || isFatalFor(error))
          throw error;
        store.refuse(nodeId);
        options.report({
          code: 'github/docs-not-fetched',
          message: `The files of ${record.owner}/${record.name} could not be fetched: ${error.message}`,
          at: { repository: options.idOf(record.owner, record.name) },
        });
      }
      options.progress(++done, lacking.length);
    },
    { concurrency: 6, signal: options.signal },
  );
}

/** Only a token that is refused ends all downloads; an archive that breaks is one repository's matter. */
function isFatalFor(error: GithubError): boolean {
  return isFatal(error) && error.status === 401;
}

function keep(
  store: Store,
  record: RepositoryRecord,
  asked: { folders: readonly string[]; files: ReadonlySet<string> },
  { files, leftOut }: Download,
): void {
  const { folders } = asked;
  const absent = new Set(asked.files);
  for (const { path } of leftOut) absent.delete(path);
  // A download looks through the whole repository: what it did not find is not there.
  for (const path of absent) record.files[path] ??= null;
  for (const path of Object.keys(record.files))
    if (folders.some((folder) => isBelow(path, folder))) delete record.files[path];
  Object.assign(record.files, files);
  for (const folder of folders)
    if (folder === '') {
      record.folders[''] = record.tree;
      record.folders[everything] = record.tree;
    } else record.folders[folder] = record.entries[topOf(folder)]!.oid;
  store.save(record);
  store.settle(record.nodeId);
}

function isBelow(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}
