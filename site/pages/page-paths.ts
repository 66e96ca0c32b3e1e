/** A route of Astro's manifest. `pathname` where it is one page. */
export interface PageRoute {
  component: string;
  prerender: boolean;
  type: string;
  pathname?: string | undefined;
  segments: { content: string; dynamic: boolean; spread: boolean }[][];
}

/** A page to make. */
export interface PagePath {
  /** Path of its file in the portal: `teams/index.html`. */
  file: string;
  /** Path below the base, without slashes around it. */
  pathname: string;
  route: PageRoute;
  /** Changes with what the page shows; undefined where it is made by every build. */
  cacheKey: string | undefined;
}

interface StaticPath {
  params: Record<string, string | undefined>;
  cacheKey?: string;
}

/**
 * The pages of a route. Astro does the same in runtime/prerender/static-paths.js, but loads ninety modules for it.
 * `component` is the module of the route's page.
 */
export async function pathsOf(route: PageRoute, component: object): Promise<PagePath[]> {
  if (!route.prerender || route.type !== 'page') return [];
  if (route.pathname !== undefined) return [pathOf(route, route.pathname, undefined)];
  const { getStaticPaths } = component as { getStaticPaths(): Promise<StaticPath[]> };
  return (await getStaticPaths()).map(({ params, cacheKey }) =>
    pathOf(route, fill(route, params), cacheKey),
  );
}

function pathOf(route: PageRoute, path: string, cacheKey: string | undefined): PagePath {
  const pathname = path.replace(/^\/|\/$/g, '');
  return { file: fileOf(pathname), pathname, route, cacheKey };
}

function fileOf(pathname: string): string {
  if (pathname === '404') return '404.html';
  return pathname === '' ? 'index.html' : `${pathname}/index.html`;
}

function fill({ segments }: PageRoute, params: StaticPath['params']): string {
  const parts = segments.map((segment) =>
    segment
      .map(({ content, dynamic, spread }) => {
        if (!dynamic) return content;
        const value = params[spread ? content.slice('...'.length) : content] ?? '';
        // In a path as in an address, the two signs that would end it are written otherwise.
        return value.normalize().replaceAll('#', '%23').replaceAll('?', '%3F');
      })
      .join(''),
  );
  return parts.filter((part) => part !== '').join('/');
}
