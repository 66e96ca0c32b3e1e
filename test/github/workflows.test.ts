import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { validateAction, validateWorkflow } from '@action-validator/core';
import { parse as parseToml } from 'smol-toml';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

import { gitEnvironment } from './git.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, '.github/workflows');
const workflows = readdirSync(folder).filter((name) => name.endsWith('.yml'));
const run = promisify(execFile);

interface Step {
  uses?: string;
  run?: string;
}

interface Job {
  permissions?: unknown;
  'timeout-minutes'?: number;
  /** Another workflow; it has steps otherwise. */
  uses?: string;
  steps?: Step[];
}

interface Workflow {
  on: Record<string, { cron: string }[]>;
  permissions?: unknown;
  concurrency?: { 'cancel-in-progress': boolean };
  jobs: Record<string, Job>;
}

function read(name: string): Workflow {
  return parse(readFileSync(join(folder, name), 'utf8')) as Workflow;
}

function stepsOf(name: string): Step[] {
  return Object.values(read(name).jobs).flatMap(({ steps = [] }) => steps);
}

test.each(workflows)('%s is a valid workflow', (name) => {
  const { errors } = validateWorkflow(readFileSync(join(folder, name), 'utf8'));
  expect(errors).toEqual([]);
});

test('the validator finds what is wrong', () => {
  expect(validateWorkflow('on: push\njobs: { a: { steps: [] } }').errors).not.toEqual([]);
});

test('action.yml is a valid action', () => {
  const text = readFileSync(join(root, 'action.yml'), 'utf8');
  expect(validateAction(text).errors).toEqual([]);
  const { runs } = parse(text) as { runs: { steps: Step[] } };
  for (const step of runs.steps) expect(step.run).not.toMatch(/\$\{\{/);
});

test.each(workflows)('%s pins its actions and asks for the least', (name) => {
  const { permissions, jobs } = read(name);
  expect(permissions).toBeDefined();
  for (const job of Object.values(jobs))
    if (job.uses === undefined) expect(job['timeout-minutes']).toBeGreaterThan(0);
    else expect(job.uses).toBe('./.github/workflows/publish.yml');
  for (const { uses, run: script } of stepsOf(name)) {
    if (uses !== undefined) expect(uses).toMatch(/^\.\/$|^[\w-]+\/[\w/-]+@[0-9a-f]{40}$/);
    // Values reach scripts as variables: what an expression puts into a script is run.
    expect(script ?? '').not.toMatch(/\$\{\{/);
  }
});

test.each(workflows)('%s has scripts that bash can read', async (name) => {
  for (const { run: script } of stepsOf(name))
    if (script !== undefined) await run('bash', ['-n', '-c', script]);
});

test('the portal runs at an odd minute, is never cancelled, and listens for changes', () => {
  const { on, concurrency } = read('portal.yml');
  expect(Object.keys(on).sort()).toEqual([
    'push',
    'repository_dispatch',
    'schedule',
    'workflow_dispatch',
  ]);
  for (const { cron } of on['schedule']!)
    for (const minute of cron.split(' ')[0]!.split(',')) expect(Number(minute) % 2).toBe(1);
  expect(concurrency).toMatchObject({ 'cancel-in-progress': false });
});

test('netlify.toml sets the headers and redirects', () => {
  const { build, headers, redirects } = parseToml(
    readFileSync(join(root, 'netlify.toml'), 'utf8'),
  ) as {
    build: { publish: string };
    headers: { for: string; values: Record<string, string> }[];
    redirects: { from: string; to: string }[];
  };
  expect(build.publish).toBe('dist');
  const everywhere = headers.find((each) => each.for === '/*')!.values;
  expect(everywhere['Content-Security-Policy']).not.toMatch(/unsafe/);
  expect(Object.keys(everywhere)).toEqual(
    expect.arrayContaining([
      'Strict-Transport-Security',
      'X-Content-Type-Options',
      'Referrer-Policy',
      'Permissions-Policy',
    ]),
  );
  expect(headers.find((each) => each.for === '/_assets/*')!.values['Cache-Control']).toMatch(
    /immutable/,
  );
  expect(redirects.map(({ from }) => from)).toContain('/catalog-graph');
});

test('snapshots are committed when they changed, not when only times did', async () => {
  const work = await mkdtemp(join(tmpdir(), 'keep-'));
  const git = async (...parts: string[]) =>
    (await run('git', parts, { cwd: join(work, 'portal'), env: gitEnvironment })).stdout.trim();
  await run('git', [
    'init',
    '--quiet',
    '--bare',
    '--initial-branch=main',
    join(work, 'origin.git'),
  ]);
  await run('git', ['clone', '--quiet', join(work, 'origin.git'), join(work, 'portal')]);
  await writeFile(join(work, 'portal/readme.md'), 'x');
  await git('add', '.');
  await git(
    '-c',
    'user.name=a',
    '-c',
    'user.email=a@b.c',
    'commit',
    '--quiet',
    '--message',
    'Begin',
  );
  await git('push', '--quiet', 'origin', 'HEAD:main');
  const keep = async (name: string, asOf: string) => {
    const snapshot = {
      data: { name },
      sources: [{ id: 'github:acme', asOf, stats: { requests: asOf.length, seconds: 3 } }],
    };
    await mkdir(join(work, 'new/snapshot'), { recursive: true });
    await writeFile(join(work, 'new/snapshot/catalog.json'), JSON.stringify(snapshot, null, 1));
    await run('bash', [join(root, '.github/keep-snapshots.sh'), join(work, 'new')], {
      cwd: join(work, 'portal'),
      env: gitEnvironment,
    });
    await git('fetch', '--quiet', 'origin', 'snapshots');
    return Number(await git('rev-list', '--count', 'FETCH_HEAD'));
  };

  expect(await keep('checkout', '2026-11-01')).toBe(1);
  expect(await keep('checkout', '2026-11-02 later')).toBe(1);
  expect(await keep('payments', '2026-11-03')).toBe(2);

  await cp(join(root, '.github/restore-snapshots.sh'), join(work, 'portal/restore.sh'));
  await run('bash', ['restore.sh'], { cwd: join(work, 'portal'), env: gitEnvironment });
  expect(await readFile(join(work, 'portal/content/snapshot/catalog.json'), 'utf8')).toContain(
    'payments',
  );
  expect(await git('ls-tree', '--name-only', 'FETCH_HEAD')).toBe('content');
  await rm(work, { recursive: true });
});
