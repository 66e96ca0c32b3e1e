import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { SearchRecord } from '../../plugins/types.ts';
import { indexPart, type IndexPart } from './index-part.ts';

/** Records one part holds. Parts change independently, so one edited page takes one part anew. */
const recordsPerPart = 1250;
const mostParts = 64;
/** Raised when what is made of the same records changes. */
const version = 4;

/** A part as it lies in the cache. */
export interface KeptPart {
  records: readonly SearchRecord[];
  /** Name of its folder: what it was made of. */
  key: string;
  /** Folder with the files of its texts, `0.idx`, `1.idx`, … */
  texts: string;
  words: Pick<IndexPart, 'names' | 'texts'>;
  /** Row of the part each file of texts begins with. */
  files: number[];
  isNew: boolean;
}

/** Number of parts for a portal: a power of two, so that growth rarely moves records between them. */
export function partCount(records: number): number {
  let count = 1;
  while (count * recordsPerPart < records && count < mostParts) count *= 2;
  return count;
}

/** Cuts records into parts, one at a time; those whose records are as before come from the cache. */
export function* indexParts(
  everything: readonly SearchRecord[],
  cache: string,
): Generator<KeptPart> {
  const parts = Array.from({ length: partCount(everything.length) }, (): SearchRecord[] => []);
  for (const record of everything) parts[partOf(record.url, parts.length)]!.push(record);
  mkdirSync(cache, { recursive: true });
  const used = new Set<string>();
  for (const records of parts) {
    const key = keyOf(records);
    const kept = join(cache, key);
    const isNew = !existsSync(kept);
    if (isNew) writePart(records, kept);
    used.add(key);
    yield { ...readPart(kept), records, key, texts: join(kept, 'texts'), isNew };
  }
  for (const old of readdirSync(cache))
    if (!used.has(old)) rmSync(join(cache, old), { recursive: true });
}

/** A record stays in its part whatever else comes or goes. */
function partOf(url: string, parts: number): number {
  return createHash('sha1').update(url).digest().readUInt32BE(0) % parts;
}

function keyOf(records: readonly SearchRecord[]): string {
  const hash = createHash('sha256').update(String(version));
  for (const record of records) hash.update(JSON.stringify(record));
  return hash.digest('hex').slice(0, 16);
}

/** Written beside and moved: an interrupted build leaves no half of a part. */
function writePart(records: readonly SearchRecord[], kept: string): void {
  const partial = `${kept}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(join(partial, 'texts'), { recursive: true });
  const { names, texts, files } = indexPart(records);
  for (const [number, file] of files.entries())
    writeFileSync(
      join(partial, 'texts', `${number}.idx`),
      gzipSync(JSON.stringify(file.texts), { level: 6 }),
    );
  const rows = files.map(({ row }) => row);
  writeFileSync(
    join(partial, 'part.json'),
    JSON.stringify({ words: { names, texts }, files: rows }),
  );
  renameSync(partial, kept);
}

function readPart(kept: string): Pick<KeptPart, 'words' | 'files'> {
  return JSON.parse(readFileSync(join(kept, 'part.json'), 'utf8'));
}
