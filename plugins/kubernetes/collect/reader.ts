import type { Discovery } from './discovery.ts';
import type { KindInfo } from './kinds.ts';

export interface ListOptions {
  /** Names and labels only; for kinds whose content is not ours to read. */
  isMetadataOnly?: boolean;
  query?: Record<string, string>;
  /** Enough to know that it may be read. */
  isFirstPageOnly?: boolean;
}

/** Keeps what the portal needs of an object; undefined leaves it out. */
export type Keep<T> = (object: unknown) => T | undefined | Promise<T | undefined>;

/** Read access to one cluster: an API server, or a folder of recorded lists. */
export interface ClusterReader {
  /** Version of the API server and its clock; fails when the cluster cannot be reached. */
  probe(): Promise<{ version?: string | undefined; serverTime?: number | undefined }>;
  list<T>(
    info: KindInfo,
    namespace: string | undefined,
    options: ListOptions,
    keep: Keep<T>,
  ): Promise<T[]>;
  /** The custom resources named `<plural>.<group>` that exist there; all of them for `*`. */
  customKinds(names: readonly string[]): Promise<Discovery>;
  /** What the account may list in a namespace; undefined where the server does not tell. */
  mayList(namespace: string): Promise<((info: KindInfo) => boolean) | undefined>;
  close(): void;
}
