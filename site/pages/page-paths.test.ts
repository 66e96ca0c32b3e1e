import { expect, test } from 'vitest';
import { pathsOf, type PageRoute } from './page-paths.ts';

function route(more: Partial<PageRoute>): PageRoute {
  return { component: 'page.astro', prerender: true, type: 'page', segments: [], ...more };
}
const spread = route({
  segments: [
    [{ content: 'search', dynamic: false, spread: false }],
    [{ content: '...list', dynamic: true, spread: true }],
  ],
});

test.each([
  ['/', 'index.html'],
  ['/404', '404.html'],
  ['/teams', 'teams/index.html'],
])('the route %s is the file %s', async (pathname, file) => {
  const paths = await pathsOf(route({ pathname }), {});

  expect(paths.map((path) => path.file)).toEqual([file]);
});

test.each([
  ['api/2', 'search/api/2/index.html'],
  [undefined, 'search/index.html'],
  ['c#', 'search/c%23/index.html'],
  ['why?', 'search/why%3F/index.html'],
  ['cafe\u0301', 'search/caf\u00E9/index.html'],
])('a parameter that is %s gives the file %s', async (list, file) => {
  async function getStaticPaths() {
    return [{ params: { list }, cacheKey: 'key' }];
  }

  expect(await pathsOf(spread, { getStaticPaths })).toEqual([
    expect.objectContaining({ file, cacheKey: 'key' }),
  ]);
});

test('what is no page of its own has no path', async () => {
  expect(await pathsOf(route({ type: 'redirect', pathname: '/old' }), {})).toEqual([]);
  expect(await pathsOf(route({ prerender: false, pathname: '/live' }), {})).toEqual([]);
});
