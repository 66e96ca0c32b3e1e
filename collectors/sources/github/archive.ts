import { pipeline } from 'node:stream';
import { Readable, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';

import type { GithubClient } from './client.ts';
import { GithubError } from './errors.ts';
import { limits } from './limits.ts';
import type { KnownFile, RepositoryRecord } from './record.ts';
import type { Store } from './store.ts';
import { readTar } from './tar.ts';

/** Files found in what was downloaded, and those left out with the reason. */
export interface Download {
  files: Record<string, NonNullable<KnownFile>>;
  leftOut: { path: string; reason: string }[];
}

/** Whether a path is wanted. */
export type Wanted = (path: string) => boolean;

/** Downloads the archive of the record's commit in one request and keeps the files that are wanted. */
export async function downloadArchive(
  client: GithubClient,
  record: RepositoryRecord,
  wanted: Wanted,
  store: Store,
): Promise<Download> {
  return client.archive(record.owner, record.name, record.commit, async (stream) => {
    const counter = new Transform({
      transform(chunk: Uint8Array, _, done) {
        client.stats.bytes += chunk.length;
        done(null, chunk);
      },
    });
    const unpacked = pipeline(
      Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0]),
      counter,
      createGunzip(),
      () => {},
    );
    try {
      return await keepFiles(unpacked, wanted, store);
    } catch (error) {
      // Whatever broke may be whole the next time.
      throw new GithubError(
        0,
        `The archive of ${record.name} cannot be read: ${client.clean(error)}`,
        true,
      );
    } finally {
      unpacked.destroy();
    }
  });
}

/** Keeps the wanted files of an archive, below the one folder GitHub puts around them. */
export async function keepFiles(
  chunks: AsyncIterable<Uint8Array>,
  wanted: Wanted,
  store: Store,
): Promise<Download> {
  const files: Download['files'] = Object.create(null) as Download['files'];
  const leftOut: Download['leftOut'] = [];
  let entries = 0;
  let unpacked = 0;
  let kept = 0;
  let count = 0;
  for await (const entry of readTar(chunks)) {
    unpacked += entry.size;
    if (++entries > limits.archiveEntries || unpacked > limits.archiveBytes)
      throw new Error('it unpacks to more than a repository may have');
    const path = insidePath(entry.path);
    if (path === undefined || path === '__proto__' || !wanted(path)) continue;
    if (entry.type === 'link') {
      const bytes = new TextEncoder().encode(entry.target);
      files[path] = { oid: await store.saveBlob(bytes), size: bytes.length, isLink: true };
      continue;
    }
    if (entry.type !== 'file') continue;
    if (entry.size > limits.fileBytes) {
      leftOut.push({ path, reason: `it has ${(entry.size / 1024 / 1024).toFixed(1)} MB` });
      continue;
    }
    if (++count > limits.keptFiles || (kept += entry.size) > limits.keptBytes) {
      leftOut.push({ path, reason: 'the repository has too many or too large files' });
      continue;
    }
    files[path] = {
      oid: await store.saveBlob(await entry.body()),
      size: entry.size,
      ...(entry.isExecutable && { isExecutable: true as const }),
    };
  }
  return { files, leftOut };
}

/** The path below the archive's outermost folder; undefined for what leads elsewhere. */
function insidePath(name: string): string | undefined {
  if (name.startsWith('/') || name.includes('\\') || name.includes('\0')) return undefined;
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..') || parts.length < 2) return undefined;
  return parts.slice(1).join('/');
}
