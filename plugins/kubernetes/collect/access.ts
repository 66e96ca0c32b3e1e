import type { AccessGap } from '../schema.ts';
import { RequestError } from './errors.ts';
import { groupOfKind, isCustom } from './kinds.ts';
import type { KindInfo } from './kinds.ts';
import type { ClusterReader, Keep, ListOptions } from './reader.ts';

/**
 * Lists kinds with whatever rights there are: the whole cluster at once where that is allowed, namespace by namespace
 * where it is not. What stays closed becomes a fact, not an error.
 */
export class AccessibleLists {
  readonly gaps: AccessGap[] = [];
  readonly #reader: ClusterReader;
  readonly #only: readonly string[] | undefined;
  readonly #candidates: () => Promise<readonly string[]>;
  readonly #rules = new Map<string, ReturnType<ClusterReader['mayList']>>();
  readonly #used = new Set<string>();

  /** `only` are the namespaces to read; `candidates` those to try when the whole cluster is closed. */
  constructor(
    reader: ClusterReader,
    only: readonly string[] | undefined,
    candidates: () => Promise<readonly string[]>,
  ) {
    this.#reader = reader;
    this.#only = only;
    this.#candidates = candidates;
  }

  /** Namespaces read one by one; undefined when everything was read at once. */
  get namespaces(): string[] | undefined {
    return this.#used.size === 0 ? undefined : [...this.#used].sort();
  }

  async list<T>(info: KindInfo, options: ListOptions, keep: Keep<T>): Promise<T[]> {
    if (this.#only !== undefined && info.isNamespaced)
      return this.#perNamespace(info, this.#only, options, keep);
    try {
      return await this.#reader.list(info, undefined, options, keep);
    } catch (error) {
      const failure = asRequestError(error);
      if (failure.status === 403 && info.isNamespaced) {
        const candidates = await this.#candidates();
        if (candidates.length > 0) return this.#perNamespace(info, candidates, options, keep);
      }
      this.#note(nameOf(info), undefined, failure);
      return [];
    }
  }

  /** Writes down what could not be read without being a kind of its own. */
  note(what: string, failure: RequestError): void {
    this.#note(what, undefined, failure);
  }

  async #perNamespace<T>(
    info: KindInfo,
    namespaces: readonly string[],
    options: ListOptions,
    keep: Keep<T>,
  ): Promise<T[]> {
    const lists = await Promise.all(
      namespaces.map(async (namespace) => {
        if (!(await this.#mayTry(info, namespace))) {
          this.#note(nameOf(info), namespace, forbidden);
          return [];
        }
        try {
          const found = await this.#reader.list(info, namespace, options, keep);
          this.#used.add(namespace);
          return found;
        } catch (error) {
          this.#note(nameOf(info), namespace, asRequestError(error));
          return [];
        }
      }),
    );
    return lists.flat();
  }

  async #mayTry(info: KindInfo, namespace: string): Promise<boolean> {
    if (!this.#rules.has(namespace)) this.#rules.set(namespace, this.#reader.mayList(namespace));
    const mayList = await this.#rules.get(namespace);
    return mayList?.(info) ?? true;
  }

  /** A kind the server does not have is not a gap: there is nothing to see. */
  #note(kind: string, namespace: string | undefined, failure: RequestError): void {
    if (failure.status === 404) return;
    this.gaps.push({
      kind,
      ...(namespace === undefined ? {} : { namespace }),
      status: failure.status === 403 ? 'Forbidden' : 'Unreachable',
      detail: failure.message,
    });
  }
}

/** A custom resource by its full name: its kind may be that of another. */
export function nameOf(info: KindInfo): string {
  return isCustom(info) ? `${info.plural}.${groupOfKind(info)}` : info.kind;
}

const forbidden = new RequestError(
  'Forbidden',
  'the account may not read this',
  'Print the rights needed with `callboard kubernetes rbac`.',
  { status: 403 },
);

function asRequestError(error: unknown): RequestError {
  if (error instanceof RequestError) return error;
  throw error;
}
