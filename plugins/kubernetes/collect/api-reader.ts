import { at, listAt, textAt } from '../health/objects.ts';
import type { ApiClient } from './client.ts';
import { RequestError } from './errors.ts';
import type { Gate } from './gate.ts';
import { builtInKinds, collectionPath, groupOfKind } from './kinds.ts';
import type { KindInfo } from './kinds.ts';
import { list } from './list.ts';
import type { ClusterReader, Keep, ListOptions } from './reader.ts';

const builtInGroups = /^$|\.k8s\.io$|^(apps|batch|autoscaling|policy|extensions)$/;

/** Reads a live API server. */
export class ApiReader implements ClusterReader {
  readonly #client: ApiClient;
  readonly #gate: Gate;
  readonly #page: number;

  constructor(client: ApiClient, gate: Gate, page: number) {
    this.#client = client;
    this.#gate = gate;
    this.#page = page;
  }

  async probe(): Promise<{ version?: string | undefined; serverTime?: number | undefined }> {
    const { body, serverTime } = await this.#client.get('/version');
    return { version: textAt(body, 'gitVersion'), serverTime };
  }

  async list<T>(
    info: KindInfo,
    namespace: string | undefined,
    options: ListOptions,
    keep: Keep<T>,
  ): Promise<T[]> {
    const request = {
      client: this.#client,
      path: collectionPath(info, namespace),
      page: this.#page,
      gate: this.#gate,
      ...options,
    };
    return list(request, (object) => keep(typed(object as object, info)));
  }

  async customKinds(names: readonly string[]): Promise<KindInfo[]> {
    const groups = listAt((await this.#client.get('/apis')).body, 'groups');
    const wanted = groups.filter((group) => {
      const name = textAt(group, 'name') ?? '';
      if (names.includes('*') && !builtInGroups.test(name)) return true;
      return names.some((each) => each.endsWith(`.${name}`));
    });
    const found = await Promise.all(wanted.map((group) => this.#kindsOf(group)));
    return found.flat().filter((info) => {
      const isListed = names.includes(`${info.plural}.${groupOfKind(info)}`);
      return isListed || (names.includes('*') && !builtInGroups.test(groupOfKind(info)));
    });
  }

  async mayList(namespace: string): Promise<((info: KindInfo) => boolean) | undefined> {
    const review = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectRulesReview',
      spec: { namespace },
    };
    try {
      const { body } = await this.#client.post(
        '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
        review,
      );
      // Some authorizers cannot list their rules; then only asking for the objects tells.
      if (at(body, 'status', 'incomplete') === true) return undefined;
      const rules = listAt(body, 'status', 'resourceRules');
      return (info) =>
        rules.some(
          (rule) =>
            allows(rule, 'verbs', 'list') &&
            allows(rule, 'apiGroups', groupOfKind(info)) &&
            allows(rule, 'resources', info.plural),
        );
    } catch {
      return undefined;
    }
  }

  close(): void {
    this.#client.close();
  }

  /** A group whose server is down is left out: aggregated APIs fail on their own. */
  async #kindsOf(group: unknown): Promise<KindInfo[]> {
    const apiVersion = textAt(group, 'preferredVersion', 'groupVersion') ?? '';
    if (!/^[a-z0-9.-]+\/[a-z0-9]+$/.test(apiVersion)) return [];
    try {
      const resources = listAt((await this.#client.get(`/apis/${apiVersion}`)).body, 'resources');
      return resources.flatMap((resource) => kindOf(resource, apiVersion));
    } catch (error) {
      if (error instanceof RequestError && error.status > 0) return [];
      throw error;
    }
  }
}

function kindOf(resource: unknown, apiVersion: string): KindInfo[] {
  const plural = textAt(resource, 'name') ?? '';
  const kind = textAt(resource, 'kind') ?? '';
  const isReadable = listAt(resource, 'verbs').includes('list') && /^[a-z0-9]+$/.test(plural);
  const isKnown = builtInKinds.some((each) => each.kind === kind && each.apiVersion === apiVersion);
  if (!isReadable || isKnown) return [];
  return [
    {
      kind,
      apiVersion,
      plural,
      isNamespaced: at(resource, 'namespaced') === true,
      why: 'custom resource',
    },
  ];
}

function allows(rule: unknown, field: string, value: string): boolean {
  const names = listAt(rule, 'resourceNames');
  const list = listAt(rule, field);
  return names.length === 0 && (list.includes('*') || list.includes(value));
}

/** Items of a typed list carry neither kind nor version; metadata lists carry those of the metadata. */
function typed(object: object, info: KindInfo): unknown {
  return { ...object, apiVersion: info.apiVersion, kind: info.kind };
}
