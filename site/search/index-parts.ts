import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { SearchRecord } from '../../plugins/types.ts';
import { indexPart, type IndexPart } from './index-part.ts';
import { keepParts, partKey, partsOf } from './record-parts.ts';

/** Records one part holds. */
export const recordsPerPart = 1250;
export const mostParts = 64;
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

/** Cuts records into parts, one at a time; those whose records are as before come from the cache. */
export function* indexParts(
  everything: readonly SearchRecord[],
  cache: string,
): Generator<KeptPart> {
  mkdirSync(cache, { recursive: true });
  const used = new Set<string>();
  for (const records of partsOf(everything, recordsPerPart, mostParts)) {
    const key = partKey(records, version);
    const kept = join(cache, key);
    const isNew = !existsSync(kept);
    if (isNew) writePart(records, kept);
    used.add(key);
    yield { ...readPart(kept), records, key, texts: join(kept, 'texts'), isNew };
  }
  keepParts(cache, used);
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
