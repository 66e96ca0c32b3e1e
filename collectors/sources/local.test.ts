import { execFileSync } from 'node:child_process';
import fs, {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Repository } from '../../plugins/types.ts';
import { parseRemote } from './git-folder.ts';
import { LocalOptions } from './local-options.ts';
import { localSource } from './local.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'callboard-local-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text = ''): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function list(options: object = {}) {
  const parsed = LocalOptions.parse({ type: 'local', root: '.', ...options });
  const source = localSource(parsed, {
    workingDirectory: root,
    kept: '',
    scratch: '',
    progress() {},
  });
  return source.list(new AbortController().signal);
}

async function only(options: object = {}): Promise<Repository> {
  const { repositories } = await list(options);
  expect(repositories.length).toBe(1);
  return repositories[0]!;
}

describe('repositories', () => {
  test('are the folders that match, in order', async () => {
    write('b/x');
    write('a/x');
    write('teams/web/x');
    write('.hidden/x');
    write('file');

    const { repositories, state } = await list({ repositories: ['*', 'teams/*'] });

    expect(repositories.map(({ id }) => id)).toEqual(['local/a', 'local/b', 'local/teams']);
    expect(state).toMatchObject({ id: 'local:.', state: 'fresh' });
  });

  test('may lie deeper, or be the root itself', async () => {
    write('teams/web/x');

    expect((await only({ repositories: 'teams/*', owner: 'acme' })).id).toBe('acme/web');
    expect((await only({ repositories: '.' })).name).toBe(root.split('/').at(-1));
  });

  test('take name, address, branch and commit from their own .git', async () => {
    write('shop/x');
    const shop = join(root, 'shop');
    function git(...parameters: string[]): string {
      return execFileSync('git', parameters, { cwd: shop, encoding: 'utf8' });
    }
    git('init', '-q', '-b', 'trunk');
    git('remote', 'add', 'origin', 'git@github.com:acme/web-shop.git');
    git('add', '.');
    git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', 'x');
    const commit = git('rev-parse', 'HEAD').trim();

    const about = {
      id: 'acme/web-shop',
      url: 'https://github.com/acme/web-shop',
      branch: 'trunk',
      commit,
    };
    expect(await only()).toMatchObject(about);
    git('pack-refs', '--all');
    expect(await only()).toMatchObject(about);
  });

  test('never take those of a repository further up', async () => {
    write('.git/config', '[remote "origin"]\n\turl = https://github.com/acme/portal\n');
    write('shop/x');

    expect(await only()).toMatchObject({ id: 'local/shop', url: undefined, branch: undefined });
  });

  test('without a remote take their address from the configuration', async () => {
    write('shop/x');

    const found = await only({ owner: 'acme', url: 'https://github.com/acme/{name}' });

    expect(found).toMatchObject({ url: 'https://github.com/acme/shop', branch: 'main' });
  });

  test('a folder that is not there is a failed source that says so', async () => {
    const { repositories, state } = await list({ root: './gone' });

    expect(repositories).toEqual([]);
    expect(state).toMatchObject({
      state: 'failed',
      detail: 'The folder `./gone` cannot be read: it does not exist. Check `root` of this source.',
    });
  });

  test('no matching folder is a failed source that says so', async () => {
    const { state } = await list({ repositories: 'x-*' });

    expect(state).toMatchObject({
      state: 'failed',
      detail: 'No folder below `.` matches `x-*`. Check `repositories` of this source.',
    });
  });

  test('an unreadable folder loses no other', async () => {
    write('a/x');
    write('b/x');
    // The mode of a folder does not stop an administrator, as which tests may run.
    const original = fs.promises.readdir;
    fs.promises.readdir = (async (folder: string, ...rest: []) => {
      if (folder === join(root, 'a')) throw Object.assign(new Error(), { code: 'EACCES' });
      return original(folder, ...rest);
    }) as never;
    syncBuiltinESMExports();

    const { repositories, problems } = await list();
    fs.promises.readdir = original;
    syncBuiltinESMExports();

    expect(repositories.map(({ id }) => id)).toEqual(['local/b']);
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      ['engine/unreadable-repository', 'The folder `a` of `.` cannot be read: permission denied.'],
    ]);
  });
});

describe('find', () => {
  test('leaves out what git ignores, by every .gitignore on the way', async () => {
    write('shop/.gitignore', 'dist/\n*.log.yaml\n');
    write('shop/web/.gitignore', '/build\n!keep.log.yaml\n');
    for (const path of [
      'a',
      'dist/b',
      'web/build/c',
      'web/src/build/d',
      'e.log',
      'web/keep.log',
      '.github/f',
      'node_modules/g/h',
    ])
      write(`shop/${path}.yaml`);
    write('shop/.git/i.yaml');

    const found = await (await only()).find(['**/*.yaml']);

    expect(found).toEqual([
      '.github/f.yaml',
      'a.yaml',
      'node_modules/g/h.yaml',
      'web/keep.log.yaml',
      'web/src/build/d.yaml',
    ]);
  });

  test('never follows a link out of the repository', async () => {
    write('outside/secret.yaml');
    write('repositories/shop/a.yaml');
    symlinkSync(join(root, 'outside'), join(root, 'repositories/shop/link'));
    symlinkSync(join(root, 'outside/secret.yaml'), join(root, 'repositories/shop/b.yaml'));
    const shop = await only({ root: './repositories' });

    const found = await shop.find([
      '**/*.yaml',
      '../../outside/*.yaml',
      '{..,x}/{..,x}/outside/*',
      'link/*',
      '/etc/*',
    ]);

    expect(found).toEqual(['a.yaml']);
    await expect(shop.read('b.yaml')).rejects.toThrow(
      '`b.yaml` leads out of the repository, expected a file below its root.',
    );
    await expect(shop.read('link/secret.yaml')).rejects.toThrow(
      '`link/secret.yaml` leads out of the repository, expected a file below its root.',
    );
  });

  test('does not walk folders that the globs rule out', async () => {
    for (let index = 0; index < 20; index++) write(`shop/deep-${index}/x/y/z.yaml`);
    write('shop/catalog-info.yaml');
    const shop = await only();
    const original = fs.readdir;
    const walked: string[] = [];
    fs.readdir = ((folder: string, ...rest: [never, never]) => {
      walked.push(folder);
      return original(folder, ...rest);
    }) as never;
    syncBuiltinESMExports();

    const found = await shop.find([...shop.catalogFiles, '*.yaml']);
    fs.readdir = original;
    syncBuiltinESMExports();

    expect(found).toEqual(['catalog-info.yaml']);
    expect(walked).toEqual([join(root, 'shop')]);
  });
});

describe('read', () => {
  test('gives bytes, or null where there is no file', async () => {
    write('shop/a.txt', 'hello');
    const shop = await only();

    expect(Buffer.from((await shop.read('a.txt'))!).toString()).toBe('hello');
    expect(Buffer.from((await shop.read('./a.txt'))!).toString()).toBe('hello');
    expect(await shop.read('b.txt')).toBeNull();
    expect(await shop.read('a.txt/b')).toBeNull();
    expect(await shop.read('.')).toBeNull();
  });

  test('knows which files can be run', async () => {
    write('shop/run', 'true');
    write('shop/a.txt', '#!/bin/sh');
    chmodSync(join(root, 'shop/run'), 0o755);
    const shop = await only();

    expect(await shop.isExecutable!('run')).toBe(true);
    expect(await shop.isExecutable!('a.txt')).toBe(false);
    expect(await shop.isExecutable!('b.txt')).toBeUndefined();
  });

  test.each(['../outside', '/etc/passwd', 'a/../../b', 'a\0b', 'a\\..\\b'])(
    'refuses %j',
    async (path) => {
      write('shop/a.txt', 'hello');

      await expect((await only()).read(path)).rejects.toMatchObject({ reason: 'outside' });
    },
  );

  test('gives nothing of what git ignores or keeps for itself, nor by a link', async () => {
    write('shop/.gitignore', '.env\n');
    write('shop/.env', 'TOKEN=1');
    write('shop/.git/config', 'token');
    write('shop/a.txt', 'hello');
    symlinkSync('.git/config', join(root, 'shop/config'));
    const shop = await only();

    for (const path of ['.env', '.git/config', 'config']) expect(await shop.read(path)).toBeNull();
    expect(await shop.read('a.txt')).not.toBeNull();
  });

  test('follows a link inside the repository', async () => {
    write('shop/docs/a.txt', 'hello');
    symlinkSync('docs/a.txt', join(root, 'shop/b.txt'));

    expect(Buffer.from((await (await only()).read('b.txt'))!).toString()).toBe('hello');
  });

  test('refuses links in a circle', async () => {
    write('shop/x');
    symlinkSync('b', join(root, 'shop/a'));
    symlinkSync('a', join(root, 'shop/b'));

    await expect((await only()).read('a')).rejects.toThrow(
      '`a` cannot be read: its links go in a circle.',
    );
  });

  test('refuses what is larger than asked for', async () => {
    write('shop/a.txt', 'x'.repeat(2 * 1024 * 1024));

    await expect((await only()).read('a.txt', 1024 * 1024)).rejects.toThrow(
      '`a.txt` has 2.0 MiB, expected at most 1.0 MiB.',
    );
  });
});

test('the source is as recent as the newest file read', async () => {
  write('shop/a.txt');
  write('shop/b.txt');
  utimesSync(join(root, 'shop'), 1, 1);
  utimesSync(join(root, 'shop/a.txt'), 100, 100);
  utimesSync(join(root, 'shop/b.txt'), 200, 200);
  const { repositories, state } = await list();

  await repositories[0]?.read('a.txt');

  expect(state.asOf).toBe(new Date(100_000).toISOString());
});

test.each([
  ['git@github.com:acme/shop.git', 'github.com', 'acme', 'shop', 'https://github.com/acme/shop'],
  ['https://github.com/acme/shop', 'github.com', 'acme', 'shop', 'https://github.com/acme/shop'],
  [
    'https://ada:secret@github.com/acme/shop.git/',
    'github.com',
    'acme',
    'shop',
    'https://github.com/acme/shop',
  ],
  [
    'ssh://git@git.acme.com:2222/a/b/shop.git',
    'git.acme.com',
    'a/b',
    'shop',
    'https://git.acme.com/a/b/shop',
  ],
  [
    'https://git.acme.com:8443/a/shop',
    'git.acme.com:8443',
    'a',
    'shop',
    'https://git.acme.com:8443/a/shop',
  ],
])('the remote %s is understood', (remote, host, owner, name, url) => {
  expect(parseRemote(remote)).toEqual({ host, owner, name, url });
});

test.each(['/srv/git/shop.git', '../shop', 'file:///srv/shop', 'https://github.com/'])(
  'the remote %s has no address',
  (remote) => {
    expect(parseRemote(remote)).toBeUndefined();
  },
);
