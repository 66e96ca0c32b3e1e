import type { CatalogEntity, GroupNode } from './index.ts';

type Related = (ref: string, type: string) => readonly CatalogEntity[];

/** A group and every group below it, each once, whatever circles there are. */
export function groupsBelow(ref: string, related: Related): string[] {
  const below = new Set([ref]);
  for (const each of below) for (const child of related(each, 'parentOf')) below.add(child.ref);
  return [...below];
}

/** The group tree. Every group is in it exactly once; circles are entered at their first group. */
export function groupTree(groups: readonly CatalogEntity[], related: Related): GroupNode[] {
  const seen = new Set<string>();

  function node(group: CatalogEntity): GroupNode {
    seen.add(group.ref);
    const children: GroupNode[] = [];
    for (const child of related(group.ref, 'parentOf'))
      if (!seen.has(child.ref)) children.push(node(child));
    return { group, children };
  }

  const tree: GroupNode[] = [];
  for (const group of groups)
    if (related(group.ref, 'childOf').length === 0 && !seen.has(group.ref)) tree.push(node(group));
  for (const group of groups) if (!seen.has(group.ref)) tree.push(node(group));
  return tree;
}
