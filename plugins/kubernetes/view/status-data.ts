import { catalogOf } from '../../catalog/index.ts';
import type { Portal } from '../../types.ts';
import type { Kubernetes } from '../model.ts';
import type { Freshness } from '../model/freshness.ts';
import type { Health } from '../schema.ts';

/** Raised when a page can no longer show what an older or newer run published. */
export const statusDataVersion = 1;

/** How every entity does, as `/api/kubernetes/entities.json` holds it: what home lists the broken ones from. */
export interface StatusData {
  version: typeof statusDataVersion;
  /** Newest reading of a cluster. */
  asOf: string;
  clusters: { name: string; freshness: Freshness }[];
  /** By ref. */
  entities: Record<string, StatusOfEntity>;
}

export interface StatusOfEntity extends Pick<Health, 'status' | 'message' | 'since'> {
  title: string;
  /** Its page below the base; empty for one without. */
  path: string;
  /** Its owner and the groups above, because a team's parents own what it owns. */
  owners: string[];
}

/** The JSON of all entities. */
export function statusData(
  model: Kubernetes,
  portal: Pick<Portal, 'entityLink' | 'model'>,
): StatusData {
  const entities: StatusData['entities'] = {};
  for (const ref of model.refs) {
    const view = model.ofEntity(ref);
    if (view === undefined) continue;
    const { status, message, since } = view.health;
    const { title, path } = portal.entityLink(ref) ?? { title: ref, path: '' };
    entities[ref] = { status, message, since, title, path, owners: ownersOf(ref, portal) };
  }
  return {
    version: statusDataVersion,
    asOf:
      model.clusters
        .map(({ cluster }) => cluster.asOf)
        .sort()
        .at(-1) ?? '',
    clusters: model.clusters.map(({ cluster, freshness }) => ({ name: cluster.name, freshness })),
    entities,
  };
}

function ownersOf(ref: string, portal: Pick<Portal, 'model'>): string[] {
  const catalog = catalogOf(portal);
  const owners: string[] = [];
  let next = catalog.get(ref)?.owner;
  while (next !== undefined && !owners.includes(next)) {
    owners.push(next);
    next = catalog.related(next, 'childOf')[0]?.ref;
  }
  return owners;
}
