import { readFile } from 'node:fs/promises';
import path from 'node:path';

import type { KubeConfig } from '@kubernetes/client-node';

import type { CollectedEntity } from '../../catalog/index.ts';
import type { ClusterOptions, KubernetesOptions } from '../options.ts';
import type { Cluster } from '../schema.ts';
import { RequestError } from './errors.ts';

/** A cluster to read: what is known of it before the first request, and how to get its credentials. */
export interface LocatedCluster {
  name: string;
  title?: string | undefined;
  entity?: string | undefined;
  context?: string | undefined;
  dashboard?: Cluster['dashboard'];
  namespaces?: readonly string[] | undefined;
  customResources: readonly string[];
  recorded?: { folder: string; recordedAt: string; version: string | undefined };
  /** Fails with a RequestError when the configuration cannot be used. Loads the client, so only for a cluster to be asked. */
  kubeConfig(): Promise<KubeConfig>;
}

/** A cluster of the configuration. */
export function configuredCluster(
  options: ClusterOptions,
  workingDirectory: string,
): LocatedCluster {
  const { name, title, dashboard, namespaces, customResources } = options;
  const common = { name, title, dashboard, namespaces, customResources };
  switch (options.type) {
    case 'recorded':
      return {
        ...common,
        recorded: {
          folder: path.resolve(workingDirectory, options.folder),
          recordedAt: options.recordedAt,
          version: options.version,
        },
        kubeConfig: () =>
          Promise.reject(new RequestError('Recorded', 'it is a recording', 'Nothing to do.')),
      };
    case 'kubeconfig':
      return {
        ...common,
        context: options.context ?? name,
        kubeConfig: async () =>
          (await import('./kubeconfig.ts')).fromFile(options, workingDirectory),
      };
    case 'in-cluster':
      return { ...common, kubeConfig: async () => (await import('./credentials.ts')).inCluster() };
    case 'server':
      return {
        ...common,
        kubeConfig: async () =>
          (await import('./credentials.ts')).fromToken({
            name,
            server: options.url,
            token: variable(options.tokenVariable),
            ca:
              options.caFile === undefined
                ? certificate(options.caVariable)
                : await readFile(path.resolve(workingDirectory, options.caFile), 'utf8'),
            skipTlsVerify: options.skipTlsVerify,
          }),
      };
  }
}

/** Clusters written down as Resource entities with Backstage's annotations. */
export function catalogClusters(
  entities: readonly CollectedEntity[],
  options: KubernetesOptions,
): { cluster?: LocatedCluster; ref: string; problem?: string }[] {
  const described = entities.filter(
    ({ entity }) =>
      entity.kind.toLowerCase() === 'resource' && entity.spec?.['type'] === 'kubernetes-cluster',
  );
  return described.map(({ ref, entity }) => {
    const annotations = entity.metadata.annotations ?? {};
    const server = annotations['kubernetes.io/api-server'];
    const name = entity.metadata.name.toLowerCase();
    const token = options.catalogClusters.tokenVariable.replace(
      '{NAME}',
      name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_'),
    );
    if (server === undefined || !URL.canParse(server))
      return { ref, problem: 'it has no address in kubernetes.io/api-server' };
    if (!isAllowed(server, options.catalogClusters.hosts))
      return { ref, problem: `its host ${new URL(server).host} is not among the allowed ones` };
    const encoded = annotations['kubernetes.io/api-server-certificate-authority'];
    const cluster: LocatedCluster = {
      name,
      title: entity.metadata.title,
      entity: ref,
      dashboard: dashboardOf(annotations),
      customResources: [],
      kubeConfig: async () =>
        (await import('./credentials.ts')).fromToken({
          name,
          server,
          token: variable(token),
          ca: encoded === undefined ? undefined : decoded(encoded),
          skipTlsVerify: annotations['kubernetes.io/skip-tls-verify'] === 'true',
        }),
    };
    return { ref, cluster };
  });
}

/** The dashboard a cluster's annotations name. */
export function dashboardOf(annotations: Readonly<Record<string, string>>): Cluster['dashboard'] {
  const url = annotations['kubernetes.io/dashboard-url'];
  const app = annotations['kubernetes.io/dashboard-app'] ?? 'standard';
  let parameters: Record<string, string> = {};
  try {
    const given: unknown = JSON.parse(annotations['kubernetes.io/dashboard-parameters'] ?? '{}');
    parameters = Object.fromEntries(
      Object.entries(given ?? {}).map(([key, value]) => [key, String(value)]),
    );
  } catch {
    // Unreadable parameters give no link; the cluster is still worth reading.
  }
  return url === undefined && Object.keys(parameters).length === 0
    ? undefined
    : { app, ...(url ? { url } : {}), parameters };
}

/** A token goes only over TLS and only to hosts the platform team named. */
function isAllowed(server: string, hosts: readonly string[]): boolean {
  const { protocol, hostname } = new URL(server);
  if (protocol !== 'https:') return false;
  return hosts.some((host) =>
    host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host,
  );
}

/** The namespace a kubeconfig or the pod we run in works in. */
export function contextNamespace(config: KubeConfig | undefined): string {
  const current = config?.getContextObject(config.getCurrentContext());
  return current?.namespace?.trim() || 'default';
}

function variable(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new RequestError(
      'NoToken',
      `the environment has no ${name}`,
      'Set it to the token of a read-only service account; `callboard kubernetes rbac` prints one.',
    );
  return value.trim();
}

function certificate(name: string | undefined): string | undefined {
  return name === undefined ? undefined : decoded(variable(name));
}

function decoded(text: string): string {
  return text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64').toString('utf8');
}
