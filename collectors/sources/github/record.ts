/**
 * What is known of one file: its object, how large it is, whether it is a link, and whether it is kept as one to run,
 * which only listings of folders tell. Null: there is no such file.
 */
export type KnownFile = { oid: string; size: number; isLink?: true; isExecutable?: true } | null;

export interface RootEntry {
  type: 'blob' | 'tree' | 'commit';
  oid: string;
  isLink?: true;
}

/** What the last crawl learnt of one repository; kept as one file, so that a killed run loses one at most. */
export interface RepositoryRecord {
  nodeId: string;
  databaseId: number;
  owner: string;
  name: string;
  url: string;
  description: string | null;
  topics: string[];
  visibility: 'PUBLIC' | 'PRIVATE' | 'INTERNAL';
  isArchived: boolean;
  isFork: boolean;
  licence: string | null;
  /** MB. */
  size: number;
  branch: string;
  commit: string;
  committedAt: string;
  /** Object id of the whole tree. */
  tree: string;
  /** Names at the root. */
  entries: Record<string, RootEntry>;
  /** Changes whenever something an activity page shows may have changed. */
  activityKey: string;
  /** Files asked for so far. */
  files: Record<string, KnownFile>;
  /** Folders whose files are all in `files`, with the object id they had; `''` is the whole repository, by its names alone. */
  folders: Record<string, string>;
}

/** A record as it is kept: the same knowledge gives the same text, in whatever order it was learnt. */
export function recordText(record: RepositoryRecord): string {
  const { files, folders, ...rest } = record;
  const bare = { ...record, files: {} };
  const told = Object.entries(files).filter(
    ([path, file]) => file !== null || knownFile(bare, path) !== null,
  );
  const kept = { ...rest, files: byKey(told), folders: byKey(Object.entries(folders)) };
  return `${JSON.stringify(kept, null, 1)}\n`;
}

function byKey<T>(entries: [string, T][]): Record<string, T> {
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Key of `folders` that says the contents of the whole repository were downloaded. */
export const everything = '*';

/** Carries what is still true of the old record into the new one: whatever lies below a root entry with the same object id. */
export function carryOver(fresh: RepositoryRecord, old: RepositoryRecord | undefined): void {
  if (!old) return;
  for (const [path, file] of Object.entries(old.files))
    if (isUnchanged(path, fresh, old)) fresh.files[path] ??= file;
  for (const [folder, oid] of Object.entries(old.folders)) {
    const isRoot = folder === '' || folder === everything;
    if (isRoot ? old.tree === fresh.tree : isUnchanged(folder, fresh, old))
      fresh.folders[folder] ??= oid;
  }
}

function isUnchanged(path: string, fresh: RepositoryRecord, old: RepositoryRecord): boolean {
  const top = topOf(path);
  return fresh.entries[top]?.oid === old.entries[top]?.oid;
}

/** First part of a path. */
export function topOf(path: string): string {
  const slash = path.indexOf('/');
  return slash === -1 ? path : path.slice(0, slash);
}

/** What the record says of a file; undefined when it takes a request to know. */
export function knownFile(record: RepositoryRecord, path: string): KnownFile | undefined {
  const known = record.files[path];
  if (known !== undefined) return known;
  const top = record.entries[topOf(path)];
  if (!top) return null;
  if (path.includes('/')) {
    if (top.type !== 'tree') return null;
    return isComplete(record, path.slice(0, path.lastIndexOf('/'))) ? null : undefined;
  }
  return top.type === 'blob' ? undefined : null;
}

/** Whether every file below a folder is known. */
export function isComplete(record: RepositoryRecord, folder: string): boolean {
  if (record.folders['']) return true;
  for (let at = folder; at !== ''; at = at.includes('/') ? at.slice(0, at.lastIndexOf('/')) : '')
    if (record.folders[at]) return true;
  return false;
}
