import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SearchRecord } from '../plugins/types.ts';
import { writeIndex } from '../site/search/write.ts';

/** The files of an index over some records, by their path. */
export async function memoryIndex(
  records: readonly SearchRecord[],
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const cache = mkdtempSync(join(tmpdir(), 'callboard-memory-index-'));
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  await writeIndex(
    records,
    {
      write: (path, body) => files.set(path, new Uint8Array(Buffer.from(body))),
      keeps: () => false,
      make: (path, body) => files.set(path, new Uint8Array(body)),
      copy: (path, source) => files.set(path, new Uint8Array(readFileSync(source))),
    },
    cache,
  );
  rmSync(cache, { recursive: true });
  return files;
}
