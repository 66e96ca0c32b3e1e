import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import type { Fault } from './faults.ts';
import { contentsOf, makeScene, type Scene } from './setup.ts';
import { tarOf } from './tar-writer.ts';
import type { StandInRepository } from './world.ts';

let scene: Scene;
/** Has docs and is changed before each crawl with a fault. */
let checkout: StandInRepository;
let round = 0;

beforeAll(async () => {
  scene = await makeScene({ repositories: 60, withDocs: 12 });
  checkout = [...scene.world.repositories.values()][4]!;
}, 60_000);
afterAll(() => scene.close());
beforeEach(async () => {
  scene.github.faults.clear();
  scene.github.access.refill();
  await scene.crawl();
  scene.github.log = [];
});

async function change(): Promise<string> {
  const text = `# Version ${++round}\n`;
  await scene.world.change(checkout, { 'docs/index.md': text }, '2026-11-02T00:00:00Z');
  return text;
}

async function docsOf(answer: Awaited<ReturnType<Scene['crawl']>>): Promise<string> {
  const repository = answer.repositories.find(({ name }) => name === checkout.name)!;
  return Buffer.from((await repository.read('docs/index.md')) ?? '').toString();
}

const passing: [string, Fault][] = [
  [
    '502 for every page over 10',
    { on: 'graphql', match: /query Sweep/, above: 10, effect: { type: 'status', status: 502 } },
  ],
  [
    '504 for every page over 1',
    { on: 'graphql', match: /query Sweep/, above: 1, effect: { type: 'status', status: 504 } },
  ],
  [
    'resource limits over 5',
    { on: 'graphql', match: /query Sweep/, above: 5, effect: { type: 'resource-limits' } },
  ],
  ['a connection reset', { on: 'graphql', after: 1, times: 1, effect: { type: 'reset' } }],
  ['a truncated answer', { on: 'graphql', times: 2, effect: { type: 'truncate' } }],
  ['malformed JSON', { on: 'graphql', times: 2, effect: { type: 'malformed' } }],
  ['a secondary limit', { on: 'graphql', times: 1, effect: { type: 'secondary', retryAfter: 1 } }],
  [
    'a rate limit whose reset is near',
    { on: 'graphql', after: 1, times: 1, effect: { type: 'rate-limit', resetIn: 1 } },
  ],
  ['500 for the archive, once', { on: 'rest', times: 1, effect: { type: 'status', status: 500 } }],
  [
    'an archive cut in the middle, once',
    { on: 'codeload', times: 1, effect: { type: 'truncate' } },
  ],
  [
    'an archive whose connection breaks, once',
    { on: 'codeload', times: 1, effect: { type: 'reset' } },
  ],
];

test.each(passing)(
  '%s is overcome',
  async (_, fault) => {
    const text = await change();
    scene.github.faults.add(fault);

    const answer = await scene.crawl();

    expect(answer.state).toMatchObject({ state: 'fresh' });
    expect(answer.problems).toEqual([]);
    expect(answer.repositories).toHaveLength(60);
    expect(await docsOf(answer)).toBe(text);
  },
  60_000,
);

const stopping: [string, Fault, RegExp][] = [
  [
    'a rate limit far from its reset',
    { on: 'graphql', after: 1, effect: { type: 'rate-limit', resetIn: 3000 } },
    /rate limit is reached; it is reset in 50 min/,
  ],
  [
    'a secondary limit of an hour',
    { on: 'rest', effect: { type: 'secondary', retryAfter: 3600 } },
    /reset in 60 min/,
  ],
  ['GitHub down', { on: 'graphql', effect: { type: 'status', status: 503 } }, /503/],
  ['connections reset', { on: 'graphql', effect: { type: 'reset' } }, /GitHub did not answer/],
  [
    'a refused token',
    { on: 'graphql', effect: { type: 'status', status: 401, message: 'Bad credentials' } },
    /Bad credentials/,
  ],
];

test.each(stopping)(
  '%s keeps what was known, marked stale',
  async (_, fault, reason) => {
    const before = await scene.crawl();
    const known = await docsOf(before);
    const contents = await contentsOf(before);
    await change();
    scene.github.faults.add(fault);

    const answer = await scene.crawl();

    expect(answer.state.state).toBe('stale');
    expect(answer.state.detail).toMatch(reason);
    expect(answer.state.asOf).toBe(before.state.asOf);
    expect(answer.problems.map(({ code }) => code)).toEqual(['github/stopped-early']);
    expect(await docsOf(answer)).toBe(known);
    expect(await contentsOf(answer)).toBe(contents);
  },
  60_000,
);

const single: [string, Fault][] = [
  [
    '403 for an archive',
    {
      on: 'rest',
      match: /tarball/,
      effect: { type: 'status', status: 403, message: 'Repository access blocked' },
    },
  ],
  ['404 for an archive', { on: 'rest', match: /tarball/, effect: { type: 'status', status: 404 } }],
  ['451 for an archive', { on: 'rest', match: /tarball/, effect: { type: 'status', status: 451 } }],
  ['archives that always break', { on: 'codeload', effect: { type: 'truncate' } }],
  [
    'an archive that is none',
    { on: 'codeload', effect: { type: 'archive', bytes: new Uint8Array([1, 2, 3]) } },
  ],
];

test.each(single)(
  "%s is one repository's matter",
  async (_, fault) => {
    const known = await docsOf(await scene.crawl());
    await change();
    scene.github.faults.add(fault);

    const answer = await scene.crawl();

    expect(answer.state.state).toBe('fresh');
    expect(answer.problems).toHaveLength(1);
    expect(answer.problems[0]).toMatchObject({ code: 'github/docs-not-fetched' });
    expect(answer.repositories).toHaveLength(60);
    expect(await docsOf(answer)).toBe(known);
  },
  60_000,
);

test('an answer that never comes is given up', async () => {
  const text = await change();
  scene.github.faults.add({ on: 'graphql', times: 1, effect: { type: 'hang' } });

  const answer = await scene.crawl({ timeout: 700 });

  expect(answer.state.state).toBe('fresh');
  expect(await docsOf(answer)).toBe(text);
});

test('one repository GitHub cannot answer for costs neither its page nor itself', async () => {
  await change();
  const other = [...scene.world.repositories.values()][7]!;
  scene.github.faults.add({
    on: 'graphql',
    effect: { type: 'refuse', repository: `acme/${other.name}`, code: 'INTERNAL' },
  });

  const answer = await scene.crawl();

  expect(answer.state.state).toBe('fresh');
  expect(answer.repositories).toHaveLength(60);
  expect(answer.problems.map(({ code }) => code)).toEqual(['github/repository-failed']);
});

test('nothing in an archive can lead out of the repository', async () => {
  await change();
  scene.github.faults.add({
    on: 'codeload',
    effect: {
      type: 'archive',
      bytes: gzipSync(
        tarOf([
          { path: 'acme-x/docs/index.md', text: '# Good\n' },
          { path: 'acme-x/docs/../../../etc/passwd', text: 'bad' },
          { path: '../docs/outside.md', text: 'bad' },
          { path: '/docs/absolute.md', text: 'bad' },
          { path: 'acme-x/docs/link.md', link: '../../../../etc/passwd' },
          { path: 'acme-x/docs/inside.md', link: 'index.md' },
          { path: 'acme-x/docs/hard.md', link: '/etc/passwd', type: '1' },
          { path: 'acme-x/docs/__proto__', text: 'bad' },
        ]),
      ),
    },
  });

  const answer = await scene.crawl();

  const repository = answer.repositories.find(({ name }) => name === checkout.name)!;
  expect(await repository.find(['**/*.md', 'docs/**'])).toEqual(
    expect.not.arrayContaining(['docs/outside.md', 'docs/absolute.md', 'docs/link.md']),
  );
  expect(Buffer.from((await repository.read('docs/inside.md'))!).toString()).toBe('# Good\n');
  await expect(repository.read('docs/link.md')).rejects.toThrow(/leads out of the repository/);
  await expect(repository.read('docs/hard.md')).rejects.toThrow(/leads out of the repository/);
  await expect(repository.read('../../etc/passwd')).rejects.toThrow(/outside the repository/);
});

test('a sharply smaller answer is held back until it is confirmed', async () => {
  const gone = [...scene.world.repositories.values()].slice(40);
  for (const repository of gone) scene.world.remove(repository);

  const held = await scene.crawl();
  expect(held.repositories).toHaveLength(60);
  expect(held.state).toMatchObject({ state: 'stale' });
  expect(held.problems.map(({ code }) => code)).toContain('github/removals-held-back');

  const confirmed = await scene.crawl({ context: { acceptRemovals: true } });
  expect(confirmed.repositories).toHaveLength(40);

  for (const repository of gone)
    scene.world.repositories.set(`acme/${repository.name}`, repository);
});

test('nothing was asked that GitHub would refuse', () => {
  expect(scene.github.violations).toEqual([]);
});
