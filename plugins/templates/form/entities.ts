import { createContext } from 'react';

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

/** A reference as short as the field's defaults allow. */
export function shortRef(ref: string, defaultKind: string | undefined): string {
  const [kind, rest] = ref.split(':') as [string, string];
  const name = rest.startsWith('default/') ? rest.slice('default/'.length) : rest;
  return kind === defaultKind?.toLowerCase() ? name : `${kind}:${name}`;
}
