import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { Download, Wanted } from './archive.ts';
import type { GithubClient } from './client.ts';
import { GithubError } from './errors.ts';
import { limits } from './limits.ts';
import type { RepositoryRecord } from './record.ts';
import type { Store } from './store.ts';

const run = promisify(execFile);

/**
 * Fetches some files of a large repository: the commit's trees, then the wanted files in one request. Nothing is checked
 * out into a working folder, so that no link, hook, filter or submodule of the repository can do anything here.
 */
export async function downloadSparse(
  client: GithubClient,
  record: RepositoryRecord,
  wanted: Wanted,
  store: Store,
): Promise<Download> {
  client.stats.downloads++;
  return withTrees(client, record, async (git) => {
    const listing = await git(['ls-tree', '-r', '-z', record.commit]);
    const { files, leftOut, oids } = selectFiles(listing, wanted);
    if (oids.length === 0) return { files, leftOut };
    const names = `${oids.join('\n')}\n`;
    await git([...fetchCommand, '--filter=blob:none', '--stdin', 'origin'], names);
    await storeObjects(await git(['cat-file', '--batch'], names), files, leftOut, store);
    client.stats.bytes += Object.values(files).reduce((sum, file) => sum + file.size, 0);
    return { files, leftOut };
  });
}

/** Names and sizes of all files, for repositories too large for GitHub to list. */
export async function listSparse(
  client: GithubClient,
  record: RepositoryRecord,
): Promise<Download['files']> {
  return withTrees(client, record, async (git) => {
    const listing = await git(['ls-tree', '-r', '-z', record.commit]);
    return selectFiles(listing, () => true, Infinity).files;
  });
}

type Git = (args: readonly string[], input?: string) => Promise<Buffer>;

const fetchCommand = [
  '-c',
  'fetch.negotiationAlgorithm=noop',
  'fetch',
  '--quiet',
  '--no-tags',
  '--no-write-fetch-head',
  '--recurse-submodules=no',
];

/** Runs `work` beside a bare clone that holds the trees of the record's commit and no files. */
async function withTrees<T>(
  client: GithubClient,
  record: RepositoryRecord,
  work: (git: Git) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'callboard-clone-'));
  const environment = await gitEnvironment(client);
  async function git(args: readonly string[], input?: string): Promise<Buffer> {
    const running = run('git', [...args], {
      cwd: folder,
      env: environment,
      encoding: 'buffer',
      maxBuffer: limits.keptBytes + limits.fileBytes,
      timeout: 600_000,
    });
    // A git that ended early takes no more input; its exit code says why.
    running.child.stdin?.on('error', () => {});
    running.child.stdin?.end(input ?? '');
    return (await running).stdout;
  }
  try {
    const address = `${client.addresses.web}/${record.owner}/${record.name}.git`;
    await git(['init', '--quiet', '--bare']);
    await git(['config', 'remote.origin.url', address]);
    await git(['config', 'remote.origin.promisor', 'true']);
    await git(['config', 'remote.origin.partialclonefilter', 'blob:none']);
    await git([...fetchCommand, '--depth=1', '--filter=blob:none', 'origin', record.commit]);
    return await work(git);
  } catch (error) {
    const { stderr } = error as { stderr?: Buffer };
    const reason = client.clean(stderr?.toString().trim() || error);
    throw new GithubError(0, `git cannot fetch ${record.name}: ${reason}`, true);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** No settings of this machine or its user, no questions; the token neither in arguments nor in a file. */
async function gitEnvironment(client: GithubClient): Promise<NodeJS.ProcessEnv> {
  const token = await client.gitToken();
  const credentials = Buffer.from(`x-access-token:${token}`).toString('base64');
  return {
    PATH: process.env['PATH'],
    HOME: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_TERMINAL_PROMPT: '0',
    GIT_LFS_SKIP_SMUDGE: '1',
    GIT_CONFIG_COUNT: '3',
    GIT_CONFIG_KEY_0: `http.${client.addresses.web}/.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${credentials}`,
    GIT_CONFIG_KEY_1: 'core.hooksPath',
    GIT_CONFIG_VALUE_1: devNull,
    GIT_CONFIG_KEY_2: 'protocol.file.allow',
    GIT_CONFIG_VALUE_2: 'never',
  };
}

function selectFiles(
  listing: Buffer,
  wanted: Wanted,
  most = limits.keptFiles,
): Download & { oids: string[] } {
  const files: Download['files'] = Object.create(null) as Download['files'];
  const leftOut: Download['leftOut'] = [];
  const oids = new Set<string>();
  for (const line of listing.toString().split('\0')) {
    const [, mode, type, oid = '', path = ''] = /^(\d+) (\w+) (\w+)\t(.*)$/s.exec(line) ?? [];
    if (type !== 'blob' || path === '__proto__' || !wanted(path)) continue;
    if (oids.size >= most) {
      leftOut.push({ path, reason: 'the repository has too many files' });
      continue;
    }
    files[path] = {
      oid,
      size: 0,
      ...(mode === '120000' && { isLink: true as const }),
      ...(mode === '100755' && { isExecutable: true as const }),
    };
    oids.add(oid);
  }
  return { files, leftOut, oids: [...oids] };
}

/** Stores what `git cat-file --batch` printed. */
async function storeObjects(
  output: Buffer,
  files: Download['files'],
  leftOut: Download['leftOut'],
  store: Store,
): Promise<void> {
  const sizes = new Map<string, number>();
  for (let at = 0; at < output.length;) {
    const end = output.indexOf(10, at);
    const [oid = '', type, size = '0'] = output.subarray(at, end).toString().split(' ');
    at = end + 1;
    if (type !== 'blob') continue;
    const bytes = output.subarray(at, at + Number(size));
    at += bytes.length + 1;
    sizes.set(oid, bytes.length);
    if (bytes.length <= limits.fileBytes) await store.saveBlob(bytes);
  }
  for (const [path, file] of Object.entries(files)) {
    file.size = sizes.get(file.oid) ?? 0;
    if (file.size <= limits.fileBytes && sizes.has(file.oid)) continue;
    delete files[path];
    leftOut.push({ path, reason: `it has ${(file.size / 1024 / 1024).toFixed(1)} MB` });
  }
}
