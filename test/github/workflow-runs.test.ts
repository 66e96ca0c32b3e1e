import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { parse as parseToml } from 'smol-toml';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';

import { runWorkflow, type RunSetting, type WorkflowRun } from './actions/run-workflow.ts';
import { git, gitEnvironment } from './git.ts';
import { snapshotsOf } from './portal-run.ts';
import { makeScene, type Scene } from './setup.ts';

const engine = join(import.meta.dirname, '../..');
const workflows = join(engine, '.github/workflows');
const run = promisify(execFile);

let scene: Scene;
let setting: RunSetting;
let issues: string;
let runs = 0;

beforeAll(async () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const installations = [{ id: 70, account: 'acme' }];
  scene = await makeScene(
    { repositories: 16, withDocs: 6, teams: 4, people: 8 },
    { app: { id: 7, publicKey, installations } },
  );
  const server = join(scene.folder, 'server');
  await makePortalRepository(server);
  issues = join(scene.folder, 'issues.json');
  const programs = join(scene.folder, 'programs');
  mkdirSync(programs);
  const script = join(import.meta.dirname, 'actions/gh.mjs');
  writeFileSync(
    join(programs, 'gh'),
    `#!/bin/sh\nGH_ISSUES='${issues}' exec '${process.execPath}' '${script}' "$@"\n`,
  );
  chmodSync(join(programs, 'gh'), 0o755);
  setting = {
    place: {
      server,
      repository: 'acme/portal',
      cache: undefined,
      artifacts: join(scene.folder, 'artifacts'),
      published: join(scene.folder, 'published'),
    },
    folder: join(scene.folder, 'runs'),
    vars: { CALLBOARD_APP_ID: '7' },
    secrets: { CALLBOARD_APP_PRIVATE_KEY: privateKey },
    programs,
  };
}, 60_000);
afterAll(() => scene.close());
beforeEach(() => {
  scene.github.faults.clear();
  scene.github.access.refill();
  scene.github.log = [];
});

/** The repository of a portal: our workflows, a configuration, and the engine. */
async function makePortalRepository(server: string): Promise<void> {
  const work = join(scene.folder, 'portal');
  mkdirSync(work);
  cpSync(join(engine, '.github'), join(work, '.github'), { recursive: true });
  for (const name of ['collectors', 'plugins', 'site', 'ui', 'node_modules', 'package.json'])
    symlinkSync(join(engine, name), join(work, name));
  const source = { type: 'github', organization: 'acme', host: scene.github.url, githubOrg: true };
  const config = { title: 'Acme', sources: [source] };
  writeFileSync(join(work, 'callboard.config.ts'), `export default ${JSON.stringify(config)};\n`);
  writeFileSync(join(work, '.gitignore'), '.callboard/\ndist/\ncontent/\n');
  const bare = join(server, 'acme/portal.git');
  mkdirSync(bare, { recursive: true });
  await git(bare, ['init', '--quiet', '--bare', '--initial-branch=main']);
  await git(work, ['init', '--quiet', '--initial-branch=main']);
  await git(work, ['add', '.']);
  const author = ['-c', 'user.name=Ada', '-c', 'user.email=ada@acme.example'];
  await git(work, [...author, 'commit', '--quiet', '--message', 'Begin']);
  await git(work, ['push', '--quiet', `file://${bare}`, 'HEAD:main']);
}

/** A run on machines that have nothing of the run before. */
async function start(file: string, changes: Partial<RunSetting> = {}): Promise<WorkflowRun> {
  rmSync(setting.place.artifacts, { recursive: true, force: true });
  mkdirSync(setting.place.artifacts, { recursive: true });
  const folder = join(setting.folder, String(++runs));
  return runWorkflow(join(workflows, file), { ...setting, folder, ...changes });
}

/** Runs that are not about pages leave the build and what needs it out. */
const withoutPages = ['Build', 'Hand the portal over', 'actions/deploy-pages'];
const skip = [...withoutPages, deployStep()];

function deployStep(): string {
  const { jobs } = parse(readFileSync(join(workflows, 'publish.yml'), 'utf8')) as {
    jobs: { pages: { steps: { uses: string }[] } };
  };
  return jobs.pages.steps[0]!.uses;
}

async function snapshotCommits(): Promise<number> {
  const bare = join(setting.place.server, 'acme/portal.git');
  const branches = await git(bare, ['branch', '--list', 'snapshots']);
  if (branches.trim() === '') return 0;
  return Number(await git(bare, ['rev-list', '--count', 'snapshots']));
}

async function keptContent(): Promise<string> {
  const folder = join(setting.folder, `kept-${++runs}`);
  const bare = `file://${setting.place.server}/acme/portal.git`;
  mkdirSync(folder, { recursive: true });
  await git(folder, ['clone', '--quiet', '--branch', 'snapshots', bare, '.']);
  return folder;
}

test('the first run has no branch to restore, publishes a portal and makes the branch', async () => {
  const { failed, summary, jobs } = await start('portal.yml');

  expect(failed).toEqual([]);
  expect(jobs).toEqual(['build', 'keep', 'pages', 'stale']);
  expect(summary).toMatch(/## Acme\n\n\| Source \| State \| As of \| Cost \|/);
  expect(summary).toMatch(/\| github:127\.0\.0\.1:\d+\/acme \| fresh \|.*requests, 6 downloads/);
  expect(summary).toMatch(/\| \*\*all\*\* \| \d+ \| \d+ \|/);
  expect(readFileSync(join(setting.place.published, 'index.html'), 'utf8')).toContain('Acme');
  expect(await snapshotCommits()).toBe(1);
  expect(existsSync(issues)).toBe(true);
  expect(JSON.parse(readFileSync(issues, 'utf8'))).toEqual([]);
}, 240_000);

test('a later run on another machine goes on from the branch, and commits nothing new', async () => {
  const { failed } = await start('portal.yml', { skip });

  expect(failed).toEqual([]);
  expect(scene.github.count('codeload')).toBe(0);
  expect(await snapshotCommits()).toBe(1);
}, 60_000);

test('a run that finds a change commits it once, and downloads that repository alone', async () => {
  // The organisation's third repository has docs.
  const repository = [...scene.world.repositories.values()][2]!;
  await scene.world.change(repository, { 'docs/index.md': '# Changed\n' }, '2026-11-20T00:00:00Z');

  const { failed } = await start('portal.yml', { skip });

  expect(failed).toEqual([]);
  expect(scene.github.count('codeload')).toBe(1);
  expect(await snapshotCommits()).toBe(2);
  const kept = await keptContent();
  expect(readdirSync(kept)).toEqual(['.git', 'content']);
}, 60_000);

test('an origin that cannot be asked ends the run: it is not taken for the first one', async () => {
  const place = { ...setting.place, server: join(scene.folder, 'nowhere') };
  const folder = join(setting.folder, String(++runs));
  mkdirSync(folder, { recursive: true });
  const environment = {
    ...gitEnvironment,
    GH_TOKEN: 'ghs_x',
    SERVER: `file://${place.server}`,
    REPOSITORY: place.repository,
  };
  const script = join(engine, '.github/fetch-snapshots.sh');

  await expect(run('bash', [script], { cwd: folder, env: environment })).rejects.toThrow(
    /does not appear to be a git repository/,
  );
});

test('one issue tells of a source that is stale, follows it, and is closed when it is over', async () => {
  const vars = { ...setting.vars, CALLBOARD_STALE_HOURS: '0' };
  scene.github.faults.add({ on: 'graphql', effect: { type: 'status', status: 503 } });
  const first = await start('portal.yml', { skip, vars });
  const second = await start('portal.yml', { skip, vars });

  expect([...first.failed, ...second.failed]).toEqual([]);
  const [issue, ...others] = readIssues();
  expect(others).toEqual([]);
  expect(issue).toMatchObject({ title: 'The portal shows old data', state: 'open', edits: 1 });
  expect(issue!.body).toMatch(/\*\*github:127\.0\.0\.1:\d+\/acme\*\* is stale: its data is of/);

  scene.github.faults.clear();
  await start('portal.yml', { skip, vars });
  expect(readIssues()[0]).toMatchObject({
    state: 'closed',
    comment: 'All sources are fresh again.',
  });
}, 120_000);

function readIssues(): { title: string; state: string; body: string; edits: number }[] {
  return JSON.parse(readFileSync(issues, 'utf8')) as ReturnType<typeof readIssues>;
}

test('where Netlify publishes, it is asked to build once the snapshots are kept, and builds from them', async () => {
  const asked: string[] = [];
  const hook = createServer((request, response) => {
    asked.push(request.method!);
    response.end();
  });
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/build`;

  const { failed, jobs } = await start('portal.yml', {
    skip,
    vars: { ...setting.vars, CALLBOARD_HOST: 'netlify' },
    secrets: { ...setting.secrets, NETLIFY_BUILD_HOOK: address },
  });

  expect(failed).toEqual([]);
  expect(jobs).toEqual(['build', 'keep', 'netlify', 'stale']);
  expect(asked).toEqual(['POST']);
  hook.close();

  const folder = join(setting.folder, `netlify-${++runs}`);
  mkdirSync(folder, { recursive: true });
  const origin = `file://${setting.place.server}/acme/portal.git`;
  await git(folder, ['clone', '--quiet', '--branch', 'main', '--depth', '1', origin, '.']);
  const { build } = parseToml(readFileSync(join(engine, 'netlify.toml'), 'utf8')) as {
    build: { command: string; publish: string };
  };
  await run('bash', ['-c', build.command], { cwd: folder, env: gitEnvironment });
  expect(existsSync(join(folder, build.publish, 'docs/index.html'))).toBe(true);
  expect(existsSync(join(folder, 'content/snapshot/sources'))).toBe(false);
}, 240_000);

test('the cache of Netlify is that of the builds', async () => {
  const { onPreBuild, onPostBuild } = (await import(
    join(engine, '.github/netlify-cache/index.js')
  )) as Record<'onPreBuild' | 'onPostBuild', (context: object) => Promise<void>>;
  const calls: string[] = [];
  const cache = {
    restore: (paths: string[]) => void calls.push(`restore ${paths.join(' ')}`),
    save: (paths: string[]) => void calls.push(`save ${paths.join(' ')}`),
  };
  await onPreBuild({ utils: { cache } });
  await onPostBuild({ utils: { cache } });
  expect(calls).toEqual(['restore .callboard dist', 'save .callboard dist']);
});

test('four jobs and one that joins them keep the snapshots of one job', async () => {
  const whole = await keptContent();
  const changed = [...scene.world.repositories.values()][1]!;
  await scene.world.change(changed, { 'README.md': 'Changed\n' }, '2026-11-21T00:00:00Z');

  const sharded = await start('portal-sharded.yml', { skip });
  expect(sharded.failed).toEqual([]);
  expect(sharded.jobs).toEqual(['crawl', 'build', 'keep', 'pages', 'stale']);
  expect(sharded.summary).toContain('/acme | fresh |');
  const joined = snapshotsOf(await keptContent());
  expect(joined).not.toBe(snapshotsOf(whole));

  const before = await snapshotCommits();
  await start('portal.yml', { skip });
  expect(snapshotsOf(await keptContent())).toBe(joined);
  expect(await snapshotCommits()).toBe(before);
}, 120_000);

test('the action checks a repository and annotates what is wrong', async () => {
  const { runs: action } = parse(readFileSync(join(engine, 'action.yml'), 'utf8')) as {
    runs: { steps: { run: string }[] };
  };
  const folder = join(setting.folder, 'team');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'catalog-info.yaml'),
    'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: not ok\n',
  );
  const environment = {
    ...gitEnvironment,
    GITHUB_ACTION_PATH: engine,
    CHECK_PATH: '.',
    CHECK_STRICT: 'false',
    CHECK_FILES: '',
  };

  const checked = run('bash', ['-e', '-c', action.steps[0]!.run], {
    cwd: folder,
    env: environment,
  });

  await expect(checked).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^::error file=catalog-info\.yaml,line=4,/m) as string,
  });
});

test('no secret is in anything the jobs left behind', () => {
  const files = [setting.folder, setting.place.artifacts, setting.place.published].flatMap(filesIn);
  const found = files.filter((file) =>
    /ghs_\w|-----BEGIN (?:RSA )?PRIVATE KEY/.test(readFileSync(file, 'latin1')),
  );

  expect(files.length).toBeGreaterThan(100);
  expect(found).toEqual([]);
});

/** Files below a folder; links to the engine are not followed. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return entry.isFile() ? [path] : [];
  });
}
