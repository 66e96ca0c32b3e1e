import type { CatalogEntity } from './index.ts';

type Related = (ref: string, type: string) => readonly CatalogEntity[];

/** A group and every group below it, each once, whatever circles there are. */
export function groupsBelow(ref: string, related: Related): string[] {
  const below = new Set([ref]);
  for (const each of below) for (const child of related(each, 'parentOf')) below.add(child.ref);
  return [...below];
}
