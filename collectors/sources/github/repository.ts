import { posix } from 'node:path';
import picomatch from 'picomatch';

import type { GithubAccess, Repository } from '../../../plugins/types.ts';
import { ReadError } from '../read-error.ts';
import { safePath } from '../safe-path.ts';
import type { GithubClient } from './client.ts';
import { RateLimited } from './errors.ts';
import { limits } from './limits.ts';
import { matchingFiles } from './matching.ts';
import { fetchBlob, fetchObjects } from './objects.ts';
import { isComplete, knownFile, topOf, type KnownFile, type RepositoryRecord } from './record.ts';
import type { Store } from './store.ts';
import { listTree } from './tree.ts';

/** What a source knows beyond the record. */
export interface RepositorySetting {
  source: string;
  store: Store;
  client: GithubClient | undefined;
  catalogFiles: readonly string[];
  /** Targets of its Locations that are read from other repositories. */
  followed: readonly string[];
  /** Login of the account it belongs to. */
  account: string;
  /** Puts the host in front where it is not github.com. */
  idOf(owner: string, name: string): string;
}

/** A recorded repository as plugins see it. What is not known yet is fetched when it is asked for. */
export function githubRepository(whole: RepositoryRecord, setting: RepositorySetting): Repository {
  // Only the outline stays in memory: the files of a large organisation do not all fit.
  const record: RepositoryRecord = { ...whole, entries: {}, files: {}, folders: {} };
  const { nodeId } = record;
  const { store, client } = setting;

  function current(): RepositoryRecord {
    return store.record(nodeId) ?? record;
  }

  async function find(globs: readonly string[]): Promise<string[]> {
    const plain = globs
      .filter((glob) => !isGlob(glob))
      .map((glob) => posix.normalize(glob.replaceAll(/\\(.)/g, '$1')));
    const patterns = globs.filter(isGlob);
    for (const path of plain) await learn(path);
    if (client && !patterns.every((glob) => isCovered(current(), glob)))
      await attempt('', () => listTree(client, store, current()));
    const found = new Set(matchingFiles(current(), patterns));
    for (const path of plain) if (isFile(knownFile(current(), path))) found.add(path);
    return [...found].sort();
  }

  async function learn(path: string): Promise<KnownFile | undefined> {
    const known = knownFile(current(), path);
    if (known !== undefined || !client) return known;
    await attempt(path, () => fetchObjects(client, store, [{ nodeId, path }]));
    const learnt = knownFile(current(), path);
    const entry = current().entries[path];
    if (learnt && entry?.isLink) learnt.isLink = true;
    return learnt;
  }

  async function read(
    path: string,
    maxBytes = limits.fileBytes,
    depth = 0,
  ): Promise<Uint8Array | null> {
    const safe = safePath(path);
    const known = await learn(safe);
    if (known === null) return null;
    if (known === undefined) throw unreadable(path, 'it was not fetched');
    if (known.size > maxBytes) throw tooLarge(path, known.size, maxBytes);
    const bytes = client
      ? await attempt(path, () => fetchBlob(client, store, current(), known.oid))
      : await store.blob(known.oid);
    if (!bytes) throw unreadable(path, 'its content was not fetched');
    if (bytes.length > maxBytes) throw tooLarge(path, bytes.length, maxBytes);
    if (!known.isLink) return isLfsPointer(bytes) ? refuseLfs(path) : bytes;
    if (depth > 4) throw unreadable(path, 'its links go in a circle');
    const written = Buffer.from(bytes).toString();
    const target = posix.normalize(posix.join(posix.dirname(safe), written));
    if (written.startsWith('/') || target.startsWith('..'))
      throw new ReadError(
        'outside',
        path,
        `\`${path}\` leads out of the repository, expected a file below its root.`,
      );
    return read(target, maxBytes, depth + 1);
  }

  /** A file that cannot be had now is that file's problem alone. */
  async function attempt<T>(path: string, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (error instanceof ReadError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      const hint = error instanceof RateLimited ? `${reason}. The next run fetches it` : reason;
      throw new ReadError(
        'unreadable',
        path,
        `\`${path || record.name}\` cannot be read: ${hint}.`,
        error,
      );
    }
  }

  return {
    source: setting.source,
    id: setting.idOf(record.owner, record.name),
    owner: record.owner,
    name: record.name,
    url: record.url,
    branch: record.branch,
    commit: record.commit,
    asOf: record.committedAt,
    catalogFiles: setting.catalogFiles,
    description: record.description ?? undefined,
    topics: record.topics,
    followed: setting.followed,
    github: client && accessOf(client, nodeId, record.activityKey, setting.account),
    find,
    read: (path, maxBytes) => read(path, maxBytes),
    isExecutable: async (path) => (await learn(safePath(path)))?.isExecutable,
  };
}

function isFile(known: KnownFile | undefined): boolean {
  return Boolean(known && !known.isLink);
}

function accessOf(
  client: GithubClient,
  nodeId: string,
  activityKey: string,
  account: string,
): GithubAccess {
  return {
    nodeId,
    activityKey,
    account,
    host: client.addresses.web,
    query: (query, variables) => client.graphql(query, variables),
    get: (route, parameters) => client.rest(route, parameters),
  };
}

/** Whether a pattern can be answered from what is known. */
export function isCovered(record: RepositoryRecord, glob: string): boolean {
  if (!glob.includes('/') && !glob.includes('**')) return true;
  const { base } = picomatch.scan(glob);
  if (base === '') return isComplete(record, '');
  const top = record.entries[topOf(base)];
  return top?.type !== 'tree' || isComplete(record, base);
}

/** Whether a path has characters that stand for others. */
export function isGlob(path: string): boolean {
  return /[*?[\]{}()!+@]/.test(path) && picomatch.scan(path).isGlob;
}

/** A file kept elsewhere by Git LFS: what the repository holds is three lines naming it. */
function isLfsPointer(bytes: Uint8Array): boolean {
  return (
    bytes.length < 1024 &&
    Buffer.from(bytes).toString().startsWith('version https://git-lfs.github.com/spec/')
  );
}

function refuseLfs(path: string): never {
  throw unreadable(path, 'it is kept in Git LFS, which a crawl does not fetch');
}

function unreadable(path: string, reason: string): ReadError {
  return new ReadError('unreadable', path, `\`${path}\` cannot be read: ${reason}.`);
}

function tooLarge(path: string, size: number, maxBytes: number): ReadError {
  const found = (size / 1024 / 1024).toFixed(1);
  const most = (maxBytes / 1024 / 1024).toFixed(1);
  return new ReadError(
    'too-large',
    path,
    `\`${path}\` has ${found} MiB, expected at most ${most} MiB.`,
  );
}
