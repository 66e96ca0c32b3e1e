import { at, listAt, textAt } from '../health/objects.ts';
import type { ApiClient } from './client.ts';
import { discoverKinds } from './discovery.ts';
import type { Discovery } from './discovery.ts';
import { RequestError } from './errors.ts';
import type { Gate } from './gate.ts';
import { collectionPath, groupOfKind } from './kinds.ts';
import type { KindInfo } from './kinds.ts';
import { list } from './list.ts';
import type { ClusterReader, Keep, ListOptions } from './reader.ts';

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
    try {
      return await this.#listAt(info.apiVersion, info, namespace, options, keep);
    } catch (error) {
      const isMissing = error instanceof RequestError && error.status === 404;
      if (!isMissing || info.older === undefined) throw error;
      return this.#listAt(info.older, info, namespace, options, keep);
    }
  }

  /** Objects of an older version are given out as the newer one: the fields we read have the same names in both. */
  async #listAt<T>(
    apiVersion: string,
    info: KindInfo,
    namespace: string | undefined,
    options: ListOptions,
    keep: Keep<T>,
  ): Promise<T[]> {
    const request = {
      client: this.#client,
      path: collectionPath({ ...info, apiVersion }, namespace),
      page: this.#page,
      gate: this.#gate,
      ...options,
    };
    return list(request, (object) => keep(typed(object as object, info)));
  }

  async customKinds(names: readonly string[]): Promise<Discovery> {
    return discoverKinds(this.#client, names);
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
