import type { ApiFile, Portal } from '../types.ts';
import type { Catalog } from './index.ts';
import { catalogRows } from './list/rows.ts';
import { teamSummaries } from './teams.ts';

/** The files the catalog's own islands and scripts read. */
export function* catalogApi(_catalog: Catalog, portal: Portal): Iterable<ApiFile> {
  yield { path: 'entities.json', body: JSON.stringify(catalogRows(portal)) };
  yield { path: 'teams.json', body: JSON.stringify(teamSummaries(portal)) };
}
