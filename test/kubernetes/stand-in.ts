/**
 * A stand-in for an API server: TLS, tokens with rights per namespace, discovery, paging with expiring tokens, metadata
 * lists, rules reviews, and faults on demand. It answers as the Kubernetes API documents it, no more.
 */
import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

export interface StandInObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; [key: string]: unknown };
  [key: string]: unknown;
}

/** Rights of a token: every namespace, or these; every kind, or these plurals, or those of these groups. */
export interface Rights {
  namespaces?: string[];
  plurals?: string[];
  groups?: string[];
}

export interface Fault {
  /** Answer with this status instead. */
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** Never answer. */
  hang?: boolean;
  /** Close the connection without an answer. */
  reset?: boolean;
  /** Close the connection in the middle of the answer. */
  cut?: boolean;
}

export interface StandInOptions {
  objects: StandInObject[];
  tokens?: Record<string, Rights>;
  /** Kinds without objects that are served all the same. */
  served?: { apiVersion: string; kind: string; plural: string }[];
  version?: string;
  /** Kinds an older server does not have, as `policy/v1/poddisruptionbudgets`. */
  missing?: string[];
  /** Answer discovery as 1.26 and later do: everything at once. */
  isAggregated?: boolean;
  /** Group versions whose own server is down. */
  down?: string[];
  /** Seconds the server's clock is off. */
  clockOff?: number;
  fault?(request: { path: string; query: URLSearchParams; count: number }): Fault | undefined;
}

export interface StandIn {
  url: string;
  authority: string;
  requests: string[];
  headers: IncomingHttpHeaders[];
  connections: number;
  close(): Promise<void>;
}

const tls = (name: string): string =>
  readFileSync(new URL(`./tls/${name}`, import.meta.url), 'utf8');

/** Certificate authority that signed the stand-in's certificate. */
export const authority = tls('authority.pem');
/** One that did not. */
export const otherAuthority = tls('other-authority.pem');

const clusterKinds = new Set(['Node', 'Namespace', 'CustomResourceDefinition']);

/** Starts a stand-in on a free port. */
export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  const collections = collectionsOf(options);
  const sockets = new Set<Socket>();
  const standIn: StandIn = { url: '', authority, requests: [], headers: [], connections: 0, close };
  const server = https.createServer(
    { cert: tls('server.pem'), key: tls('server-key.pem') },
    (request, response) => {
      const url = new URL(request.url ?? '/', 'https://localhost');
      standIn.requests.push(`${request.method} ${url.pathname}${url.search}`);
      standIn.headers.push(request.headers);
      if (options.clockOff)
        response.setHeader('date', new Date(Date.now() + options.clockOff * 1000).toUTCString());
      const fault = options.fault?.({
        path: url.pathname,
        query: url.searchParams,
        count: standIn.requests.length,
      });
      if (fault !== undefined && fail(fault, request, response)) return;
      void answer(request, response, url, options, collections);
    },
  );
  server.on('connection', (socket: Socket) => {
    standIn.connections++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  standIn.url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return standIn;

  async function close(): Promise<void> {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}

interface Collection {
  kind: string;
  plural: string;
  apiVersion: string;
  isNamespaced: boolean;
  objects: StandInObject[];
}

function collectionsOf({
  objects,
  served = [],
  missing = [],
}: StandInOptions): Map<string, Collection> {
  const found = new Map<string, Collection>();
  const basics = [
    'Pod',
    'Service',
    'ConfigMap',
    'LimitRange',
    'ResourceQuota',
    'PersistentVolumeClaim',
    'Event',
    'Node',
    'Namespace',
  ];
  const grouped: Record<string, string[]> = {
    v1: basics,
    'apps/v1': ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'],
    'batch/v1': ['Job', 'CronJob'],
    'autoscaling/v2': ['HorizontalPodAutoscaler'],
    'networking.k8s.io/v1': ['Ingress'],
    'policy/v1': ['PodDisruptionBudget'],
    'discovery.k8s.io/v1': ['EndpointSlice'],
  };
  const always = Object.entries(grouped).flatMap(([apiVersion, kinds]) =>
    kinds.map((kind) => ({ apiVersion, kind, plural: pluralOf(kind) })),
  );
  for (const each of [
    ...always,
    ...served,
    ...objects.map(({ apiVersion, kind }) => ({ apiVersion, kind, plural: pluralOf(kind) })),
  ]) {
    const path = `${rootOf(each.apiVersion)}/${each.plural}`;
    if (!found.has(path) && !missing.includes(`${each.apiVersion}/${each.plural}`))
      found.set(path, { ...each, isNamespaced: !clusterKinds.has(each.kind), objects: [] });
  }
  for (const object of objects)
    found.get(`${rootOf(object.apiVersion)}/${pluralOf(object.kind)}`)!.objects.push(object);
  return found;
}

function pluralOf(kind: string): string {
  const lower = kind.toLowerCase();
  if (lower === 'podmetrics') return 'pods';
  if (lower.endsWith('s')) return `${lower}es`;
  return lower.endsWith('y') ? `${lower.slice(0, -1)}ies` : `${lower}s`;
}

function rootOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function fail(fault: Fault, request: IncomingMessage, response: ServerResponse): boolean {
  if (fault.hang) return true;
  if (fault.reset) {
    request.socket.destroy();
    return true;
  }
  if (fault.cut) {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '10000' });
    response.write('{"kind":"PodList","items":[');
    setTimeout(() => request.socket.destroy(), 20);
    return true;
  }
  if (fault.status === undefined) return false;
  for (const [name, value] of Object.entries(fault.headers ?? {})) response.setHeader(name, value);
  send(
    response,
    fault.status,
    fault.body ?? {
      kind: 'Status',
      status: 'Failure',
      code: fault.status,
      message: 'secret detail',
    },
  );
  return true;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  options: StandInOptions,
  collections: Map<string, Collection>,
): Promise<void> {
  const rights =
    options.tokens === undefined
      ? {}
      : options.tokens[(request.headers.authorization ?? '').replace('Bearer ', '')];
  if (rights === undefined) return status(response, 401, 'Unauthorized');
  const path = url.pathname;
  if (path === '/version')
    return send(response, 200, {
      major: '1',
      minor: '34',
      gitVersion: options.version ?? 'v1.34.2',
    });
  if (path === '/apis') {
    const wantsAll = request.headers.accept?.includes('as=APIGroupDiscoveryList') ?? false;
    return send(
      response,
      200,
      options.isAggregated && wantsAll
        ? { kind: 'APIGroupDiscoveryList', items: discoveryOf(collections, options.down ?? []) }
        : { kind: 'APIGroupList', groups: groupsOf(collections) },
    );
  }
  if (path.endsWith('/selfsubjectrulesreviews')) return review(request, response, rights);
  const resources = /^\/apis\/([^/]+\/[^/]+)$/.exec(path);
  if (resources && options.down?.includes(resources[1]!))
    return status(response, 503, 'ServiceUnavailable');
  if (resources) return discover(response, resources[1]!, collections);
  const scoped = /^(\/apis?\/.+?)\/namespaces\/([^/]+)\/([^/]+)$/.exec(path);
  const namespace = scoped ? decodeURIComponent(scoped[2]!) : undefined;
  const collection = collections.get(scoped ? `${scoped[1]}/${scoped[3]}` : path);
  if (collection === undefined) return status(response, 404, 'NotFound');
  if (!mayList(rights, collection, namespace)) return status(response, 403, 'Forbidden');
  list(
    response,
    url,
    collection,
    namespace,
    request.headers.accept?.includes('PartialObjectMetadataList') ?? false,
  );
}

function mayList(rights: Rights, collection: Collection, namespace: string | undefined): boolean {
  if (rights.plurals !== undefined && !rights.plurals.includes(collection.plural)) return false;
  const group = collection.apiVersion.includes('/') ? collection.apiVersion.split('/')[0]! : '';
  if (rights.groups !== undefined && !rights.groups.includes(group)) return false;
  return (
    rights.namespaces === undefined ||
    (namespace !== undefined && rights.namespaces.includes(namespace))
  );
}

function list(
  response: ServerResponse,
  url: URL,
  collection: Collection,
  namespace: string | undefined,
  isMetadataOnly: boolean,
): void {
  const selector = url.searchParams.get('fieldSelector');
  const all = collection.objects.filter(
    (object) =>
      (namespace === undefined || object.metadata.namespace === namespace) &&
      (selector !== 'type=Warning' || object['type'] === 'Warning'),
  );
  const limit = Number(url.searchParams.get('limit') ?? 0) || all.length || 1;
  const from = Number(
    Buffer.from(url.searchParams.get('continue') ?? '', 'base64url').toString() || 0,
  );
  const end = Math.min(all.length, from + limit);
  const items = all
    .slice(from, end)
    .map((object) =>
      isMetadataOnly
        ? { metadata: object.metadata }
        : Object.assign({}, object, { apiVersion: undefined, kind: undefined }),
    );
  const metadata = {
    resourceVersion: '1',
    ...(end < all.length
      ? {
          continue: Buffer.from(String(end)).toString('base64url'),
          remainingItemCount: all.length - end,
        }
      : {}),
  };
  const kind = isMetadataOnly ? 'PartialObjectMetadataList' : `${collection.kind}List`;
  send(response, 200, {
    kind,
    apiVersion: isMetadataOnly ? 'meta.k8s.io/v1' : collection.apiVersion,
    metadata,
    items,
  });
}

/** Group versions by group, the newest first: the one a server prefers. */
function versionsOf(collections: Map<string, Collection>): Map<string, string[]> {
  const versions = [...new Set([...collections.values()].map((each) => each.apiVersion))]
    .filter((each) => each.includes('/'))
    .sort((one, other) => one.length - other.length || (one < other ? 1 : -1));
  return Map.groupBy(versions, (each) => each.split('/')[0]!);
}

function groupsOf(collections: Map<string, Collection>): object[] {
  return [...versionsOf(collections)].map(([name, versions]) => {
    const all = versions.map((each) => ({ groupVersion: each, version: each.split('/')[1] }));
    return { name, versions: all, preferredVersion: all[0] };
  });
}

function discoveryOf(collections: Map<string, Collection>, down: string[]): object[] {
  return [...versionsOf(collections)].map(([name, versions]) => ({
    metadata: { name },
    versions: versions.map((groupVersion) => ({
      version: groupVersion.split('/')[1],
      freshness: down.includes(groupVersion) ? 'Stale' : 'Current',
      resources: [...collections.values()]
        .filter((each) => each.apiVersion === groupVersion && !down.includes(groupVersion))
        .map(({ plural, kind, isNamespaced }) => ({
          resource: plural,
          responseKind: { group: name, version: groupVersion.split('/')[1], kind },
          scope: isNamespaced ? 'Namespaced' : 'Cluster',
          verbs: ['get', 'list', 'watch'],
        })),
    })),
  }));
}

function discover(
  response: ServerResponse,
  groupVersion: string,
  collections: Map<string, Collection>,
): void {
  const own = [...collections.values()].filter((each) => each.apiVersion === groupVersion);
  if (own.length === 0) return status(response, 404, 'NotFound');
  const resources = own.flatMap(({ plural, kind, isNamespaced }) => [
    { name: plural, kind, namespaced: isNamespaced, verbs: ['get', 'list', 'watch'] },
    { name: `${plural}/status`, kind, namespaced: isNamespaced, verbs: ['get'] },
  ]);
  send(response, 200, { kind: 'APIResourceList', groupVersion, resources });
}

async function review(
  request: IncomingMessage,
  response: ServerResponse,
  rights: Rights,
): Promise<void> {
  let text = '';
  for await (const part of request) text += String(part);
  const { namespace } = (JSON.parse(text) as { spec: { namespace: string } }).spec;
  const isOpen = rights.namespaces === undefined || rights.namespaces.includes(namespace);
  const resourceRules = isOpen
    ? [
        {
          verbs: ['get', 'list'],
          apiGroups: rights.groups ?? ['*'],
          resources: rights.plurals ?? ['*'],
        },
      ]
    : [];
  send(response, 201, {
    kind: 'SelfSubjectRulesReview',
    status: { incomplete: false, nonResourceRules: [], resourceRules },
  });
}

function status(response: ServerResponse, code: number, reason: string): void {
  send(response, code, {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    reason,
    code,
    message: 'secret detail',
  });
}

function send(response: ServerResponse, code: number, body: unknown): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(text);
}
