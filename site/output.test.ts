import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { Output } from './output.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-output-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Made {
  /** Pages by path, with the stamp of what they are made of. */
  pages?: Record<string, string>;
  files?: Record<string, string>;
  /** Written by somebody else, such as the bundler. */
  others?: Record<string, string>;
}

/** Builds; gives the pages that had to be made. */
function build({ pages = {}, files = {}, others = {} }: Made): string[] {
  const output = new Output(folder);
  const made = Object.keys(pages).filter((path) => !output.keeps(path, pages[path]!));
  for (const path of made) put(join(output.next, path), `page of ${pages[path]}`);
  for (const [path, text] of Object.entries(others)) put(join(output.next, path), text);
  for (const [path, text] of Object.entries(files)) output.write(path, text);
  output.publish();
  return made;
}

function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function dist(): Record<string, string> {
  const root = join(folder, 'dist');
  return Object.fromEntries(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path): [string, string] => [relative(root, path), readFileSync(path, 'utf8')])
      .sort(),
  );
}

test('what is made of the same things stays, the rest is made anew, what is gone goes', () => {
  build({
    pages: { 'a/index.html': '1', 'b/index.html': '1', 'gone/x/index.html': '1' },
    files: { '/api/a.json': 'a', '/api/gone.json': 'b' },
    others: { '_assets/old.js': 'old' },
  });
  const before = statSync(join(folder, 'dist/a/index.html')).ino;

  const made = build({
    pages: { 'a/index.html': '1', 'b/index.html': '2' },
    files: { '/api/a.json': 'a2' },
    others: { '_assets/new.js': 'new' },
  });

  expect(made).toEqual(['b/index.html']);
  expect(dist()).toEqual({
    '_assets/new.js': 'new',
    'a/index.html': 'page of 1',
    'api/a.json': 'a2',
    'b/index.html': 'page of 2',
  });
  expect(statSync(join(folder, 'dist/a/index.html')).ino).toBe(before);
  expect(readdirSync(join(folder, 'dist')).sort()).toEqual(['_assets', 'a', 'api', 'b']);
});

test('another time alone, as of a cache of CI, changes nothing', () => {
  function pageIsKept(): boolean {
    const output = new Output(folder);
    const isKept = output.keeps('a/index.html', '1');
    if (!isKept) put(join(output.next, 'a/index.html'), 'page');
    output.digest('a/index.html');
    output.publish();
    return isKept;
  }
  const page = join(folder, 'dist/a/index.html');

  expect(pageIsKept()).toBe(false);
  utimesSync(page, 1, 1);
  expect(pageIsKept()).toBe(true);
  expect(pageIsKept()).toBe(true);
  writeFileSync(page, 'edit');
  expect(pageIsKept()).toBe(false);
  expect(dist()).toEqual({ 'a/index.html': 'page' });
});

test('a file that somebody changed in dist/ is put right', () => {
  build({ pages: { 'a/index.html': '1' }, files: { 'x.json': 'x' } });
  writeFileSync(join(folder, 'dist/a/index.html'), 'changed');
  rmSync(join(folder, 'dist/x.json'));

  build({ pages: { 'a/index.html': '1' }, files: { 'x.json': 'x' } });

  expect(dist()).toEqual({ 'a/index.html': 'page of 1', 'x.json': 'x' });
});

test('a build that was ended half way is not built upon', () => {
  build({ pages: { 'a/index.html': '1', 'old/index.html': '1' } });
  rmSync(join(folder, '.callboard/output.json'));

  build({ pages: { 'a/index.html': '1' } });

  expect(dist()).toEqual({ 'a/index.html': 'page of 1' });
});

test('a file may become a folder, and a folder a file', () => {
  build({ files: { a: 'file', 'b/c': 'inside' } });

  build({ files: { 'a/x': 'inside', b: 'file' } });

  expect(dist()).toEqual({ 'a/x': 'inside', b: 'file' });
});

test('a page keeps its address, and nothing is written outside', () => {
  build({ pages: { 'a/index.html': '1' } });
  build({ pages: { 'a/index.html': '1' }, files: { '/a/index.html': 'file' } });

  expect(dist()).toEqual({ 'a/index.html': 'page of 1' });
  expect(() => build({ files: { '../x': 'x' } })).toThrow('../x is not below the portal');
});

test('the digest of a file that stays is kept, that of a changed one is taken anew', () => {
  function digests(text: string): string[] {
    const output = new Output(folder);
    output.write('same.json', 'same');
    output.write('other.json', text);
    const found = ['same.json', 'other.json'].map((path) => output.digest(path).hash);
    output.publish();
    return found;
  }
  const [same, first] = digests('first');
  const [again, second] = digests('second');

  expect(again).toBe(same);
  expect(second).not.toBe(first);
  expect(digests('second')).toEqual([same, second]);
  // Not read anew: what the manifest says is believed for as long as the file is untouched.
  const manifest = join(folder, '.callboard/output.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(same!, 'kept'));
  expect(digests('second')).toEqual(['kept', second]);
});
