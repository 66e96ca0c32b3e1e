import { cp } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { makeScene, type Scene } from './setup.ts';

let scene: Scene;

beforeAll(async () => {
  scene = await makeScene({ repositories: 2000, withDocs: 800, people: 200, teams: 40 });
}, 60_000);
afterAll(() => scene.close());
beforeEach(() => {
  scene.github.log = [];
});

const options = { githubOrg: true };

test('the first crawl of 2,000 repositories takes at most 1,000 API requests', async () => {
  const { state, problems, repositories } = await scene.crawl({ options });

  expect(problems).toEqual([]);
  expect(state.state).toBe('fresh');
  expect(repositories).toHaveLength(2001);
  expect(scene.github.count('codeload')).toBe(800);
  expect(scene.github.count('graphql') + scene.github.count('rest')).toBeLessThanOrEqual(1000);
  expect(state.stats?.['requests']).toBe(
    scene.github.count('graphql') + scene.github.count('rest'),
  );
}, 180_000);

test('a crawl with no change takes at most 85 queries and downloads nothing', async () => {
  await scene.crawl({ options });

  expect(scene.github.count('graphql')).toBeLessThanOrEqual(85);
  expect(scene.github.count('rest')).toBe(0);
  expect(scene.github.count('codeload')).toBe(0);
}, 60_000);

test('a machine that has nothing but the snapshot downloads nothing either, and reads every page', async () => {
  await cp(join(scene.folder, 'kept'), join(scene.folder, 'elsewhere'), { recursive: true });

  const { repositories } = await scene.crawl({ options, kept: 'elsewhere' });
  const pages = await Promise.all(
    repositories.map(async (each) => {
      const found = await each.find(['docs/**']);
      for (const path of found) await each.read(path);
      return found.length;
    }),
  );

  expect(pages.filter((count) => count > 0)).toHaveLength(800);
  expect(scene.github.count('graphql')).toBeLessThanOrEqual(85);
  expect(scene.github.count('rest')).toBe(0);
  expect(scene.github.count('codeload')).toBe(0);
}, 60_000);

test('10 changed repositories take at most 100 requests', async () => {
  const changed = [...scene.world.repositories.values()]
    .filter((_, index) => index % 5 === 4)
    .slice(0, 10);
  for (const repository of changed)
    await scene.world.change(repository, { 'docs/index.md': '# New\n' }, '2026-11-02T00:00:00Z');

  const { repositories } = await scene.crawl({ options });

  expect(scene.github.count('codeload')).toBe(10);
  expect(scene.github.log.filter(({ kind }) => kind !== 'codeload').length).toBeLessThanOrEqual(
    100,
  );
  const one = repositories.find(({ name }) => name === changed[3]!.name)!;
  expect(Buffer.from((await one.read('docs/index.md'))!).toString()).toBe('# New\n');
}, 60_000);

test('nothing was asked that GitHub would refuse', () => {
  expect(scene.github.violations).toEqual([]);
});
