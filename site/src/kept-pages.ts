/** Says of a page whether the last build made it of the same things. `path` is that of its file. */
export type KeptPages = (path: string, cacheKey: string) => boolean;

const place = Symbol.for('callboard.kept-pages');

/** Set by the build, read by the pages, which Astro bundles: the two share nothing but the process. */
export function setKeptPages(kept: KeptPages | undefined): void {
  Reflect.set(globalThis, place, kept);
}

/** The routes whose pages have to be made; in development, all of them. */
export function withoutKept<T extends { params: { path: string }; cacheKey?: string }>(
  routes: readonly T[],
): T[] {
  const isKept = Reflect.get(globalThis, place) as KeptPages | undefined;
  if (!isKept) return [...routes];
  return routes.filter(
    ({ params, cacheKey }) =>
      cacheKey === undefined || !isKept(`${params.path}/index.html`, cacheKey),
  );
}
