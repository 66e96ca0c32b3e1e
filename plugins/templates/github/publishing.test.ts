import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { failureText } from '../commands/report.ts';
import { actionsWith, executableMode } from '../engine/index.ts';
import type { RunResult } from '../engine/index.ts';
import { run as runSteps, sourceOf } from '../engine/test-kit.ts';
import { githubClient } from './client.ts';
import { treeIdOf } from './git-tree.ts';
import { publishingHandlers } from './index.ts';
import { withRemoteSkeletons } from './remote-skeleton.ts';
import type { StandIn } from './stand-in.ts';
import { startStandIn } from './stand-in.ts';

const repoUrl = 'github.com?owner=acme&repo=checkout';
const skeleton = {
  'README.md': '# ${{ values.name }}\n',
  'bin/run.sh': { content: '#!/bin/sh\n', mode: executableMode },
  'bin.d/x': '',
};
const fetch = {
  id: 'fetch',
  action: 'fetch:template',
  input: { url: './skeleton', values: { name: 'Checkout' } },
};
const publish = {
  id: 'publish',
  action: 'publish:github',
  input: { repoUrl, description: 'Pays', topics: ['Go'] },
};
const pull = {
  id: 'pr',
  action: 'publish:github:pull-request',
  input: {
    repoUrl,
    branchName: 'add-docs',
    title: 'Add docs',
    description: 'x',
    targetPath: 'docs',
  },
};

let github: StandIn;

beforeEach(async () => {
  github = await startStandIn();
});

afterEach(() => github.close());

function run(steps: unknown[], values?: string): Promise<RunResult> {
  const actions = actionsWith(
    publishingHandlers({ token: 'secret-token', apiUrl: github.url, spacesWrites: false }),
  );
  const files = values === undefined ? skeleton : { ...skeleton, 'README.md': values };
  return runSteps(steps, {
    skeleton: files,
    actions,
    output: { url: '${{ steps.publish.output.remoteUrl }}' },
  });
}

test('a new repository gets the files with their modes, and a protected branch', async () => {
  const result = await run([fetch, publish]);

  expect(result.error).toBeUndefined();
  expect(github.files('acme/checkout', 'main')).toEqual({
    'README.md 100644': '# Checkout\n',
    'bin/run.sh 100755': '#!/bin/sh\n',
    'bin.d/x 100644': '',
  });
  expect(github.repos.get('acme/checkout')!.settings).toMatchObject({
    name: 'checkout',
    private: true,
    description: 'Pays',
  });
  expect([...github.repos.get('acme/checkout')!.protected]).toEqual(['main']);
  expect(result.output).toEqual({ url: 'https://github.com/acme/checkout.git' });
});

test('a repeated run changes nothing and gives the same outputs', async () => {
  const first = await run([fetch, publish]);
  const before = github.repos.get('acme/checkout')!.refs.get('main');

  const second = await run([fetch, publish]);

  expect(second.error).toBeUndefined();
  expect(second.output).toEqual(first.output);
  expect(github.repos.get('acme/checkout')!.refs.get('main')).toBe(before);
});

test('a name that is taken is never overwritten', async () => {
  await run([fetch, publish]);
  const before = github.repos.get('acme/checkout')!.refs.get('main');

  const result = await run([fetch, publish], 'other content');

  expect(failureText(result)).toBe(
    [
      'Step publish (publish:github) failed: Cannot create acme/checkout: the name is taken by https://github.com/acme/checkout. Nothing was changed there; choose another name',
      'Nothing outside of the workspace was changed.',
    ].join('\n'),
  );
  expect(github.repos.get('acme/checkout')!.refs.get('main')).toBe(before);
});

test('a token without the right to create says which one it needs', async () => {
  github.fault = (method, path) =>
    method === 'POST' && path.endsWith('/repos')
      ? {
          status: 403,
          body: { message: 'Resource not accessible by integration' },
          headers: { 'x-accepted-github-permissions': 'administration=write' },
        }
      : undefined;

  const result = await run([fetch, publish]);

  expect(failureText(result)).toBe(
    [
      'Step publish (publish:github) failed: Cannot create acme/checkout: the token lacks a permission (Resource not accessible by integration). It needs one of: administration=write',
      'Nothing outside of the workspace was changed.',
    ].join('\n'),
  );
});

test('a push that is rejected says what was done and how to undo it, and the next run goes on from there', async () => {
  github.fault = (method, path) =>
    method === 'PATCH' && path.includes('/git/refs/')
      ? { status: 422, body: { message: 'Repository rule violations found' } }
      : undefined;

  const result = await run([fetch, publish]);

  expect(failureText(result)).toBe(
    [
      'Step publish (publish:github) failed: Cannot push to acme/checkout: GitHub answered 422: Repository rule violations found',
      'Done before that:',
      '- created the repository https://github.com/acme/checkout. To undo: gh repo delete acme/checkout --yes',
      'Running it again with the same values goes on from there.',
    ].join('\n'),
  );
});

test('a run that died between creating and pushing is taken up again', async () => {
  github.fault = (_method, path) =>
    path.endsWith('/contents/.gitkeep') ? { status: 422, body: { message: 'later' } } : undefined;
  await run([fetch, publish]);
  github.fault = undefined;

  const result = await run([fetch, publish]);

  expect(result.error).toBeUndefined();
  expect(Object.keys(github.files('acme/checkout', 'main'))).toHaveLength(3);
});

test('a long rate limit ends the run and names the time it is over', async () => {
  github.fault = (_method, path) =>
    path.endsWith('/git/trees')
      ? {
          status: 403,
          body: { message: 'API rate limit exceeded' },
          headers: {
            'x-ratelimit-remaining': '0',
            'x-ratelimit-reset': '4102444800',
            'retry-after': '3600',
          },
        }
      : undefined;

  const result = await run([fetch, publish]);

  expect(result.error).toBe(
    "Step publish (publish:github) failed: Cannot push to acme/checkout: GitHub's rate limit is used up (API rate limit exceeded). Run it again after 2100-01-01T00:00:00.000Z; what was done is kept",
  );
});

test('a pull request carries the files into its folder; a second run finds it', async () => {
  await run([fetch, { ...publish, input: { repoUrl, protectDefaultBranch: false } }]);

  const first = await run([fetch, pull]);
  const second = await run([fetch, pull]);

  expect([first.error, second.error]).toEqual([undefined, undefined]);
  expect(github.repos.get('acme/checkout')!.pulls).toHaveLength(1);
  expect(Object.keys(github.files('acme/checkout', 'add-docs')).toSorted()).toContain(
    'docs/README.md 100644',
  );
  expect(second.log.at(-1)!.message).toBe(
    'https://github.com/acme/checkout/pull/1 is open already',
  );
});

test('a pull request deletes what it was told to', async () => {
  await run([fetch, publish]);
  const empty = { id: 'd', action: 'fs:delete', input: { files: ['README.md', 'bin', 'bin.d'] } };

  await run([fetch, empty, { ...pull, input: { ...pull.input, filesToDelete: ['bin/**'] } }]);

  expect(Object.keys(github.files('acme/checkout', 'add-docs'))).toEqual([
    'README.md 100644',
    'bin.d/x 100644',
  ]);
});

test('a branch of somebody else is left alone', async () => {
  await run([fetch, publish]);
  const repo = github.repos.get('acme/checkout')!;
  repo.refs.set('add-docs', repo.refs.get('main')!);

  const result = await run([fetch, pull]);

  expect(result.error).toBe(
    'Step pr (publish:github:pull-request) failed: Cannot open a pull request: acme/checkout has a branch add-docs already. Nothing was changed; choose another name, or set update',
  );
});

test('a webhook is added once, an issue names its undoing, the catalog is told what will appear', async () => {
  github.addRepo('acme/checkout');
  const hook = {
    id: 'h',
    action: 'github:webhook',
    input: { repoUrl, webhookUrl: 'https://ci.acme.example', webhookSecret: 'x' },
  };
  const issue = { id: 'i', action: 'github:issues:create', input: { repoUrl, title: 'Welcome' } };
  const register = {
    id: 'r',
    action: 'catalog:register',
    input: { repoContentsUrl: 'https://github.com/acme/checkout/blob/main' },
  };
  const write = {
    id: 'w',
    action: 'catalog:write',
    input: { entity: { kind: 'Component', metadata: { name: 'checkout' } } },
  };

  const result = await run([hook, hook, issue, write, register]);

  expect(result.error).toBeUndefined();
  expect(github.repos.get('acme/checkout')!.hooks).toHaveLength(1);
  expect(result.steps[2]!.effects).toEqual([
    {
      did: 'opened https://github.com/acme/checkout/issues/7',
      undo: 'gh issue close https://github.com/acme/checkout/issues/7',
    },
  ]);
  expect(result.log.at(-1)!.message).toBe(
    'component:default/checkout appears in the portal after its next collect, if it reads the repository',
  );
});

test('a repository name cannot become another path', async () => {
  const result = await run([
    { ...publish, input: { repoUrl: 'github.com?owner=acme&repo=..%2Fevil' } },
  ]);

  expect(result.error).toContain('Unexpected repository acme/../evil');
  expect(github.requests).toEqual([]);
});

test('a skeleton of a repository the portal does not read comes from GitHub, and from nowhere else', async () => {
  await run([fetch, publish]);
  const client = githubClient({ token: 'x', apiUrl: github.url, spacesWrites: false });
  const source = withRemoteSkeletons(sourceOf({}), client);

  const files = await source.tree('https://github.com/acme/checkout/tree/main/bin');
  const whole = await source.tree('https://github.com/acme/checkout');
  github.requests.length = 0;
  const elsewhere = await source.tree('https://evil.example/acme/checkout/tree/main/bin');

  expect(files!.map(({ path, mode }) => `${path} ${mode.toString(8)}`)).toEqual(['run.sh 100755']);
  expect(whole).toHaveLength(3);
  expect(elsewhere).toBeUndefined();
  expect(github.requests).toEqual([]);
});

test('tree ids are those of git', () => {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-tree-'));
  const files = [
    ['a.txt', 'one'],
    ['a/b.txt', 'two'],
    ['a-b', 'three'],
    ['run', '#!'],
  ] as const;
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  chmodSync(join(folder, 'run'), 0o755);
  function git(...rest: string[]): string {
    return execFileSync('git', ['-C', folder, ...rest])
      .toString()
      .trim();
  }
  git('init', '-q');
  git('add', '.');

  const ours = treeIdOf(
    files.map(([path, content]) => ({
      path,
      mode: path === 'run' ? '100755' : '100644',
      content: Buffer.from(content),
    })),
  );

  expect(ours).toBe(git('write-tree'));
});
