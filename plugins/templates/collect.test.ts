import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import type { CollectContext, ProblemInput, Repository } from '../types.ts';
import type { Bundle } from './bundle.ts';
import { bundleSource, placeOfAddress } from './bundle.ts';
import collect from './collect.ts';
import { TemplatesOptions, type TemplatesSnapshot } from './schema.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-bundles-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function repositoryOf(id: string, files: Record<string, string | Uint8Array>): Repository {
  return {
    source: 'github:acme',
    id,
    owner: 'acme',
    name: id.split('/')[1]!,
    asOf: '',
    catalogFiles: [],
    find: (globs) =>
      Promise.resolve(
        Object.keys(files).filter((path) =>
          globs.some((glob) => path.startsWith(glob.replace('**/*', ''))),
        ),
      ),
    read: (path) => {
      const file = files[path];
      return Promise.resolve(
        typeof file === 'string' ? new TextEncoder().encode(file) : (file ?? null),
      );
    },
  };
}

function contextOf(
  urls: string[],
  repositories: Repository[],
  rest: { options?: object; state?: 'fresh' | 'failed'; previous?: TemplatesSnapshot } = {},
): { context: CollectContext<TemplatesOptions, TemplatesSnapshot>; problems: ProblemInput[] } {
  const problems: ProblemInput[] = [];
  const steps = urls.map((url) => ({ action: 'fetch:template', input: { url } }));
  const entity = {
    ref: 'template:default/service',
    entity: { kind: 'Template', metadata: { name: 'service' }, spec: { type: 'service', steps } },
    origin: {
      source: 'github:acme',
      repository: 'acme/templates',
      file: 'go/template.yaml',
      line: 1,
      column: 1,
    },
  };
  const context: CollectContext<TemplatesOptions, TemplatesSnapshot> = {
    options: TemplatesOptions.parse(rest.options ?? {}),
    repositories,
    sources: [{ id: 'github:acme', state: rest.state ?? 'fresh', asOf: '' }],
    previous: rest.previous,
    previousProblems: [],
    snapshot: <T>() => ({ entities: [entity], repositories: [] }) as T,
    report: (problem) => problems.push(problem),
    progress() {},
    folder,
    cache: '',
    workingDirectory: '',
    signal: new AbortController().signal,
  };
  return { context, problems };
}

function bundle(): Bundle {
  return JSON.parse(readFileSync(join(folder, 'default/service.json'), 'utf8')) as Bundle;
}

const home = repositoryOf('acme/templates', {
  'go/skeleton/a.txt': 'a',
  'go/skeleton/run': '#!/bin/sh\n',
  'go/skeleton/logo': new Uint8Array([0xff, 0, 1]),
  'go/skeleton/.git/hooks/x': 'no',
  'shared/ci.yml': 'ci',
  'elsewhere/x': 'no',
});

test('skeletons are bundled from the own repository and from others that are read', async () => {
  const other = repositoryOf('acme/skeletons', { 'node/b.txt': 'b', 'other/c.txt': 'no' });
  const { context } = contextOf(
    ['./skeleton', '../shared', 'https://github.com/acme/skeletons/tree/main/node'],
    [home, other],
  );

  const { data } = await collect(context);
  const source = bundleSource(bundle());

  expect(data.templates).toEqual([
    {
      ref: 'template:default/service',
      source: 'github:acme',
      bundle: 'default/service.json',
      files: 5,
      bytes: 17,
      missing: [],
    },
  ]);
  expect(
    (await source.tree('./skeleton'))!.map(({ path, mode }) => `${path} ${mode.toString(8)}`),
  ).toEqual(['a.txt 100644', 'logo 100644', 'run 100755']);
  expect((await source.tree('./skeleton'))![1]!.content).toEqual(new Uint8Array([0xff, 0, 1]));
  expect((await source.file('../shared/ci.yml'))!.path).toBe('shared/ci.yml');
  expect(
    (await source.tree('https://github.com/acme/skeletons/tree/main/node'))!.map(
      ({ path }) => path,
    ),
  ).toEqual(['b.txt']);
  expect(JSON.stringify(bundle())).not.toContain('"no"');
});

test('modes are those of the source, and a guess where it does not know', async () => {
  const knowing: Repository = {
    ...home,
    isExecutable: (path) =>
      Promise.resolve({ 'go/skeleton/a.txt': true, 'go/skeleton/run': false }[path]),
  };

  await collect(contextOf(['./skeleton'], [knowing]).context);

  expect(
    (await bundleSource(bundle()).tree('./skeleton'))!.map(
      ({ path, mode }) => `${path} ${mode.toString(8)}`,
    ),
  ).toEqual(['a.txt 100755', 'logo 100644', 'run 100644']);
});

test('what cannot be bundled is named with its reason', async () => {
  const { context } = contextOf(
    ['./nope', '../../../etc', 'https://github.com/other/repo', 'http://169.254.169.254/x'],
    [home],
  );

  const { data } = await collect(context);

  expect(data.templates[0]!.missing).toEqual([
    { address: './nope', reason: 'there is no such folder or file' },
    { address: '../../../etc', reason: 'the address leads nowhere this portal reads' },
    {
      address: 'https://github.com/other/repo',
      reason: 'other/repo is not one of the repositories this portal reads',
    },
    { address: 'http://169.254.169.254/x', reason: 'the address leads nowhere this portal reads' },
  ]);
});

test('a skeleton past the limits is left out', async () => {
  const { context } = contextOf(['./skeleton'], [home], { options: { maxBundleFiles: 2 } });

  const { data } = await collect(context);

  expect(data.templates[0]!.missing).toEqual([
    { address: './skeleton', reason: 'it holds more than 2 files or 5000000 bytes' },
  ]);
});

test('a source that failed keeps its bundle, other bundles go', async () => {
  const kept = {
    ref: 'template:default/service',
    source: 'github:acme',
    bundle: 'default/kept.json',
    files: 1,
    bytes: 1,
    missing: [],
  };
  const { context } = contextOf(['./skeleton'], [], {
    state: 'failed',
    previous: { templates: [kept] },
  });
  writeFileSync(join(folder, 'gone.json'), '');

  const { data } = await collect(context);

  expect(data.templates).toEqual([kept]);
  expect(existsSync(join(folder, 'gone.json'))).toBe(false);
});

test.each([
  ['./skeleton', { repository: 'acme/templates', path: 'go/skeleton' }],
  ['https://github.com/acme/x', { repository: 'acme/x', path: '' }],
  ['https://github.com/acme/x/tree/main/a/b', { repository: 'acme/x', path: 'a/b' }],
  [
    'https://git.acme.example/acme/x/blob/main/a',
    { repository: 'git.acme.example/acme/x', path: 'a' },
  ],
  ['https://github.com/acme/x/tree/main/%2e%2e/%2e%2e/y', undefined],
  ['https://github.com/acme', undefined],
  ['file:///etc/passwd', undefined],
])('the address %s', (address, place) => {
  expect(placeOfAddress(address, { repository: 'acme/templates', folder: 'go' })).toEqual(place);
});
