import { at, listAt, textAt } from '../health/objects.ts';
import type { ApiClient } from './client.ts';
import { RequestError } from './errors.ts';
import { builtInKinds, groupOfKind } from './kinds.ts';
import type { KindInfo } from './kinds.ts';

/** Everything in one answer where the server knows how (1.26 and later); the plain list of groups otherwise. */
const aggregated = [
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
  'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList',
  'application/json',
].join(',');

/** Groups an API server has by itself or for its metrics: `*` means what was added to a cluster. */
const ownGroups =
  /^(apps|autoscaling|batch|events|extensions|policy|((admissionregistration|apiextensions|apiregistration|authentication|authorization|rbac\.authorization|certificates|coordination|discovery|events|flowcontrol\.apiserver|internal\.apiserver|networking|node|resource|scheduling|storage|storagemigration|metrics|custom\.metrics|external\.metrics)\.k8s\.io))$/;

export interface Discovery {
  kinds: KindInfo[];
  /** Groups whose own server does not answer: what is in them is not known. */
  closed: string[];
}

/** The custom resources named `<plural>.<group>` that a server has; all of them for `*`. */
export async function discoverKinds(
  client: ApiClient,
  names: readonly string[],
): Promise<Discovery> {
  const { body } = await client.get('/apis', aggregated);
  const isAggregated = textAt(body, 'kind') === 'APIGroupDiscoveryList';
  const groups = listAt(body, isAggregated ? 'items' : 'groups');
  const wanted = groups.filter((group) => isWanted(nameOf(group), names));
  const found = await Promise.all(
    wanted.map(async (group) => (isAggregated ? inAnswer(group) : inGroup(client, group))),
  );
  const kinds = found
    .flatMap((each) => each.kinds)
    .filter(
      (info) =>
        names.includes(`${info.plural}.${groupOfKind(info)}`) ||
        (names.includes('*') && !ownGroups.test(groupOfKind(info))),
    );
  return { kinds, closed: found.flatMap((each) => each.closed).sort() };
}

function nameOf(group: unknown): string {
  return textAt(group, 'metadata', 'name') ?? textAt(group, 'name') ?? '';
}

function isWanted(group: string, names: readonly string[]): boolean {
  if (names.includes('*') && !ownGroups.test(group)) return true;
  return names.some((each) => each.slice(each.indexOf('.') + 1) === group);
}

/** Versions come in the server's order of preference; a kind is read in the first that has it. */
function inAnswer(group: unknown): Discovery {
  const found: Discovery = { kinds: [], closed: [] };
  for (const version of listAt(group, 'versions')) {
    const apiVersion = `${nameOf(group)}/${textAt(version, 'version') ?? ''}`;
    if (textAt(version, 'freshness') === 'Stale') found.closed.push(apiVersion);
    for (const resource of listAt(version, 'resources'))
      add(found, apiVersion, {
        plural: textAt(resource, 'resource'),
        kind: textAt(resource, 'responseKind', 'kind'),
        verbs: listAt(resource, 'verbs'),
        isNamespaced: textAt(resource, 'scope') === 'Namespaced',
      });
  }
  return found;
}

async function inGroup(client: ApiClient, group: unknown): Promise<Discovery> {
  const found: Discovery = { kinds: [], closed: [] };
  const preferred = textAt(group, 'preferredVersion', 'groupVersion');
  const versions = listAt(group, 'versions').map((each) => textAt(each, 'groupVersion'));
  for (const apiVersion of new Set([preferred, ...versions])) {
    if (apiVersion === undefined || !/^[a-z0-9.-]+\/[a-z0-9]+$/.test(apiVersion)) continue;
    try {
      const { body } = await client.get(`/apis/${apiVersion}`);
      for (const resource of listAt(body, 'resources'))
        add(found, apiVersion, {
          plural: textAt(resource, 'name'),
          kind: textAt(resource, 'kind'),
          verbs: listAt(resource, 'verbs'),
          isNamespaced: at(resource, 'namespaced') === true,
        });
    } catch (error) {
      // Aggregated APIs fail on their own; an answer, even a bad one, means that the API server lives.
      if (!(error instanceof RequestError) || error.status === 0) throw error;
      if (error.status !== 404) found.closed.push(apiVersion);
    }
  }
  return found;
}

interface Served {
  plural: string | undefined;
  kind: string | undefined;
  verbs: unknown[];
  isNamespaced: boolean;
}

/** Subresources have a slash in their name and are no objects of their own. */
function add(found: Discovery, apiVersion: string, served: Served): void {
  const { plural = '', kind = '', verbs, isNamespaced } = served;
  const isReadable = verbs.includes('list') && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(plural);
  const group = apiVersion.split('/')[0];
  const isKnown =
    found.kinds.some((each) => each.plural === plural) ||
    builtInKinds.some((each) => each.plural === plural && groupOfKind(each) === group);
  if (!isReadable || kind === '' || isKnown) return;
  found.kinds.push({ kind, apiVersion, plural, isNamespaced, why: 'custom resource' });
}
