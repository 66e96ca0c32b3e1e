import { createHash } from 'node:crypto';

import type { DocsSnapshot } from './schema.ts';
import { addressOf } from './sites/paths.ts';

/** What links to entities can lead to. */
export interface EntityDocs {
  /** Changes when an answer could. */
  stamp: string;
  /** Why a link to this page of an entity's docs is broken; undefined where it is not, or nobody knows. */
  problemOf(ref: string, page?: string): string | undefined;
}

/** Nothing is wrong where the snapshot does not say which entities there are. */
export function entityDocs(data: DocsSnapshot | undefined): EntityDocs {
  if (!data?.entities) return { stamp: '', problemOf: () => undefined };
  const known = new Set(data.entities);
  const addresses = new Map(
    data.sites.map(({ entity, pages }) => [
      entity,
      new Set(pages.map(({ path }) => addressOf(path))),
    ]),
  );
  const all = [data.entities, [...addresses].map(([entity, own]) => [entity, ...own])];
  return {
    stamp: createHash('sha256').update(JSON.stringify(all)).digest('hex'),
    problemOf(ref, page) {
      if (ref === '') return 'names no entity, expected `entity:<kind>:<namespace>/<name>`';
      if (!known.has(ref)) return `leads to no entity: there is no \`${ref}\` in the catalog`;
      if (page === undefined || !addresses.has(ref) || addresses.get(ref)!.has(page))
        return undefined;
      return `leads to no page: the docs of \`${ref}\` have none at \`${page}\``;
    },
  };
}
