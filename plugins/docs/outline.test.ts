import { expect, test } from 'vitest';

import { headingsFor, navigationFor } from './outline.ts';
import type { NavNode } from './schema.ts';

function pages(count: number, folder: string): NavNode[] {
  return Array.from({ length: count }, (_, at) => ({
    title: `Page ${at} of ${folder}`,
    page: `${folder}/page-${at}.md`,
  }));
}

function titles(nodes: readonly NavNode[]): string[] {
  return nodes.flatMap(({ title, children }) => [title, ...titles(children ?? [])]);
}

test('a small navigation is shown whole', () => {
  const nav = [...pages(3, 'guide'), { title: 'More', children: pages(3, 'more') }];

  expect(navigationFor(nav, 'guide/page-1.md', [])).toEqual({ nodes: nav, isWhole: true });
});

test('of a large one, what is around the page is shown, with the sections it is in', () => {
  const inner = { title: 'Inner', children: pages(200, 'inner') };
  const outer = { title: 'Outer', children: [...pages(100, 'outer'), inner] };
  const nav = [...pages(100, 'first'), outer, ...pages(100, 'last')];

  const { nodes, isWhole } = navigationFor(nav, 'inner/page-120.md', [outer, inner]);

  expect(isWhole).toBe(false);
  expect(titles(nodes)).toEqual(expect.arrayContaining(['Outer', 'Inner', 'Page 120 of inner']));
  expect(JSON.stringify(nodes).length).toBeLessThan(2_500);
});

test.each([
  ['both levels where they fit', 5, 3, { isWhole: true, shown: 20, depths: [2, 3] }],
  ['the larger ones alone where not', 10, 30, { isWhole: false, shown: 10, depths: [2] }],
  ['the first of very many', 400, 1, { isWhole: false, shown: 18, depths: [2] }],
])('contents show %s', (_, sections, inner, { isWhole, shown, depths }) => {
  const headings = Array.from({ length: sections }, (_each, at) => [
    { depth: 2, id: `section-${at}`, text: `Section ${at}` },
    ...Array.from({ length: inner }, () => ({ depth: 3, id: `part-${at}`, text: `Part ${at}` })),
  ]).flat();

  const contents = headingsFor(headings);

  expect(contents.isWhole).toBe(isWhole);
  expect(contents.headings).toHaveLength(shown);
  expect([...new Set(contents.headings.map(({ depth }) => depth))]).toEqual(depths);
});
