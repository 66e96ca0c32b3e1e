import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { App, Octokit } from 'octokit';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { makeOrganisation } from './organisation.ts';
import { StandIn } from './server.ts';
import { World } from './world.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
});
let root: string;
let world: World;
let github: StandIn;
let octokit: Octokit;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'stand-in-'));
  world = new World(join(root, 'world'));
  await world.start();
  await makeOrganisation(world, { repositories: 12 });
  github = new StandIn(world, {
    app: { id: 7, publicKey, installations: [{ id: 70, account: 'acme' }] },
    tokens: { good: { account: 'acme' }, blind: { account: 'acme', readsAlerts: false } },
  });
  await github.start();
  octokit = new Octokit({
    auth: 'good',
    baseUrl: `${github.url}/api/v3`,
    retry: { enabled: false },
  });
});
afterAll(async () => {
  await github.close();
  await rm(root, { recursive: true, force: true });
});
beforeEach(() => {
  github.log = [];
  github.faults.clear();
});

test('the same options give the same object ids', async () => {
  const again = new World(join(root, 'again'));
  await again.start();
  await makeOrganisation(again, { repositories: 12 });
  again.close();

  const heads = (each: World) => [...each.repositories.values()].map(({ commit }) => commit);
  expect(heads(again)).toEqual(heads(world));
});

test('pages through repositories with catalog text and oids', async () => {
  const query = `query ($after: String) { organization(login: "acme") { repositories(first: 5, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes { name docs: object(expression: "HEAD:docs") { oid } file: object(expression: "HEAD:catalog-info.yaml") { ... on Blob { text } } } } } }`;
  const names: string[] = [];
  for (let after: string | null = null, more = true; more;) {
    const answer: {
      organization: {
        repositories: {
          pageInfo: { hasNextPage: boolean; endCursor: string };
          nodes: { name: string; file: { text: string } }[];
        };
      };
    } = await octokit.graphql(query, { after });
    const { nodes, pageInfo } = answer.organization.repositories;
    for (const node of nodes) expect(node.file.text).toContain(`name: ${node.name}\n`);
    names.push(...nodes.map((node) => node.name));
    after = pageInfo.endCursor;
    more = pageInfo.hasNextPage;
  }
  expect(names).toHaveLength(12);
  expect(github.count('graphql')).toBe(3);
});

test.each([
  [
    '{ organization(login: "acme") { repositoriez { totalCount } } }',
    /Cannot query field "repositoriez"/,
  ],
  [
    '{ organization(login: "acme") { repositories { nodes { name } } } }',
    /You must provide a `first` or `last`/,
  ],
  [
    '{ organization(login: "acme") { repositories(first: 101) { nodes { name } } } }',
    /exceeds the `first` limit of 100/,
  ],
  [
    '{ organization(login: "acme") { repositories(first: 100) { nodes { refs(refPrefix: "x", first: 100) { nodes { associatedPullRequests(first: 100) { nodes { id } } } } } } } }',
    /exceeds the maximum limit of 500,000/,
  ],
])('refuses %s', async (query, message) => {
  await expect(octokit.graphql(query)).rejects.toThrow(message);
  github.violations.length = 0;
});

test('counts points as GitHub does', async () => {
  const query =
    '{ rateLimit { cost remaining } organization(login: "acme") { repositories(first: 100) { nodes { a: issues { totalCount } releases(first: 1) { nodes { id } } } } } }';
  const first = await octokit.graphql<{ rateLimit: { cost: number; remaining: number } }>(query);
  const second = await octokit.graphql<{ rateLimit: { cost: number; remaining: number } }>(query);
  expect(first.rateLimit.cost).toBe(2);
  expect(first.rateLimit.remaining - second.rateLimit.remaining).toBe(2);
});

test('gives archives through a redirect, trees and blobs', async () => {
  const repository = [...world.repositories.values()][2]!;
  const { owner, name: repo, commit } = repository;

  const archive = await octokit.request('GET /repos/{owner}/{repo}/tarball/{ref}', {
    owner,
    repo,
    ref: commit!,
  });
  expect(new Uint8Array(archive.data as ArrayBuffer).subarray(0, 2)).toEqual(
    new Uint8Array([0x1f, 0x8b]),
  );
  expect(github.log.map(({ kind }) => kind)).toEqual(['rest', 'codeload']);

  const { data } = await octokit.rest.git.getTree({
    owner,
    repo,
    tree_sha: commit!,
    recursive: '1',
  });
  const readme = data.tree.find((entry) => entry.path === 'README.md');
  const blob = await octokit.rest.git.getBlob({ owner, repo, file_sha: readme!.sha });
  expect(Buffer.from(blob.data.content, 'base64').toString()).toContain(`# ${repo}`);
  await octokit.rest.repos.get({ owner, repo });
});

test('serves git, with partial clones', async () => {
  const repository = [...world.repositories.values()][2]!;
  const target = join(root, 'clone');
  const run = promisify(execFile);
  const address = `${github.url.replace('//', '//x-access-token:good@')}/acme/${repository.name}.git`;
  await run('git', [
    'clone',
    '--quiet',
    '--depth=1',
    '--filter=blob:none',
    '--no-checkout',
    address,
    target,
  ]);
  const { stdout } = await run('git', ['-C', target, 'rev-parse', 'HEAD']);
  expect(stdout.trim()).toBe(repository.commit);
});

test('an app signs in with its key, and only with its key', async () => {
  const options = {
    appId: 7,
    Octokit: Octokit.defaults({ baseUrl: `${github.url}/api/v3`, retry: { enabled: false } }),
  };
  const good = new App({ ...options, privateKey });
  const installed = await good.getInstallationOctokit(70);
  await installed.rest.repos.get({
    owner: 'acme',
    repo: [...world.repositories.values()][0]!.name,
  });
  const other = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const bad = new App({ ...options, privateKey: other.privateKey });
  await expect(bad.octokit.request('GET /app/installations')).rejects.toThrow(
    /could not be decoded/,
  );
});

test('alerts are a matter of rights', async () => {
  const blind = new Octokit({
    auth: 'blind',
    baseUrl: `${github.url}/api/v3`,
    retry: { enabled: false },
  });
  await expect(blind.request('GET /orgs/{org}/dependabot/alerts', { org: 'acme' })).rejects.toThrow(
    /not accessible/,
  );
  const { data } = await octokit.request('GET /orgs/{org}/dependabot/alerts', { org: 'acme' });
  expect(Array.isArray(data)).toBe(true);
});

test('a renamed repository redirects', async () => {
  const repository = [...world.repositories.values()][1]!;
  const before = repository.name;
  world.rename(repository, 'acme', 'renamed');
  const { data } = await octokit.rest.repos.get({ owner: 'acme', repo: before });
  expect(data.full_name).toBe('acme/renamed');
});

test('nothing it answered differs from what GitHub publishes', () => {
  expect(github.violations).toEqual([]);
});
