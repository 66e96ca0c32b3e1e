import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { PagefindIndex } from 'pagefind';
import type { SearchRecord } from '../../plugins/types.ts';
import { identifiersIn } from './identifiers.ts';
import { summaryLength } from './name-files.ts';
import { withWordBreaks } from './word-breaks.ts';

/**
 * Up to here the index is one: Pagefind weighs words per part, and finds likenesses of a word where a part has none of it.
 * Beyond, building everything anew for one edited page would take longer than that is worth.
 */
const mostInOnePart = 4000;
/** Records one of several parts holds. Parts change independently, so one edited page takes one part anew. */
const recordsPerPart = 1250;
/** Records handed to Pagefind before its answers are waited for. */
const atOnce = 50;
/** Raised when what is written for the same records changes. */
const version = 2;

/** Pagefind's own interfaces, which we do not show. */
const unused = /pagefind-(component-ui|modular-ui|ui|highlight)\.\w+$|wasm\.unknown/;
/** What runs an index. The first part's runs all of them. */
const engine = /pagefind(-worker)?\.js$|wasm\.\w+\.pagefind$/;

export interface FullTextReport {
  parts: number;
  rebuilt: number;
  /** Pagefind's name of each record, by address: a result is known without fetching its text. */
  ids: ReadonlyMap<string, string>;
}

/** Number of parts for a portal: a power of two, so that growth rarely moves records between them. */
export function partCount(records: number): number {
  if (records === 0) return 0;
  if (records <= mostInOnePart) return 1;
  let count = 1;
  while (count * recordsPerPart < records && count < 16) count *= 2;
  return count;
}

/** Writes Pagefind's index below `folder` in parts `0`, `1`, …; parts whose records are as before come from the cache. */
export async function writeFullText(
  everything: readonly SearchRecord[],
  folder: string,
  cache: string,
): Promise<FullTextReport> {
  const records = everything.filter(hasText);
  const parts = Array.from({ length: partCount(records.length) }, (): SearchRecord[] => []);
  for (const record of records) parts[partOf(record.url, parts.length)]!.push(record);
  mkdirSync(cache, { recursive: true });
  const used = new Set<string>();
  const ids = new Map<string, string>();
  let rebuilt = 0;
  for (const [number, part] of parts.entries()) {
    const key = keyOf(part);
    const kept = join(cache, key);
    if (!existsSync(kept)) {
      await buildPart(part, `${kept}.partial`);
      renameSync(`${kept}.partial`, kept);
      rebuilt++;
    }
    used.add(key);
    cpSync(join(kept, 'index'), join(folder, String(number)), {
      recursive: true,
      filter: (path) => !unused.test(path) && (number === 0 || !engine.test(path)),
    });
    const known: [string, string][] = JSON.parse(readFileSync(join(kept, 'ids.json'), 'utf8'));
    for (const [url, id] of known) ids.set(url, id);
  }
  for (const old of readdirSync(cache))
    if (!used.has(old)) rmSync(join(cache, old), { recursive: true });
  return { parts: parts.length, rebuilt, ids };
}

/** What is not in a record's name, title and short summary; most entities have no such text, and are found by those. */
function hasText({ text, sections = [], summary = '' }: SearchRecord): boolean {
  return Boolean(text) || sections.length > 0 || summary.length > summaryLength;
}

/** A page stays in its part whatever else comes or goes. */
function partOf(url: string, parts: number): number {
  return createHash('sha1').update(url).digest().readUInt32BE(0) % parts;
}

function keyOf(records: readonly SearchRecord[]): string {
  const hash = createHash('sha256').update(String(version));
  for (const record of records) hash.update(JSON.stringify(record));
  return hash.digest('hex').slice(0, 32);
}

/** Each part by a Pagefind of its own: its memory goes back before the next one starts. */
async function buildPart(records: readonly SearchRecord[], folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const { createIndex, close } = await import('pagefind');
  const { index, errors } = await createIndex({ forceLanguage: 'en' });
  if (!index) throw new Error(`Pagefind could not start: ${errors.join('; ')}`);
  for (let at = 0; at < records.length; at += atOnce)
    await Promise.all(records.slice(at, at + atOnce).map((record) => addRecord(index, record)));
  const written = await index.writeFiles({ outputPath: join(folder, 'index') });
  await close();
  if (written.errors.length > 0)
    throw new Error(`Pagefind could not write: ${written.errors.join('; ')}`);
  writeFileSync(
    join(folder, 'ids.json'),
    JSON.stringify(fragmentIds(join(folder, 'index/fragment'))),
  );
}

async function addRecord(index: PagefindIndex, record: SearchRecord): Promise<void> {
  const content = contentOf(record);
  const { errors } = await index.addCustomRecord({
    url: record.url,
    content,
    language: 'en',
    meta: { title: withWordBreaks(record.title), identifiers: identifiersIn(content) },
  });
  if (errors.length > 0) throw new Error(`Pagefind refused ${record.url}: ${errors.join('; ')}`);
}

/** Address and name of every record, read from the files that hold their texts. */
function fragmentIds(folder: string): [string, string][] {
  // An index of nothing has no such folder.
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((file) => {
    const text = gunzipSync(readFileSync(join(folder, file))).toString('utf8');
    // Pagefind marks its files with a few bytes in front.
    const { url }: { url: string } = JSON.parse(text.slice(text.indexOf('{')));
    return [url, file.replace(/\.pf_fragment$/, '')];
  });
}

function contentOf(record: SearchRecord): string {
  const sections = (record.sections ?? []).flatMap((section) => [section.title, section.text]);
  const text = [record.title, record.summary, ...(record.names ?? []), record.text, ...sections];
  return withWordBreaks(text.filter(Boolean).join('\n'));
}
