import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Portal, SearchRecord } from '../plugins/types.ts';

/** A row of the name index: title, type, address, other names, breadcrumb, summary. Arrays, because it is sent whole. */
export type NameRow = [string, string, string, string[], string, string];

/** Everything the plugins contribute to search. */
export function searchRecords(portal: Portal): SearchRecord[] {
  return portal.plugins.flatMap((plugin) => [
    ...(plugin.search?.(portal.model(plugin.name), portal) ?? []),
  ]);
}

/** Names for the palette, heaviest first. */
export function nameIndex(portal: Portal): string {
  const rows = searchRecords(portal)
    .toSorted((a, b) => (b.weight ?? 1) - (a.weight ?? 1))
    .map((record): NameRow => [
      record.title,
      record.type,
      record.url,
      record.names ?? [],
      (record.breadcrumb ?? []).join(' › '),
      (record.summary ?? '').slice(0, 140),
    ]);
  return JSON.stringify(rows);
}

/** Writes the name index and Pagefind's full-text index below `folder`. */
export async function writeSearchIndex(portal: Portal, folder: string): Promise<number> {
  mkdirSync(join(folder, 'search'), { recursive: true });
  writeFileSync(join(folder, 'search', 'names.json'), nameIndex(portal));
  const records = searchRecords(portal);
  const { createIndex, close } = await import('pagefind');
  const { index, errors } = await createIndex({});
  if (!index) throw new Error(`Pagefind could not start: ${errors.join('; ')}`);
  for (const record of records) {
    const answer = await index.addCustomRecord({
      url: portal.href(record.url),
      content: [record.title, record.summary, ...(record.names ?? []), record.text]
        .filter(Boolean)
        .join('\n'),
      language: 'en',
      meta: metaOf(record),
      filters: { type: [record.type], ...record.filters },
    });
    if (answer.errors.length > 0)
      throw new Error(`Pagefind refused ${record.url}: ${answer.errors.join('; ')}`);
  }
  const written = await index.writeFiles({ outputPath: join(folder, 'pagefind') });
  await close();
  if (written.errors.length > 0)
    throw new Error(`Pagefind could not write: ${written.errors.join('; ')}`);
  return records.length;
}

function metaOf(record: SearchRecord): Record<string, string> {
  const meta: Record<string, string> = { title: record.title, type: record.type };
  if (record.summary) meta['summary'] = record.summary;
  if (record.breadcrumb) meta['breadcrumb'] = record.breadcrumb.join(' › ');
  return meta;
}
