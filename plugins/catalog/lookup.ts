import type { Entity, Portal, Problem } from '../types.ts';
import { catalogOf, type CatalogEntity } from './index.ts';
import { refOf } from '../entity.ts';
import { splitRef } from './refs.ts';

/** What the catalog knows of an entity a card was given. Throws for one that is not in it: cards get no other. */
export function recordOf(portal: Portal, entity: Entity): CatalogEntity {
  const record = catalogOf(portal).get(refOf(entity));
  if (!record) throw new Error(`${refOf(entity)} is not in the catalog`);
  return record;
}

/** A thing to link to by its ref, whether or not it exists. */
export interface Target {
  ref: string;
  kind: string;
  title: string;
  /** Below the base; undefined when there is no such entity. */
  path: string | undefined;
}

/** Name and address of a ref; of a missing one the name as it was written. */
export function targetOf(portal: Portal, ref: string): Target {
  const record = catalogOf(portal).get(ref);
  if (record) return { ref, kind: record.entity.kind, title: record.title, path: record.path };
  const { kind, namespace, name } = splitRef(ref);
  return {
    ref,
    kind,
    title: namespace === 'default' ? name : `${namespace}/${name}`,
    path: undefined,
  };
}

const problemIndexes = new WeakMap<Portal, Map<string, Problem[]>>();

/** Problems of one entity, worst first. */
export function problemsOf(portal: Portal, ref: string): readonly Problem[] {
  let index = problemIndexes.get(portal);
  if (!index) {
    index = new Map();
    for (const problem of portal.problems) {
      if (!problem.entity) continue;
      const list = index.get(problem.entity);
      if (list) list.push(problem);
      else index.set(problem.entity, [problem]);
    }
    for (const list of index.values()) list.sort((a, b) => rank(a) - rank(b));
    problemIndexes.set(portal, index);
  }
  return index.get(ref) ?? [];
}

function rank({ severity }: Problem): number {
  return ['error', 'warning', 'info'].indexOf(severity);
}

/** A field of `spec` when it is text. */
export function specText(entity: Entity, field: string): string | undefined {
  const value = entity.spec?.[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** `spec.profile` of a group or user. */
export function profileOf(entity: Entity): { email?: string; displayName?: string } {
  const profile = entity.spec?.['profile'];
  if (typeof profile !== 'object' || profile === null) return {};
  const { email, displayName } = profile as Record<string, unknown>;
  return {
    ...(typeof email === 'string' ? { email } : {}),
    ...(typeof displayName === 'string' ? { displayName } : {}),
  };
}

/** Refs of one relation type, in the entity's order. */
export function relatedRefs(entity: Entity, type: string): string[] {
  return (entity.relations ?? [])
    .filter((each) => each.type === type)
    .map((each) => each.targetRef);
}
