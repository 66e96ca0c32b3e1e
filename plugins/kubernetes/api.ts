import type { ApiFile, Portal } from '../types.ts';
import { badgeSvg } from './badge.ts';
import type { Kubernetes } from './model.ts';
import { entityData } from './view/entity-data.ts';
import { fleetData } from './view/fleet-data.ts';
import { statusData } from './view/status-data.ts';
import { wordOf } from './words.ts';

/** Everything below /api/kubernetes/: small files that a page can ask for anew. */
export function* apiFiles(
  model: Kubernetes,
  portal: Pick<Portal, 'entityLink' | 'model'>,
): Generator<ApiFile> {
  yield { path: 'clusters.json', body: json(fleetData(model, portal)) };
  for (const ref of model.refs) {
    const view = model.ofEntity(ref);
    if (view === undefined) continue;
    yield { path: `entities/${pathOf(ref)}.json`, body: json(entityData(view)) };
  }
  yield { path: 'entities.json', body: json(statusData(model, portal)) };
}

/** Badges for READMEs: `/badges/<kind>/<namespace>/<name>.svg`. */
export function* badgeFiles(model: Kubernetes): Generator<ApiFile> {
  for (const ref of model.refs) {
    const view = model.ofEntity(ref);
    if (view === undefined) continue;
    yield {
      path: `badges/${pathOf(ref)}.svg`,
      body: badgeSvg('status', wordOf(view.health.status), view.health.status),
    };
  }
}

/** `kind/namespace/name` of a ref, safe as a path: names of entities hold nothing else than letters, digits and `-_.`. */
export function pathOf(ref: string): string {
  const [kind = '', rest = ''] = ref.split(':');
  return `${kind}/${rest}`.replaceAll(/[^a-z0-9/._-]/g, '-').replaceAll('..', '-');
}

function json(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
