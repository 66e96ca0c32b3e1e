import type { AnyPlugin } from '../plugins/types.ts';

/** Share of the known things that may go at once; portals that trusted half an answer have wiped their catalogs. */
const largestShare = 0.2;

/** Whether more than a fifth of what the last snapshot named, or all of it, is gone from this one. */
export function isSharpRemoval(plugin: AnyPlugin, before: unknown, after: unknown): boolean {
  const names = plugin.snapshot?.identities;
  if (!names) return false;
  const known = new Set(names(before));
  if (known.size === 0) return false;
  const now = new Set(names(after));
  let gone = 0;
  for (const name of known) if (!now.has(name)) gone++;
  return gone > known.size * largestShare;
}
