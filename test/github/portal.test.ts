import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { makePortal, runCallboard, snapshotsOf } from './portal-run.ts';
import { canary, makeScene, type Scene } from './setup.ts';
import { makeOrganisation } from './organisation.ts';

let scene: Scene;
let portal: string;

beforeAll(async () => {
  scene = await makeScene(
    { repositories: 20, withDocs: 8, teams: 4, people: 12 },
    { tokens: { [canary]: { account: 'acme' } } },
  );
  await makeOrganisation(scene.world, {
    login: 'globex',
    repositories: 6,
    teams: 4,
    people: 8,
    seed: 2,
  });
  for (const repository of scene.world.ownedBy('globex')) repository.visibility = 'PUBLIC';
  portal = makePortal(join(scene.folder, 'portal'), scene.github.url, { githubOrg: true });
}, 60_000);
afterAll(() => scene.close());
beforeEach(() => {
  scene.github.faults.clear();
  scene.github.access.refill();
});

interface Kept {
  data: {
    entities: {
      ref: string;
      origin: { source: string; repository: string };
      entity: { spec: Record<string, unknown> };
    }[];
  };
  sources: {
    id: string;
    state: string;
    asOf: string;
    detail?: string;
    stats?: Record<string, number>;
  }[];
  problems: { code: string }[];
}

function catalog(folder: string): Kept {
  return JSON.parse(readFileSync(join(folder, 'content/snapshot/catalog.json'), 'utf8')) as Kept;
}

test('a run prints what it cost, and keeps it for the portal', async () => {
  const run = await runCallboard(portal, ['collect'], canary);

  expect(run.code).toBe(0);
  expect(run.stderr).toMatch(
    /acme: requests \d+, graphql requests \d+, rest requests \d+, downloads 8, repeated 0, bytes \d+, seconds [\d.]+, graphql points left \d+/,
  );
  expect(catalog(portal).sources[0]!.stats).toMatchObject({ downloads: 8 });
  expect(run.stderr + run.stdout).not.toContain(canary);
});

test('the snapshots alone are enough for a run that changes nothing, downloads nothing, and a portal of the same bytes', async () => {
  const before = snapshotsOf(portal);
  const folder = makePortal(join(scene.folder, 'restored'), scene.github.url, { githubOrg: true });
  cpSync(join(portal, 'content'), join(folder, 'content'), { recursive: true });
  scene.github.log = [];

  const run = await runCallboard(folder, ['collect', '--quiet'], canary);

  expect(run.code).toBe(0);
  expect(scene.github.count('codeload')).toBe(0);
  // Alerts have no object ids: they are asked for once per organisation.
  expect(scene.github.count('rest')).toBe(2);
  expect(scene.github.count('graphql')).toBeLessThanOrEqual(4);
  expect(snapshotsOf(folder)).toBe(before);
});

test('hand-written and organisation teams of a name are one', async () => {
  const repository = [...scene.world.repositories.values()][0]!;
  await scene.world.change(
    repository,
    {
      'catalog-info.yaml':
        'apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: payments\n  description: Written\nspec:\n  type: squad\n  children: []\n  members: [somebody-else]\n',
    },
    '2026-11-02T00:00:00Z',
  );
  await runCallboard(portal, ['collect', '--quiet'], canary);

  const { data, problems } = catalog(portal);
  const group = data.entities.find(({ ref }) => ref === 'group:default/payments')!;
  expect(group.origin.repository).toContain(repository.name);
  expect(group.entity.spec).toMatchObject({ type: 'squad', parent: 'checkout' });
  expect(group.entity.spec['members']).toEqual(
    expect.arrayContaining(['somebody-else', 'grace-lovelace']),
  );
  expect(problems.map(({ code }) => code)).not.toContain('catalog/duplicate');
});

test('a rate limit ends a run with 0 and a warning, with --strict with 1; the portal keeps what it had', async () => {
  await runCallboard(portal, ['collect', '--quiet'], canary);
  const before = catalog(portal);
  scene.github.faults.add({ on: 'graphql', effect: { type: 'rate-limit', resetIn: 3000 } });

  const run = await runCallboard(portal, ['collect'], canary);
  expect(run.code).toBe(0);
  expect(run.stderr).toMatch(
    /stale \(as of .*\): acme: GitHub's rate limit is reached; it is reset in 50 min/,
  );
  const after = catalog(portal);
  expect(after.data).toEqual(before.data);
  expect(after.sources[0]).toMatchObject({ state: 'stale', asOf: before.sources[0]!.asOf });
  expect(after.problems.map(({ code }) => code)).toContain('github/stopped-early');

  const strict = await runCallboard(portal, ['collect', '--strict'], canary);
  expect(strict.code).toBe(1);
});

test('without credentials and with nothing known a run ends with 3 and names the variables', async () => {
  const empty = makePortal(join(scene.folder, 'empty'), scene.github.url);
  const run = await runCallboard(empty, ['collect'], '');
  expect(run.code).toBe(3);
  expect(run.stderr).toContain('set CALLBOARD_GITHUB_APP_ID and CALLBOARD_GITHUB_APP_PRIVATE_KEY');
});

test('one organisation that fails leaves the other fresh', async () => {
  const folder = makePortal(join(scene.folder, 'two'), scene.github.url);
  const sources = ['acme', 'globex'].map((organization) => ({
    type: 'github',
    organization,
    host: scene.github.url,
  }));
  writeFileSync(
    join(folder, 'callboard.config.ts'),
    `export default ${JSON.stringify({ sources })};\n`,
  );
  await runCallboard(folder, ['collect', '--quiet'], canary);
  const whole = catalog(folder);
  scene.github.faults.add({
    on: 'graphql',
    match: /"login":"globex"/,
    effect: { type: 'status', status: 503 },
  });

  const run = await runCallboard(folder, ['collect', '--quiet'], canary);

  expect(run.code).toBe(0);
  const { sources: states, data } = catalog(folder);
  expect(states.map(({ state }) => state)).toEqual(['fresh', 'stale']);
  expect(data.entities.map(({ ref }) => ref)).toEqual(whole.data.entities.map(({ ref }) => ref));
}, 60_000);

test('four shards and a merge give the snapshots of one run', async () => {
  const one = makePortal(join(scene.folder, 'one'), scene.github.url, { githubOrg: true });
  await runCallboard(one, ['collect', '--quiet'], canary);
  const parts: string[] = [];
  for (const part of [1, 2, 3, 4]) {
    const folder = makePortal(join(scene.folder, `part-${part}`), scene.github.url, {
      githubOrg: true,
    });
    const run = await runCallboard(folder, ['collect', '--quiet', '--shard', `${part}/4`], canary);
    expect(run.code).toBe(0);
    parts.push(join(folder, 'content/snapshot/sources'));
  }
  const joined = makePortal(join(scene.folder, 'joined'), scene.github.url, { githubOrg: true });
  const run = await runCallboard(joined, ['collect', '--quiet', '--merge', ...parts], canary);

  expect(run.code).toBe(0);
  expect(snapshotsOf(joined)).toBe(snapshotsOf(one));
  const lacking = await runCallboard(joined, ['collect', '--merge', ...parts.slice(0, 3)], canary);
  expect(lacking.code).toBe(3);
  expect(lacking.stderr).toContain('acme lacks part 4 of 4');
}, 120_000);

test('the summary of a job tells sources and costs', async () => {
  const run = await runCallboard(portal, ['summary'], canary);
  expect(run.stdout).toMatch(/\| github:127.0.0.1:\d+\/acme \| .*requests/);
  const wrong = await runCallboard(portal, ['collect', '--shard', '5/4'], canary);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain('--shard says 5/4, expected which of how many parts, e.g. 1/4.');
});
