/** A repository as a source offers it. Paths are relative to its root, with forward slashes. */
export interface Repository {
  /** Id of the source in the configuration it came from. */
  readonly source: string;
  /** `owner/name`; sources of another host than github.com put the host first. */
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  /** Web address, e.g. `https://github.com/acme/checkout`; absent for a folder without a remote. */
  readonly url?: string | undefined;
  readonly branch?: string | undefined;
  /** Full object id of the commit read, where there is one. */
  readonly commit?: string | undefined;
  /** ISO 8601: newest change seen in it. */
  readonly asOf: string;
  /** Globs of the files that hold catalog entities. */
  readonly catalogFiles: readonly string[];
  readonly description?: string | undefined;
  readonly topics?: readonly string[] | undefined;
  /** Targets of its Locations whose files the source offers as catalog files of other repositories. */
  readonly followed?: readonly string[] | undefined;
  /** Where the source can ask GitHub for more of it. */
  readonly github?: GithubAccess | undefined;
  /** Paths matching the globs, sorted; never ignored files, never through a link. */
  find(globs: readonly string[]): Promise<string[]>;
  /** Bytes of a file, or null where there is none. Throws a ReadError past `maxBytes`, outside the root or unreadable. */
  read(path: string, maxBytes?: number): Promise<Uint8Array | null>;
  /** Whether a file is kept as one to run; undefined, or absent, where the source does not know. */
  isExecutable?(path: string): Promise<boolean | undefined>;
  /** Last change of the files below a folder and who made them, newest first; absent where the source keeps no history. */
  history?(folder: string): Promise<ReadonlyMap<string, { at: string; by: string[] }>>;
}

/** The way to ask GitHub about one repository, with the source's credentials, counted among its requests. */
export interface GithubAccess {
  readonly nodeId: string;
  /** Login of the account it belongs to. */
  readonly account: string;
  /** Address of the host's pages, e.g. `https://github.com`. */
  readonly host: string;
  /** Changes when its runs, releases, pull requests or issues may have changed. */
  readonly activityKey: string;
  /** Runs a GraphQL query; errors beside data are handed over, not thrown. */
  query<T extends object>(
    query: string,
    variables: Record<string, unknown>,
  ): Promise<{ data: T | null; errors: { message: string; path?: (string | number)[] }[] }>;
  /** `GET`s a REST route. `next` is the address of the next page. */
  get<T>(
    route: string,
    parameters?: Record<string, unknown>,
  ): Promise<{ data: T; next: string | undefined }>;
}
