import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { canary, makeScene, type Scene } from '../../test/github/setup.ts';
import type { CatalogSnapshot } from '../catalog/index.ts';
import type { CollectContext, ProblemInput, Repository } from '../types.ts';
import collect from './collect.ts';
import plugin from './plugin.ts';
import { ActivityOptions, type ActivitySnapshot } from './schema.ts';

let scene: Scene;

beforeAll(async () => {
  scene = await makeScene(
    { repositories: 60, withDocs: 0 },
    { tokens: { [canary]: { account: 'acme' }, blind: { account: 'acme', readsAlerts: false } } },
  );
}, 60_000);
afterAll(() => scene.close());
beforeEach(() => {
  scene.github.faults.clear();
  scene.github.access.refill();
  scene.github.log = [];
});

async function run(
  previous?: ActivitySnapshot,
  token: string = canary,
): Promise<{ data: ActivitySnapshot; problems: ProblemInput[] }> {
  const answer = await scene.crawl({
    kept: token,
    environment: { CALLBOARD_GITHUB_TOKEN: token },
  });
  scene.github.log = [];
  const problems: ProblemInput[] = [];
  const catalog = { entities: answer.repositories.map(entityOf), repositories: [] };
  const context: CollectContext<ActivityOptions, ActivitySnapshot> = {
    options: ActivityOptions.parse({}),
    repositories: answer.repositories,
    sources: [answer.state],
    previous,
    previousProblems: [],
    snapshot: <T>() => catalog as T,
    report: (problem) => void problems.push(problem),
    progress() {},
    folder: scene.folder,
    cache: scene.folder,
    workingDirectory: scene.folder,
    signal: new AbortController().signal,
  };
  const { data } = await collect(context);
  return { data: plugin.snapshot!.schema.parse(data), problems };
}

function entityOf({ id, name, owner }: Repository): CatalogSnapshot['entities'][number] {
  return {
    ref: `component:default/${name}`,
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name,
        namespace: 'default',
        annotations: { 'github.com/project-slug': `${owner}/${name}` },
      },
    },
    origin: { source: 'x', repository: id, file: 'catalog-info.yaml', line: 1, column: 1 },
    raw: '',
  } as CatalogSnapshot['entities'][number];
}

test('reads everything GitHub has of a repository, 25 repositories per query', async () => {
  const { data, problems } = await run();

  expect(problems).toEqual([]);
  expect(data.repositories).toHaveLength(60);
  expect(scene.github.count('graphql')).toBe(3);
  expect(scene.github.count('rest')).toBe(2);
  const one = [...scene.world.repositories.values()][39]!;
  const activity = data.repositories.find(({ repository }) => repository.endsWith(`/${one.name}`))!;
  expect(activity.workflows!.map(({ name }) => name)).toEqual(
    one.runs.map(({ workflow }) => workflow),
  );
  expect(activity.workflows![0]!.runs.length).toBe(3);
  expect(activity.releases.map(({ tag }) => tag)).toEqual(one.releases.map(({ tag }) => tag));
  expect(activity.pullRequests.total).toBe(one.pullRequests.length);
  expect(activity.openIssues).toBe(one.openIssues);
  expect(activity.languages[0]!.name).toBe(one.languages[0]!.name);
  expect(activity.contributors.reduce((sum, each) => sum + each.commits, 0)).toBe(3);
  const severity = one.dependabotAlerts[0]!.severity;
  expect(activity.dependabot![severity]).toBe(1);
  expect(data.repositories[0]!.codeScanning).not.toBeNull();
});

test('asks again only about what changed, and only once', async () => {
  const { data } = await run();
  const one = [...scene.world.repositories.values()][3]!;
  one.openIssues += 5;

  const again = await run(data);

  expect(scene.github.count('graphql')).toBe(1);
  const changed = again.data.repositories.find(({ repository }) =>
    repository.endsWith(`/${one.name}`),
  );
  expect(changed!.openIssues).toBe(one.openIssues);
  await run(again.data);
  expect(scene.github.count('graphql')).toBe(0);
});

test('what may not be read is not collected, and never none', async () => {
  const { data, problems } = await run(undefined, 'blind');

  expect(
    data.repositories.every(
      ({ dependabot, codeScanning }) => dependabot === null && codeScanning === null,
    ),
  ).toBe(true);
  expect(problems.map(({ message }) => message)).toEqual([
    'The dependabot alerts of acme may not be read with this token.',
    'The code-scanning alerts of acme may not be read with this token.',
  ]);
});

test('a query that is too much is asked by halves', async () => {
  scene.github.faults.add({
    on: 'graphql',
    match: /query Activity/,
    above: 7,
    effect: { type: 'status', status: 502 },
  });

  const { data, problems } = await run();

  expect(data.repositories).toHaveLength(60);
  expect(problems).toEqual([]);
});

test('a rate limit keeps what was known', async () => {
  const { data } = await run();
  for (const repository of scene.world.repositories.values()) repository.openIssues += 1;
  scene.github.faults.add({
    on: 'graphql',
    match: /query Activity/,
    effect: { type: 'rate-limit', resetIn: 3000 },
  });

  const again = await run(data);

  expect(again.data.repositories.map(({ openIssues }) => openIssues)).toEqual(
    data.repositories.map(({ openIssues }) => openIssues),
  );
  expect(again.problems[0]!.message).toBe(
    'The activity of 60 of 60 repositories could not be read; it is shown as the last run left it.',
  );
});

test('nothing was asked that GitHub would refuse', () => {
  expect(scene.github.violations).toEqual([]);
});
