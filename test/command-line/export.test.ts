import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { beforeEach, expect, test } from 'vitest';
import { cleanEnvironment } from '../clean-environment.ts';

const launcher = join(import.meta.dirname, '../../collectors/callboard.mjs');
const portal: Record<string, string> = {
  'index.html': '<!doctype html><body data-base="/portal/"><h1>Home</h1></body>',
  'catalog/default/component/té st/index.html': '<h1>Té st</h1>',
  '_assets/app.js': 'export {};\n'.repeat(1000),
  'search/files/a1/0.idx': 'packed',
  'empty.txt': '',
};
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'callboard-export-'));
  for (const [path, text] of Object.entries(portal)) {
    const file = join(directory, 'dist', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
});

function run(...parameters: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...parameters], {
    cwd: directory,
    encoding: 'utf8',
    env: cleanEnvironment(),
  });
  return { status, stdout, stderr };
}

test('a zip holds every file below one folder, and no time of its making', () => {
  expect(run('export', '--zip')).toMatchObject({ status: 0, stderr: '' });
  const first = readFileSync(join(directory, 'callboard-portal.zip'));
  run('export', '--zip');

  const files = Object.entries(unzipSync(first)).map(([path, body]) => [
    path,
    new TextDecoder().decode(body),
  ]);
  expect(Object.fromEntries(files)).toEqual(
    Object.fromEntries(
      Object.entries(portal).map(([path, text]) => [`callboard-portal/${path}`, text]),
    ),
  );
  expect(readFileSync(join(directory, 'callboard-portal.zip')).equals(first)).toBe(true);
  expect(readdirSync(directory).toSorted()).toEqual(['callboard-portal.zip', 'dist']);
});

test('other tools read the zip', () => {
  run('export', '--zip', '--to', 'out/p.zip');
  const { status } = spawnSync('python3', ['-m', 'zipfile', '-t', join(directory, 'out/p.zip')]);

  expect([0, null]).toContain(status);
});

test(
  'a folder is the portal, and preview serves it below its base',
  { timeout: 30_000 },
  async () => {
    expect(run('export', '--to', 'copy').stdout).toContain('Exported 5 files to');
    rmSync(join(directory, 'dist'), { recursive: true });
    renameSync(join(directory, 'copy'), join(directory, 'elsewhere'));

    const server = spawn(process.execPath, [launcher, 'preview', 'elsewhere', '--port', '4731'], {
      cwd: directory,
      env: cleanEnvironment(),
    });
    try {
      await new Promise((resolve) => server.stdout.once('data', resolve));
      const answer = await fetch(
        'http://localhost:4731/portal/catalog/default/component/t%C3%A9%20st/',
      );
      expect(await answer.text()).toBe('<h1>Té st</h1>');
    } finally {
      server.kill();
    }
  },
);

test.each([
  ['a folder that is not empty', ['--to', '.'], 'is not empty'],
  ['the portal itself', ['--to', 'dist/copy'], 'is inside the portal itself'],
  ['a folder for a zip', ['--zip', '--to', '.'], 'is a folder'],
  ['a file for a folder', ['--to', 'dist/empty.txt/../../file'], 'is a file'],
])('%s is left alone', (_what, parameters, message) => {
  writeFileSync(join(directory, 'file'), '');

  const { status, stderr } = run('export', ...parameters);

  expect(stderr).toContain(message);
  expect(status).toBe(2);
});

test.each(['export', 'preview'])('%s without a portal ends with 3', (command) => {
  rmSync(join(directory, 'dist'), { recursive: true });

  const { status, stderr } = run(command);

  expect(stderr).toContain('Run `callboard build` first.');
  expect(status).toBe(3);
  expect(existsSync(join(directory, 'callboard-portal'))).toBe(false);
});
