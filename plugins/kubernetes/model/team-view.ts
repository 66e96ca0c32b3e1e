import type { CatalogEntity } from '../../catalog/index.ts';
import { rank } from '../health/verdict.ts';
import { count } from './cluster-view.ts';
import type { Counts } from './cluster-view.ts';
import type { EntityView } from './entity-view.ts';

/** Health of what one team owns. */
export interface TeamView {
  counts: Counts;
  /** Entities that are not well, worst first. */
  broken: { entity: CatalogEntity; view: EntityView }[];
  total: number;
}

/** Rolls up the entities of a team. */
export function teamView(
  owned: readonly CatalogEntity[],
  ofEntity: (ref: string) => EntityView | undefined,
): TeamView {
  const counts: Counts = {};
  const broken: TeamView['broken'] = [];
  let total = 0;
  for (const entity of owned) {
    const view = ofEntity(entity.ref);
    if (view === undefined) continue;
    total++;
    count(counts, view.health.status);
    if (rank(view.health.status) > rank('Suspended')) broken.push({ entity, view });
  }
  broken.sort((one, other) => rank(other.view.health.status) - rank(one.view.health.status));
  return { counts, broken, total };
}
