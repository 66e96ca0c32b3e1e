import { createHash } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SearchRecord } from '../../plugins/types.ts';

/** Number of parts for so many records: a power of two, so that growth rarely moves records between them. */
export function partCount(records: number, perPart: number, most: number): number {
  let count = 1;
  while (count * perPart < records && count < most) count *= 2;
  return count;
}

/** Records in parts. One stays in its part whatever else comes or goes, so one edited page takes one part anew. */
export function partsOf(
  records: readonly SearchRecord[],
  perPart: number,
  most: number,
): SearchRecord[][] {
  const count = partCount(records.length, perPart, most);
  const parts = Array.from({ length: count }, (): SearchRecord[] => []);
  for (const record of records) parts[numberOf(record.url) % count]!.push(record);
  return parts;
}

/** Name of what is made of these records by this version of what makes it. */
export function partKey(records: readonly SearchRecord[], version: number): string {
  const hash = createHash('sha256').update(String(version));
  for (const record of records) hash.update(JSON.stringify(record));
  return hash.digest('hex').slice(0, 16);
}

/** Takes the parts of earlier builds out of a cache. */
export function keepParts(cache: string, used: ReadonlySet<string>): void {
  for (const old of readdirSync(cache))
    if (!used.has(old)) rmSync(join(cache, old), { recursive: true });
}

function numberOf(url: string): number {
  return createHash('sha1').update(url).digest().readUInt32BE(0);
}
