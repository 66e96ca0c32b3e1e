import { expect, test } from 'vitest';
import { digestOf, listFiles, type FileTree } from './file-list.ts';
import { shellOf } from './shell-files.ts';
import { workerCode } from './worker-file.ts';
import { workerText } from './write.ts';

function treeOf(files: Record<string, string>): FileTree {
  function read(path: string): Buffer {
    return Buffer.from(files[path]!);
  }
  return { paths: () => Object.keys(files), read, digest: (path) => digestOf(read(path)) };
}

const portal = {
  'index.html': '<link href="/_assets/shell.1.css"><script src="/_assets/shell.2.js"></script>',
  '404.html': 'Not found',
  'teams/index.html': '<script src="/_assets/teams.3.js"></script>',
  '_assets/shell.1.css': '@font-face { src: url(/_assets/geist.4.woff2) }',
  '_assets/shell.2.js': 'import("./palette.5.js")',
  '_assets/palette.5.js': 'new Worker("/_assets/names.6.js")',
  '_assets/names.6.js': '',
  '_assets/teams.3.js': 'export {}',
  '_assets/geist.4.woff2': 'font',
  'search/index.json': '{}',
  'search/files/rows-a1.idx': 'rows',
  'search/files/names-b2.idx': 'names',
  'search/files/words-c3.idx': 'words',
  'search/files/texts-d4.idx': 'texts',
  'search/files/c3d4/0.idx': 'text',
  'api/search-records.json': '{}',
  'api/search-records/0.json': '{}',
  'sw.js': 'old',
  'offline/files.json': 'old',
};

test('every file is listed by its content, those no page reads aside', () => {
  const list = listFiles(treeOf(portal));

  expect(Object.keys(list.files)).not.toContain('sw.js');
  expect(Object.keys(list.files)).not.toContain('offline/files.json');
  expect(Object.keys(list.files)).not.toContain('api/search-records/0.json');
  expect(list.files['teams/index.html']).toEqual([expect.stringMatching(/^[\w-]{16}\.html$/), 43]);
  expect(list.bytes).toBe(Object.values(list.files).reduce((sum, [, size]) => sum + size, 0));
});

test('the version changes with a file, and with nothing else', () => {
  const first = listFiles(treeOf(portal)).version;
  const same = listFiles(treeOf(portal)).version;
  const other = listFiles(treeOf({ ...portal, 'teams/index.html': 'new' })).version;

  expect(same).toBe(first);
  expect(other).not.toBe(first);
});

test('the shell is what the pages that lead on load, however deep, and no more', () => {
  const tree = treeOf(portal);

  expect(Object.keys(shellOf(tree, listFiles(tree)).files)).toEqual([
    '404.html',
    '_assets/geist.4.woff2',
    '_assets/names.6.js',
    '_assets/palette.5.js',
    '_assets/shell.1.css',
    '_assets/shell.2.js',
    'index.html',
    'search/files/names-b2.idx',
    'search/files/rows-a1.idx',
    'search/files/words-c3.idx',
    'search/index.json',
  ]);
});

test('the worker is one classic script, and small', async () => {
  const worker = workerText(await workerCode('worker.ts'), { version: 'v', bytes: 0, files: {} });
  const stop = await workerCode('stop.ts');

  expect(worker).toMatch(/^const shell=\{"version":"v"/);
  expect(worker).not.toMatch(/^(import|export) /m);
  expect(worker.length).toBeLessThan(8_000);
  expect(stop).toContain('unregister');
  expect(stop).not.toContain('"fetch"');
  expect(stop.length).toBeLessThan(1_000);
});
