import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PagefindIndex } from 'pagefind';
import type { SearchRecord } from '../../plugins/types.ts';
import { filesIn } from '../files-in.ts';
import { identifiersIn } from './identifiers.ts';
import type { IndexOutput } from './index-files.ts';
import { keepParts, partKey, partsOf } from './record-parts.ts';
import { withWordBreaks } from './word-breaks.ts';

/**
 * Texts up to which there is a Pagefind index beside our own. It takes 3 ms for each, more than all the rest of a large
 * build, and its files grow with every part a query has to ask.
 */
const mostTexts = 4000;
/** Records one part holds. */
const recordsPerPart = 500;
/** Records handed to Pagefind before its answers are waited for: it works on them while we make our own index. */
const atOnce = 400;
/** Raised when what is written for the same records changes. */
const version = 3;

/** Pagefind's own interfaces, which we do not show. */
const unused = /pagefind-(component-ui|modular-ui|ui|highlight)\.\w+$|wasm\.unknown/;
/** What runs an index. The first part's runs all of them. */
const engine = /pagefind(-worker)?\.js$|wasm\.\w+\.pagefind$/;

/** Writes Pagefind's index to `pagefind/0/`, `pagefind/1/`, …; parts whose records are as before come from the cache. */
export async function writePagefind(
  everything: readonly SearchRecord[],
  output: IndexOutput,
  cache: string,
): Promise<void> {
  const records = everything.filter(hasText);
  const isIndexed = records.length > 0 && records.length <= mostTexts;
  const parts = isIndexed ? partsOf(records, recordsPerPart, mostTexts) : [];
  mkdirSync(cache, { recursive: true });
  const used = new Set<string>();
  for (const [number, part] of parts.entries()) {
    const key = partKey(part, version);
    const kept = join(cache, key);
    if (!existsSync(kept)) {
      await buildPart(part, `${kept}.partial`);
      renameSync(`${kept}.partial`, kept);
    }
    used.add(key);
    for (const file of filesIn(kept)) {
      if (unused.test(file) || (number > 0 && engine.test(file))) continue;
      output.copy(`pagefind/${number}/${file.replaceAll('\\', '/')}`, join(kept, file));
    }
  }
  output.write('pagefind/parts.json', JSON.stringify({ parts: parts.length }));
  keepParts(cache, used);
}

/** Most entities have no more than a name, which our own index has. */
function hasText({ text, sections = [] }: SearchRecord): boolean {
  return Boolean(text) || sections.length > 0;
}

/** Each part by a Pagefind of its own: its memory goes back before the next one starts. */
async function buildPart(records: readonly SearchRecord[], folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const { createIndex, close } = await import('pagefind');
  const { index, errors } = await createIndex({ forceLanguage: 'en' });
  if (!index) throw new Error(`Pagefind could not start: ${errors.join('; ')}`);
  for (let at = 0; at < records.length; at += atOnce)
    await Promise.all(records.slice(at, at + atOnce).map((record) => addRecord(index, record)));
  const written = await index.writeFiles({ outputPath: folder });
  await close();
  if (written.errors.length > 0)
    throw new Error(`Pagefind could not write: ${written.errors.join('; ')}`);
}

async function addRecord(index: PagefindIndex, record: SearchRecord): Promise<void> {
  const content = contentOf(record);
  const { errors } = await index.addCustomRecord({
    url: record.url,
    content,
    language: 'en',
    meta: {
      title: withWordBreaks(record.title),
      type: record.type,
      identifiers: identifiersIn(content),
    },
  });
  if (errors.length > 0) throw new Error(`Pagefind refused ${record.url}: ${errors.join('; ')}`);
}

function contentOf(record: SearchRecord): string {
  const sections = (record.sections ?? []).flatMap((section) => [section.title, section.text]);
  const text = [record.title, record.summary, ...(record.names ?? []), record.text, ...sections];
  return withWordBreaks(text.filter(Boolean).join('\n'));
}
