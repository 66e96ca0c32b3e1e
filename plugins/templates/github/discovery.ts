import picomatch from 'picomatch';

/** A source of the portal that crawls GitHub, as far as it decides which repositories are read. */
export interface DiscoveringSource {
  id: string;
  host: string;
  /** Organisation or user; absent for an App, which reads every account that installed it. */
  account?: string | undefined;
  /** Regular expression the whole name must match. */
  names?: string | undefined;
  /** Whether topics or visibility decide too, which nobody knows of a repository before it is there. */
  isPicky: boolean;
  catalogPaths: readonly string[];
}

/** A catalog file on GitHub. */
export interface CatalogPlace {
  host: string;
  owner: string;
  repo: string;
  path: string;
}

/** The source that will read a catalog file at its next run by itself. */
export function discoveredBy(
  sources: readonly DiscoveringSource[],
  { host, owner, repo, path }: CatalogPlace,
): DiscoveringSource | undefined {
  return sources.find(
    (source) =>
      source.host === host &&
      (source.account === undefined || source.account.toLowerCase() === owner.toLowerCase()) &&
      (source.names === undefined || new RegExp(`^(?:${source.names})$`).test(repo)) &&
      !source.isPicky &&
      picomatch([...source.catalogPaths], { dot: true })(path),
  );
}

/** The place that the address of a file on GitHub names. */
export function catalogPlaceOf(address: string): CatalogPlace | undefined {
  if (!URL.canParse(address)) return undefined;
  const { host, pathname } = new URL(address);
  const [owner, repo, kind, branch, ...rest] = pathname.split('/').slice(1).map(decodeURIComponent);
  if (!owner || !repo || (kind !== 'blob' && kind !== 'tree') || !branch) return undefined;
  return { host, owner, repo, path: rest.join('/') };
}
