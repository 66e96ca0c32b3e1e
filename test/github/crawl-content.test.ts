import { generateKeyPairSync } from 'node:crypto';
import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import type { SourceAnswer } from '../../collectors/sources/source.ts';
import { canary, contentsOf, makeScene, stateIn, type Scene } from './setup.ts';
import type { StandInRepository } from './world.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
});
const when = '2026-11-02T00:00:00Z';
let scene: Scene;
let all: StandInRepository[];

beforeAll(async () => {
  scene = await makeScene(
    { repositories: 20, withDocs: 4, people: 30, teams: 6 },
    {
      app: { id: 7, publicKey, installations: [{ id: 70, account: 'acme' }] },
      tokens: {
        [canary]: { account: 'acme' },
        actions: { kind: 'actions', account: 'acme', only: 'acme/none' },
      },
    },
  );
  all = [...scene.world.repositories.values()];
}, 60_000);
afterAll(() => scene.close());
beforeEach(() => {
  scene.github.faults.clear();
  scene.github.access.refill();
  scene.github.log = [];
});

function find(answer: SourceAnswer, name: string) {
  return answer.repositories.find((repository) => repository.name === name)!;
}

async function text(answer: SourceAnswer, name: string, path: string): Promise<string | null> {
  const bytes = await find(answer, name).read(path);
  return bytes && Buffer.from(bytes).toString();
}

test('links, submodules, LFS, large files and other encodings', async () => {
  const [one] = all as [StandInRepository];
  const latin = Buffer.from([0x23, 0x20, 0x63, 0x61, 0x66, 0xe9, 0x0a]);
  await scene.world.change(
    one,
    {
      'catalog-info.yml': { text: 'catalog-info.yaml', mode: '120000' },
      'out.md': { text: '../../etc/passwd', mode: '120000' },
      vendor: { text: '0123456789012345678901234567890123456789', mode: '160000' },
      'image.png': 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5\n',
      'large.txt': 'x'.repeat(1_500_000),
      'bin/run.sh': { text: 'true\n', mode: '100755' },
      'latin.md': latin,
      'binary.bin': Buffer.from([0, 1, 2, 255]),
    },
    when,
  );

  const answer = await scene.crawl();

  const repository = find(answer, one.name);
  expect(await repository.find(['catalog-info.{yaml,yml}'])).toEqual(['catalog-info.yaml']);
  expect(await text(answer, one.name, 'catalog-info.yml')).toContain(`name: ${one.name}`);
  await expect(repository.read('out.md')).rejects.toThrow(/leads out of the repository/);
  expect(await repository.read('vendor')).toBeNull();
  expect(await repository.read('vendor/x')).toBeNull();
  await expect(repository.read('image.png')).rejects.toThrow(/Git LFS/);
  expect((await repository.read('large.txt'))!.length).toBe(1_500_000);
  await expect(repository.read('large.txt', 1_000_000)).rejects.toMatchObject({
    reason: 'too-large',
  });
  expect(Buffer.from((await repository.read('latin.md'))!)).toEqual(latin);
  expect([...(await repository.read('binary.bin'))!]).toEqual([0, 1, 2, 255]);
  expect(await repository.find(['bin/**'])).toEqual(['bin/run.sh']);
  expect(await repository.isExecutable!('bin/run.sh')).toBe(true);
  expect(await repository.read('none/at/all.md')).toBeNull();
});

test('empty repositories and those that vanish between two requests do no harm', async () => {
  const empty: StandInRepository = {
    ...all[1]!,
    databaseId: 901,
    nodeId: 'R_00000901',
    name: 'empty',
    commit: null,
    defaultBranch: null,
  };
  scene.world.repositories.set('acme/empty', empty);
  const vanishing = all[2]!;
  scene.github.faults.add({
    on: 'rest',
    match: new RegExp(vanishing.name),
    effect: { type: 'status', status: 404 },
  });

  const answer = await scene.crawl({ kept: 'empty' });

  expect(answer.state.state).toBe('fresh');
  expect(find(answer, 'empty')).toBeUndefined();
  expect(answer.repositories).toHaveLength(20);
  scene.world.remove(empty);
});

test('a renamed repository is the same repository, and nothing of it is fetched again', async () => {
  await scene.crawl({ kept: 'renamed' });
  const moved = all[4]!;
  scene.github.log = [];
  scene.world.rename(moved, 'acme', 'new-name');

  const answer = await scene.crawl({ kept: 'renamed' });

  expect(find(answer, 'new-name').id).toMatch(/acme\/new-name$/);
  expect(answer.repositories).toHaveLength(20);
  expect(scene.github.count('codeload')).toBe(0);
});

test('a repository renamed between the sweep and its archive is followed', async () => {
  const moved = all[9]!;
  await scene.world.change(moved, { 'docs/index.md': '# Moved\n' }, when);
  const before = moved.name;
  await scene.crawl({
    kept: 'moved',
    context: {
      progress: (done, total, what) => {
        if (what?.startsWith('repositories,') && done === total)
          scene.world.rename(moved, 'acme', 'moved-later');
      },
    },
  });
  const answer = await scene.crawl({ kept: 'moved' });

  expect(before).not.toBe('moved-later');
  expect(await text(answer, 'moved-later', 'docs/index.md')).toBe('# Moved\n');
});

test('Locations lead to other repositories, once each, and never in a circle for ever', async () => {
  const [a, b] = [all[5]!, all[6]!];
  const branch = 'main';
  const location = (name: string, ...targets: string[]) =>
    `apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: { name: ${name} }\nspec:\n  targets:\n${targets.map((each) => `    - ${each}\n`).join('')}`;
  const target = `${scene.github.url}/acme/${b.name}/blob/${branch}/more/apis.yaml`;
  await scene.world.change(
    a,
    {
      'catalog-info.yaml': location(
        'a',
        './sub/parts.yaml',
        target,
        `${scene.github.url}/acme/none/blob/main/x.yaml`,
      ),
      'sub/parts.yaml': location('parts', '../catalog-info.yaml', './deep/*.yaml'),
      'sub/deep/one.yaml': 'kind: Component\n',
    },
    when,
  );
  await scene.world.change(
    b,
    {
      'more/apis.yaml': location(
        'b',
        `${scene.github.url}/acme/${a.name}/blob/${branch}/catalog-info.yaml`,
      ),
    },
    when,
  );

  const answer = await scene.crawl({ kept: 'locations' });

  expect(find(answer, b.name).catalogFiles).toContain('more/apis.yaml');
  expect(find(answer, a.name).followed).toEqual([target]);
  expect(await text(answer, a.name, 'sub/deep/one.yaml')).toBe('kind: Component\n');
  const asked = scene.github.log.length;
  expect(await text(answer, b.name, 'more/apis.yaml')).toContain('kind: Location');
  expect(scene.github.log.length).toBe(asked);
});

test('globs below the root take one request per changed repository, none later', async () => {
  const options = { catalogPaths: ['**/catalog-info.yaml'], docs: false };
  await scene.world.change(
    all[7]!,
    { 'services/one/catalog-info.yaml': 'kind: Component\n' },
    when,
  );

  const answer = await scene.crawl({ kept: 'globs', options });
  expect(await find(answer, all[7]!.name).find(['**/catalog-info.yaml'])).toEqual([
    'catalog-info.yaml',
    'services/one/catalog-info.yaml',
  ]);
  expect(scene.github.count('rest', /git\/trees/)).toBe(20);

  scene.github.log = [];
  await scene.crawl({ kept: 'globs', options });
  expect(scene.github.count('rest')).toBe(0);
});

test('a tree GitHub cuts is listed by git', async () => {
  scene.world.treeLimit = 3;
  const answer = await scene.crawl({ kept: 'cut', options: { docs: false } });
  const repository = find(answer, all[13]!.name);

  expect(await repository.find(['src/**'])).toEqual(['src/main.ts', 'src/one.ts', 'src/two.ts']);
  expect(scene.github.count('git')).toBeGreaterThan(0);
  expect(Buffer.from((await repository.read('src/one.ts'))!).toString()).toContain('one');
  scene.world.treeLimit = 100_000;
});

test('docs at the root, and sites that include sites, come with one archive', async () => {
  const component = (name: string) =>
    `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: ${name}\n  annotations: { 'backstage.io/techdocs-ref': 'dir:.' }\nspec: { type: service, lifecycle: x, owner: y }\n`;
  const [root, including] = [all[15]!, all[16]!];
  await scene.world.change(
    root,
    {
      'catalog-info.yaml': component('root'),
      'mkdocs.yml': 'site_name: Root\ndocs_dir: .\n',
      'index.md': '# Root\n',
      'more/page.md': '# More\n',
      'more/run.sh': { text: 'true\n', mode: '100755' },
    },
    when,
  );
  await scene.world.change(
    including,
    {
      'catalog-info.yaml': component('including'),
      'mkdocs.yml': "site_name: All\nnav:\n  - One: '!include ./services/one/mkdocs.yml'\n",
      'services/one/mkdocs.yml': 'site_name: One\n',
      'services/one/docs/index.md': '# One\n',
    },
    when,
  );
  const answer = await scene.crawl({ kept: 'roots' });

  const asked = scene.github.log.length;
  expect(await find(answer, root.name).find(['**/*.md'])).toEqual([
    'README.md',
    'index.md',
    'more/page.md',
  ]);
  expect(await text(answer, root.name, 'more/page.md')).toBe('# More\n');
  expect(await find(answer, root.name).isExecutable!('more/run.sh')).toBe(true);
  expect(await find(answer, root.name).isExecutable!('more/page.md')).toBeUndefined();
  expect(await find(answer, including.name).find(['services/one/docs/**'])).toEqual([
    'services/one/docs/index.md',
  ]);
  expect(await text(answer, including.name, 'services/one/docs/index.md')).toBe('# One\n');
  expect(scene.github.log.length).toBe(asked);

  scene.github.log = [];
  await scene.crawl({ kept: 'roots' });
  expect(scene.github.count('codeload')).toBe(0);
});

test('a large repository comes by a sparse clone, with the same bytes', async () => {
  const archive = await scene.crawl({ kept: 'archive' });
  const large = all.find((repository) => repository.name === 'new-name')!;
  large.diskUsage = 500_000;
  scene.github.log = [];

  const clone = await scene.crawl({ kept: 'clone' });

  expect(scene.github.count('git')).toBeGreaterThan(0);
  expect(scene.github.count('git')).toBeLessThan(8);
  expect(await contentsOf(clone)).toBe(await contentsOf(archive));
  large.diskUsage = 100;
});

test('placeholders and docs in folders are fetched together', async () => {
  await scene.world.change(
    all[8]!,
    {
      'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata:\n  name: orders\n  annotations: { 'backstage.io/techdocs-ref': 'dir:./handbook' }\nspec: { type: openapi, lifecycle: x, owner: y, definition: { $text: ./api/openapi.yaml } }\n`,
      'api/openapi.yaml': 'openapi: 3.1.0\n',
      'handbook/mkdocs.yml': 'site_name: Orders\ndocs_dir: pages\n',
      'handbook/pages/index.md': '# Orders\n',
    },
    when,
  );

  const answer = await scene.crawl({ kept: 'together' });

  const asked = scene.github.log.length;
  expect(await text(answer, all[8]!.name, 'api/openapi.yaml')).toBe('openapi: 3.1.0\n');
  expect(await find(answer, all[8]!.name).find(['handbook/pages/**'])).toEqual([
    'handbook/pages/index.md',
  ]);
  expect(await text(answer, all[8]!.name, 'handbook/pages/index.md')).toBe('# Orders\n');
  expect(scene.github.log.length).toBe(asked);
});

test('filters are those of Backstage', async () => {
  let count = 0;
  all[10]!.isArchived = true;
  all[11]!.isFork = true;
  all[12]!.topics = ['secret'];
  const names = async (filters: object) =>
    (
      await scene.crawl({
        kept: `filters-${count++}`,
        options: { docs: false, filters },
      })
    ).repositories.map(({ name }) => name);

  expect(await names({})).toHaveLength(19);
  expect(await names({ archived: true, forks: false })).not.toContain(all[11]!.name);
  expect(await names({ topics: { exclude: ['secret'] } })).not.toContain(all[12]!.name);
  expect(await names({ topics: { include: ['secret'] } })).toEqual([all[12]!.name]);
  expect(await names({ repository: 'new-.*' })).toEqual(['new-name']);
  all[10]!.isArchived = false;
});

test('people and teams become catalog files', async () => {
  const answer = await scene.crawl({ kept: 'people', options: { githubOrg: true } });

  const people = find(answer, 'people');
  const groups = Buffer.from((await people.read('groups-0001.yaml'))!).toString();
  expect(groups).toContain('kind: Group\nmetadata:\n  name: checkout\n  namespace: default\n');
  expect(groups).toContain('github.com/team-slug: acme/checkout');
  expect(groups).toContain('parent: checkout');
  const users = Buffer.from((await people.read('users-0001.yaml'))!).toString();
  expect(users).toMatch(/name: ada-lovelace\n[\s\S]*memberOf:\n {4}- checkout\n/);
});

test('an app signs in, and gets a new token when the old one ends in the middle', async () => {
  scene.github.faults.add({
    on: 'rest',
    match: /tarball/,
    after: 1,
    times: 1,
    effect: { type: 'expire' },
  });
  const answer = await scene.crawl({
    kept: 'app',
    options: { app: true },
    environment: {
      CALLBOARD_GITHUB_APP_ID: '7',
      CALLBOARD_GITHUB_APP_PRIVATE_KEY: privateKey.replaceAll('\n', '\\n'),
    },
  });

  expect(answer.problems).toEqual([]);
  expect(answer.state.state).toBe('fresh');
  expect(answer.repositories).toHaveLength(20);
  expect(scene.github.count('rest', /access_tokens/)).toBe(2);
});

test.each([
  [
    'no credentials',
    {},
    /no credentials: set CALLBOARD_GITHUB_APP_ID and CALLBOARD_GITHUB_APP_PRIVATE_KEY, or CALLBOARD_GITHUB_TOKEN, or GITHUB_TOKEN in the environment/,
  ],
  ['a token of another host', { GITHUB_TOKEN: canary }, /no credentials/],
  ['a wrong token', { CALLBOARD_GITHUB_TOKEN: `${canary}x` }, /Bad credentials/],
  [
    'an app without this organisation',
    { CALLBOARD_GITHUB_APP_ID: '8', CALLBOARD_GITHUB_APP_PRIVATE_KEY: privateKey },
    /the App 8 could not sign in: Integration not found/,
  ],
])('%s: the source fails and says so', async (name, environment, reason) => {
  const answer = await scene.crawl({ kept: `none ${name}`, environment });
  expect(answer.state).toMatchObject({ state: 'failed' });
  expect(answer.state.detail).toMatch(reason);
});

test("a workflow's own token reads public repositories, and the crawl says so", async () => {
  const answer = await scene.crawl({
    kept: 'actions',
    environment: {
      GITHUB_TOKEN: 'actions',
      GITHUB_ACTIONS: 'true',
      GITHUB_SERVER_URL: scene.github.url,
    },
  });
  expect(answer.problems.map(({ code }) => code)).toEqual(['github/workflow-token']);
  expect(answer.repositories.length).toBe(
    all.filter(({ visibility }) => visibility === 'PUBLIC').length,
  );
});

test('four jobs give the bytes of one', async () => {
  const one = await scene.crawl({ kept: 'one', options: { githubOrg: true } });
  const parts = [1, 2, 3, 4].map((index) => `part-${index}`);
  const sizes: number[] = [];
  for (const [index, kept] of parts.entries())
    sizes.push(
      (
        await scene.crawl({
          kept,
          options: { githubOrg: true },
          context: { shard: { index: index + 1, count: 4 } },
        })
      ).repositories.length,
    );
  scene.github.log = [];

  const joined = await scene.crawl({
    kept: 'joined',
    options: { githubOrg: true },
    context: { parts: parts.map((part) => join(scene.folder, part)) },
  });

  expect(scene.github.log).toEqual([]);
  expect(await contentsOf(joined)).toBe(await contentsOf(one));
  expect(stateIn(join(scene.folder, 'joined'))).toEqual(stateIn(join(scene.folder, 'one')));
  expect(joined.state.state).toBe('fresh');
  expect(Math.max(...sizes)).toBeLessThan(18);
  await expect(
    scene.crawl({
      kept: 'lacking',
      context: { parts: parts.slice(1).map((part) => join(scene.folder, part)) },
    }),
  ).rejects.toThrow(/lacks part 1 of 4/);
});

test('jobs go on from what was joined, and one that is refused costs nobody their repositories', async () => {
  const options = { githubOrg: true };
  const parts = [1, 2, 3, 4].map((index) => join(scene.folder, `again-${index}`));
  await scene.crawl({ kept: 'whole', options });
  const changed = [...scene.world.repositories.values()][0]!;
  await scene.world.change(changed, { 'docs/index.md': '# Newer\n' }, '2026-11-20T00:00:00Z');
  scene.github.log = [];
  for (const [index, folder] of parts.entries()) {
    await cp(join(scene.folder, 'whole'), folder, { recursive: true });
    const refused = { environment: { CALLBOARD_GITHUB_TOKEN: 'ghp_wrong' } };
    await scene.crawl({
      kept: `again-${index + 1}`,
      options,
      context: { shard: { index: index + 1, count: 4 } },
      ...(index === 1 && refused),
    });
  }
  expect(scene.github.count('codeload')).toBeLessThanOrEqual(1);

  const joined = await scene.crawl({ kept: 'again', options, context: { parts } });

  expect(joined.state.state).toBe('stale');
  const whole = await scene.crawl({ kept: 'whole', options });
  expect(joined.repositories.map(({ id }) => id)).toEqual(whole.repositories.map(({ id }) => id));
});

test('what nothing refers to any more leaves the snapshot', async () => {
  await scene.crawl({ kept: 'pruned' });
  const before = stateIn(join(scene.folder, 'pruned'));
  const folder = join(scene.folder, 'pruned/v1');
  await mkdir(join(folder, 'objects/zz'), { recursive: true });
  await writeFile(join(folder, 'objects/zz/old'), 'x');
  await writeFile(join(folder, 'repositories/one.json.7-1.partial'), '{');
  scene.github.log = [];

  const answer = await scene.crawl({ kept: 'pruned' });

  expect(stateIn(join(scene.folder, 'pruned'))).toEqual(before);
  await contentsOf(answer);
  expect(scene.github.count('codeload')).toBe(0);
});

test('no token is in anything that was written or said', async () => {
  scene.github.faults.add({
    on: 'rest',
    effect: { type: 'status', status: 500, message: `token ${canary} is wrong` },
  });
  const broken = await scene.crawl({ kept: 'broken' });
  const said = JSON.stringify([broken.state, broken.problems]);
  expect(said).toContain('[secret]');

  const found: string[] = said.includes(canary) ? ['problems'] : [];
  for (const path of await readdir(scene.folder, { recursive: true, withFileTypes: true })) {
    if (!path.isFile() || path.parentPath.includes('/world')) continue;
    const bytes = await readFile(join(path.parentPath, path.name));
    if (bytes.includes(canary) || bytes.includes('ghs_') || bytes.includes('PRIVATE KEY'))
      found.push(path.name);
  }
  expect(found).toEqual([]);
});

test('nothing was asked that GitHub would refuse', () => {
  expect(scene.github.violations).toEqual([]);
});
