import { createContext } from 'react';

import { parseEntityRef, stringifyEntityRef } from '../engine/entity-ref.ts';

/** An entity as the catalog's list gives it. */
export interface EntitySummary {
  ref: string;
  kind: string;
  title: string;
  type?: string;
  owner?: string;
  tags?: string[];
}

/** The catalog, for the pickers. */
export const Entities = createContext<readonly EntitySummary[]>([]);

type Filter = Record<string, string | string[]>;

/** Entities a `catalogFilter` lets through: one filter or several of which one must fit. */
export function filtered(
  entities: readonly EntitySummary[],
  filter: Filter | Filter[] | undefined,
): EntitySummary[] {
  if (filter === undefined) return [...entities];
  const filters = Array.isArray(filter) ? filter : [filter];
  return entities.filter((entity) => filters.some((each) => fits(entity, each)));
}

function fits(entity: EntitySummary, filter: Filter): boolean {
  const values: Record<string, string | undefined> = {
    kind: entity.kind,
    'spec.type': entity.type,
    'spec.owner': entity.owner,
    'metadata.name': entity.ref.split('/').at(-1),
    'metadata.namespace': /:(.*)\//.exec(entity.ref)?.[1],
  };
  return Object.entries(filter).every(([key, wanted]) => {
    // What the list does not hold cannot be filtered here: rather one too many than none.
    if (!(key in values)) return true;
    const value = values[key]?.toLowerCase();
    return [wanted].flat().some((each) => String(each).toLowerCase() === value);
  });
}

/** What a picker keeps of what was typed: the canonical reference, as Backstage's pickers do; anything else as it is. */
export function wholeRef(
  text: string,
  defaults: { defaultKind?: string; defaultNamespace?: string },
): string {
  try {
    return stringifyEntityRef(parseEntityRef(text, defaults));
  } catch {
    return text;
  }
}
