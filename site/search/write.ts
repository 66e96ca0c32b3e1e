import { join } from 'node:path';
import { CallboardError, exitCode } from '../../collectors/callboard-error.ts';
import type { Portal, SearchRecord } from '../../plugins/types.ts';
import { indexPath } from '../src/search/engine/index-format.ts';
import { IndexBuilder, type IndexOutput } from './index-files.ts';
import { indexParts } from './index-parts.ts';
import { writePagefind } from './pagefind-index.ts';
import { recordFiles } from './record-files.ts';
import { mostRecords, searchRecords } from './records.ts';

export interface SearchReport {
  records: number;
  parts: number;
  rebuilt: number;
}

/** Writes our own index, Pagefind's, and the records as data. */
export async function writeSearch(
  portal: Portal,
  output: IndexOutput,
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
  // Pagefind is a process of its own, and works beside us.
  const [report] = await Promise.all([
    writeIndex(records, output, cache),
    writePagefind(records, output, `${cache}-pagefind`),
  ]);
  for (const { path, body } of recordFiles(records, portal.href)) output.write(path, body);
  return report;
}

/** Writes `search/`: what changed, and the rest as it is kept. */
export async function writeIndex(
  records: readonly SearchRecord[],
  output: IndexOutput,
  cache: string,
): Promise<SearchReport> {
  const builder = new IndexBuilder();
  let parts = 0;
  let rebuilt = 0;
  for (const part of indexParts(records, cache)) {
    builder.add(part);
    for (const file of part.files.keys())
      output.copy(indexPath(`${part.key}/${file}`), join(part.texts, `${file}.idx`));
    parts++;
    if (part.isNew) rebuilt++;
    // Lets Pagefind's questions through.
    await new Promise((done) => setImmediate(done));
  }
  await builder.write(output);
  return { records: records.length, parts, rebuilt };
}
