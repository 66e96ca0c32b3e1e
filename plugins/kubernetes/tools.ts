import * as z from 'zod';
import { entityPath } from '../catalog/index.ts';
import { defineTool, ToolError } from '../reader-tool.ts';
import type { PortalReader, ReaderTool } from '../types.ts';
import { pathOf } from './api.ts';
import type { EntityData, ObjectData, WorkloadData } from './view/entity-data.ts';
import type { ClusterData, FleetData } from './view/fleet-data.ts';
import type { StatusData } from './view/status-data.ts';

const clusterStatus = defineTool({
  name: 'cluster_status',
  title: 'How it runs',
  description:
    'How an entity does on every cluster (workloads, replicas, versions, what is wrong and since when), or, without an entity, how the clusters do and which entities are not healthy. Data is a snapshot: each answer says as of when.',
  input: z.strictObject({
    entity: z
      .string()
      .max(300)
      .optional()
      .describe('Ref, e.g. `component:default/checkout-api`; a name means a component.'),
    cluster: z.string().max(100).optional().describe('Name of one cluster.'),
  }),
  async run({ entity, cluster }, portal) {
    const { clusters } = (await portal.json<FleetData>('/api/kubernetes/clusters.json')) ?? {};
    if (!clusters) throw new ToolError('This portal shows no clusters.');
    if (entity !== undefined) return ofEntity(entity, cluster, portal);
    const shown = clusters.filter(({ name }) => cluster === undefined || name === cluster);
    if (shown.length === 0) {
      throw new ToolError(
        `No cluster is called \`${cluster}\`. There are: ${clusters.map(({ name }) => name).join(', ')}.`,
      );
    }
    return {
      clusters: shown.map((each) => clusterOf(each, portal)),
      unhealthy: await unhealthy(portal),
    };
  },
});

const tools: readonly ReaderTool[] = [clusterStatus];
export default tools;

/** The figures of a cluster; what is broken on it is told per entity. */
function clusterOf({ broken, ...figures }: ClusterData, portal: PortalReader): object {
  return {
    ...figures,
    broken: broken.length,
    link: portal.link(`/clusters/${figures.name}/`),
  };
}

async function ofEntity(
  entity: string,
  cluster: string | undefined,
  portal: PortalReader,
): Promise<object> {
  const ref = refOf(entity);
  const status = await portal.json<EntityData>(`/api/kubernetes/entities/${pathOf(ref)}.json`);
  if (!status) {
    throw new ToolError(
      `Nothing is known of \`${ref}\` on any cluster: it does not exist, does not run on Kubernetes, or its workloads are not labelled. See ${portal.link('/clusters/')}.`,
    );
  }
  const { asOf, oldest, health, counts, clusters, workloads, objects, gaps } = status;
  return {
    ref,
    asOf,
    oldest,
    health,
    counts,
    clusters,
    workloads: on(workloads, cluster).map(workloadOf),
    objects: on(objects, cluster).map(objectOf),
    gaps,
    link: portal.link(`${entityPath(ref)}kubernetes/`),
  };
}

/** A workload without its past, and of its pods those that are not simply healthy: a page has more room than an answer. */
function workloadOf({ id: _id, days: _days, events, pods, ...workload }: WorkloadData): object {
  return {
    ...workload,
    events: events.slice(0, 5),
    pods: pods.length,
    podsOfNote: pods.filter(({ health }) => health !== undefined).slice(0, 5),
  };
}

function objectOf({ cluster, namespace, kind, name, health, kubectl, link }: ObjectData): object {
  return { cluster, namespace, kind, name, health, kubectl, link };
}

function on<T extends { cluster: string }>(list: readonly T[], cluster: string | undefined): T[] {
  return list.filter((each) => cluster === undefined || each.cluster === cluster).slice(0, 20);
}

/** Entities that are not healthy, at most fifty. */
async function unhealthy(portal: PortalReader): Promise<object[]> {
  const file = await portal.json<StatusData>('/api/kubernetes/entities.json');
  return Object.entries(file?.entities ?? {})
    .filter(([, { status }]) => status !== 'Healthy' && status !== 'Suspended')
    .slice(0, 50)
    .map(([entity, { status, message, since, path }]) => ({
      entity,
      status,
      message,
      since,
      ...(path !== '' && { link: portal.link(path) }),
    }));
}

function refOf(entity: string): string {
  const [, kind = 'component', namespace = 'default', name = ''] =
    /^(?:([^:/]+):)?(?:([^/]+)\/)?(.+)$/.exec(entity.trim()) ?? [];
  return `${kind}:${namespace}/${name}`.toLowerCase();
}
