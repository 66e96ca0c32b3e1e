import type { Portal } from '../types.ts';
import { catalogOf, type CatalogEntity } from './index.ts';
import { groupsBelow } from './groups.ts';
import { problemsOf, profileOf } from './lookup.ts';

/** A group in the tree of groups. */
export interface TeamNode {
  group: CatalogEntity;
  /** Members of this group alone. */
  members: number;
  /** Entities it owns, with those of the groups below it. */
  owns: number;
  /** Problems of these. */
  problems: number;
  children: TeamNode[];
}

/** Groups by parent. Groups that are each other's parents stand at the top, once. */
export function teamTree(portal: Portal): TeamNode[] {
  const catalog = catalogOf(portal);
  const groups = catalog.ofKind('group');
  const placed = new Set<string>();

  function nodeOf(group: CatalogEntity): TeamNode {
    placed.add(group.ref);
    const owned = catalog.ownedBy(group.ref, { descendants: true });
    const below = catalog.related(group.ref, 'parentOf').filter(({ ref }) => !placed.has(ref));
    for (const { ref } of below) placed.add(ref);
    return {
      group,
      members: catalog.related(group.ref, 'hasMember').length,
      owns: owned.length,
      problems: owned.reduce((sum, { ref }) => sum + problemsOf(portal, ref).length, 0),
      children: below.map(nodeOf),
    };
  }

  const roots = groups
    .filter(({ ref }) => catalog.related(ref, 'childOf').length === 0)
    .map(nodeOf);
  for (const group of groups) if (!placed.has(group.ref)) roots.push(nodeOf(group));
  return roots;
}

/** One team as the home page and filters know it: `/api/catalog/teams.json`. */
export interface TeamSummary {
  ref: string;
  title: string;
  /** Below the base. */
  path: string;
  email?: string;
  /** Refs of the groups below it, at any depth: their things are the team's too. */
  below: string[];
  members: number;
  /** Entities owned, by kind. */
  owns: Record<string, number>;
  problems: { error: number; warning: number; info: number };
}

/** Every group with what it owns, for pages that know the reader's team only in the browser. */
export function teamSummaries(portal: Portal): TeamSummary[] {
  const catalog = catalogOf(portal);
  return catalog.ofKind('group').map((group) => {
    const owns: Record<string, number> = {};
    const problems = { error: 0, warning: 0, info: 0 };
    for (const { ref, entity } of catalog.ownedBy(group.ref, { descendants: true })) {
      owns[entity.kind] = (owns[entity.kind] ?? 0) + 1;
      for (const { severity } of problemsOf(portal, ref)) problems[severity] += 1;
    }
    const { email } = profileOf(group.entity);
    const summary: TeamSummary = {
      ref: group.ref,
      title: group.title,
      path: group.path,
      below: groupsBelow(group.ref, catalog.related).filter((ref) => ref !== group.ref),
      members: catalog.related(group.ref, 'hasMember').length,
      owns,
      problems,
    };
    if (email !== undefined) summary.email = email;
    return summary;
  });
}
