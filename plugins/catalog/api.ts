import type { ApiFile, Portal } from '../types.ts';
import { graphData } from './graph/graph-data.ts';
import type { Catalog } from './index.ts';
import { catalogRows } from './list/rows.ts';
import { splitRef } from './refs.ts';
import { teamSummaries } from './teams.ts';

/** The static JSON API: what lists, the explorer and the home page read, and each entity as Backstage's REST returns it. */
export function* apiFiles(catalog: Catalog, portal: Portal): Generator<ApiFile> {
  yield { path: 'entities.json', body: JSON.stringify(catalogRows(portal)) };
  yield { path: 'teams.json', body: JSON.stringify(teamSummaries(portal)) };
  yield { path: 'graph.json', body: JSON.stringify(graphData(portal)) };
  for (const { ref, entity } of catalog.entities) {
    const { kind, namespace, name } = splitRef(ref);
    yield {
      path: `entities/by-name/${kind}/${namespace}/${name}.json`,
      body: JSON.stringify(entity),
    };
  }
}
