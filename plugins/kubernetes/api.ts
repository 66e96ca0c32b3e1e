import type { ApiFile } from '../types.ts';
import { badgeSvg } from './badge.ts';
import type { EntityView, Kubernetes } from './model.ts';
import { wordOf } from './words.ts';

/** Everything below /api/kubernetes/: small files that a page can ask for anew. */
export function* apiFiles(model: Kubernetes): Generator<ApiFile> {
  yield { path: 'clusters.json', body: json({ clusters: model.clusters.map(clusterSummary) }) };
  const entities: Record<string, object> = {};
  for (const ref of model.refs) {
    const view = model.ofEntity(ref);
    if (view === undefined) continue;
    entities[ref] = {
      status: view.health.status,
      message: view.health.message,
      since: view.health.since,
      asOf: newest(view),
    };
    yield { path: `entities/${pathOf(ref)}.json`, body: json(entityBody(view)) };
  }
  yield { path: 'entities.json', body: json({ entities }) };
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

function clusterSummary(view: Kubernetes['clusters'][number]): object {
  const { cluster, freshness, counts, pods, nodes } = view;
  const { name, title, version, asOf, error } = cluster;
  return { name, title, version, asOf, freshness, counts, pods, nodes, error };
}

function entityBody(view: EntityView): object {
  return {
    ref: view.ref,
    health: view.health,
    asOf: newest(view),
    clusters: view.clusters.map(({ cluster, freshness }) => ({
      name: cluster.name,
      asOf: cluster.asOf,
      freshness,
    })),
    workloads: view.rows.map(({ cluster, workload, health, version }) => ({
      id: `${cluster.name}/${workload.namespace}/${workload.kind}/${workload.name}`,
      cluster: cluster.name,
      namespace: workload.namespace,
      kind: workload.kind,
      name: workload.name,
      version,
      desired: workload.desired,
      ready: workload.ready,
      health,
    })),
    objects: view.objects.map(({ cluster, object, health }) => ({
      cluster: cluster.name,
      namespace: object.namespace,
      kind: object.kind,
      name: object.name,
      health,
    })),
  };
}

function newest(view: EntityView): string {
  return (
    view.clusters
      .map(({ cluster }) => cluster.asOf)
      .sort()
      .at(-1) ?? view.asOf
  );
}

function json(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
