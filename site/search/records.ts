import type { Portal, SearchRecord } from '../../plugins/types.ts';

/** Portals past this are told to split: a browser cannot hold their index. */
export const mostRecords = 250_000;

/** Everything the plugins contribute to search, heaviest first; of two records with one address the first stands. */
export function searchRecords(portal: Portal): SearchRecord[] {
  const byUrl = new Map<string, SearchRecord>();
  for (const plugin of portal.plugins) {
    for (const record of plugin.search?.(portal.model(plugin.name), portal) ?? []) {
      if (!byUrl.has(record.url)) byUrl.set(record.url, record);
    }
  }
  return [...byUrl.values()].toSorted((a, b) => (b.weight ?? 1) - (a.weight ?? 1));
}
