import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CallboardError, exitCode } from '../../collectors/callboard-error.ts';
import type { Portal } from '../../plugins/types.ts';
import { writeFullText } from './full-text.ts';
import { nameFiles, type TextFile } from './name-files.ts';
import { recordFiles } from './record-files.ts';
import { mostRecords, searchRecords } from './records.ts';

export interface SearchReport {
  records: number;
  parts: number;
  rebuilt: number;
}

/** Writes `search/` (names, headings), `pagefind/` (full text) and the records as data below `folder`. */
export async function writeSearch(
  portal: Portal,
  folder: string,
  cache: string,
): Promise<SearchReport> {
  const records = searchRecords(portal);
  if (records.length > mostRecords) {
    throw new CallboardError(
      exitCode.usage,
      `There are ${records.length.toLocaleString('en')} things to find, and a browser can hold the index of ${mostRecords.toLocaleString('en')}.`,
      'Split the organisation over several portals, or leave kinds out that nobody looks up.',
    );
  }
  const text = await writeFullText(records, join(folder, 'pagefind'), cache);
  const { names, headings } = nameFiles(records, text.parts);
  const ids: TextFile = { ids: records.map((record) => text.ids.get(record.url) ?? '') };
  mkdirSync(join(folder, 'search'), { recursive: true });
  writeFileSync(join(folder, 'search/names.json'), JSON.stringify(names));
  writeFileSync(join(folder, 'search/headings.json'), JSON.stringify(headings));
  writeFileSync(join(folder, 'search/texts.json'), JSON.stringify(ids));
  mkdirSync(join(folder, 'api/search-records'), { recursive: true });
  for (const { path, body } of recordFiles(records, portal.href))
    writeFileSync(join(folder, path), body);
  return { records: records.length, parts: text.parts, rebuilt: text.rebuilt };
}
