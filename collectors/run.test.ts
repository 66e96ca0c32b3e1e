import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { definePlugin, type CollectContext } from '../plugins/types.ts';
import type { Config } from './config-schema.ts';
import { collect } from './run.ts';
import { readSnapshot, snapshotPath } from './snapshot.ts';
import { LocalOptions } from './sources/local-options.ts';

const Names = z.object({ names: z.array(z.string()) });
let answer: (context: CollectContext<unknown, z.infer<typeof Names>>) => unknown;
let directory: string;

const stages = definePlugin({
  name: 'stages',
  title: 'Stages',
  snapshot: { version: 1, schema: Names, identities: (data: z.infer<typeof Names>) => data.names },
  problems: {
    'stages/dark': {
      severity: 'warning',
      title: 'Dark',
      explain: 'No light.',
      fix: 'Switch it on.',
    },
  },
  collect: async () => ({
    default: async (context) => ({ data: answer(context) as z.infer<typeof Names> }),
  }),
});

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'run-'));
  mkdirSync(join(directory, 'repositories', 'checkout'), { recursive: true });
  answer = () => ({ names: ['main', 'studio', 'cellar', 'attic', 'yard'] });
});

function configOf(root = './repositories'): Config {
  return {
    title: 'Test',
    url: undefined,
    base: '/',
    offline: true,
    sources: [LocalOptions.parse({ type: 'local', root })],
    plugins: [stages],
    options: { stages: {} },
  };
}

test('a snapshot holds data, sources and completed problems', async () => {
  answer = ({ report }) => {
    report({ code: 'stages/dark', message: 'The cellar is dark.' });
    return { names: ['cellar'] };
  };

  const report = await collect(directory, configOf());

  const problem = {
    code: 'stages/dark',
    severity: 'warning',
    message: 'The cellar is dark.',
    docs: '/problems/stages/dark/',
  };
  expect(readSnapshot(directory, stages)).toMatchObject({
    schema: 'stages@1',
    data: { names: ['cellar'] },
    sources: [{ id: 'local:./repositories', state: 'fresh' }],
    problems: [problem],
  });
  expect(report.problems).toEqual([problem]);
});

test('the same input gives the same bytes', async () => {
  await collect(directory, configOf());
  const first = readFileSync(snapshotPath(directory, 'stages'));
  await collect(directory, configOf());

  expect(readFileSync(snapshotPath(directory, 'stages')).equals(first)).toBe(true);
});

test('a plugin that throws keeps its last good data, marked stale', async () => {
  await collect(directory, configOf());
  answer = () => {
    throw new Error('the ladder broke');
  };

  const report = await collect(directory, configOf());

  const kept = readSnapshot(directory, stages);
  expect(report.outcomes[0]).toMatchObject({ plugin: 'stages', state: 'kept' });
  expect(kept?.data).toEqual({ names: ['main', 'studio', 'cellar', 'attic', 'yard'] });
  expect(kept?.sources[0]).toMatchObject({ state: 'stale' });
  expect(kept?.problems[0]?.message).toContain(
    'Stages could not be collected: Error: the ladder broke',
  );
});

test('a plugin whose answer does not fit its own schema keeps its last good data', async () => {
  await collect(directory, configOf());
  answer = () => ({ names: [7] });

  const report = await collect(directory, configOf());

  expect(report.outcomes[0]).toMatchObject({ state: 'kept' });
  expect(readSnapshot(directory, stages)?.data).toMatchObject({
    names: ['main', 'studio', 'cellar', 'attic', 'yard'],
  });
});

test.each([
  ['one of five is gone: written', ['main', 'studio', 'cellar', 'attic'], 'written'],
  ['two of five are gone: held back', ['main', 'studio', 'cellar'], 'kept'],
  ['all are gone: held back', [], 'kept'],
  ['renamed whole: held back', ['a', 'b', 'c', 'd', 'e'], 'kept'],
])('%s', async (_what, names, state) => {
  await collect(directory, configOf());
  answer = () => ({ names });

  const report = await collect(directory, configOf());

  expect(report.outcomes[0]?.state).toBe(state);
});

test('a removal held back says what would go, and is written once confirmed', async () => {
  await collect(directory, configOf());
  answer = () => ({ names: ['main'] });

  const held = await collect(directory, configOf());
  const confirmed = await collect(directory, configOf(), { acceptRemovals: true });

  expect(held.problems.map((problem) => problem.message)).toEqual([
    'Stages: 4 of 5 would be gone (studio, cellar, attic, yard); the last good data is kept.',
  ]);
  expect(confirmed.problems).toEqual([]);
  expect(readSnapshot(directory, stages)?.data).toEqual({ names: ['main'] });
});

test('a source that fails later is stale, as of when it was last read', async () => {
  await collect(directory, configOf());
  const before = readSnapshot(directory, stages)?.sources[0]?.asOf;
  answer = ({ previous, sources }) => (sources[0]?.state === 'failed' ? previous : { names: [] });

  const gone = configOf('./repositories');
  const { rmSync } = await import('node:fs');
  rmSync(join(directory, 'repositories'), { recursive: true });
  const report = await collect(directory, gone);

  expect(report.sources).toMatchObject([{ state: 'stale', asOf: before }]);
  expect(report.problems.map((problem) => problem.code)).toEqual(['engine/source-failed']);
});

test('nothing usable stops with exit code 3', async () => {
  answer = ({ previous }) => previous ?? { names: [] };

  await expect(collect(directory, configOf('./nowhere'))).rejects.toMatchObject({ code: 3 });
});

test('a damaged snapshot of the last run is reported and replaced', async () => {
  await collect(directory, configOf());
  writeFileSync(snapshotPath(directory, 'stages'), '{"schema":');

  const report = await collect(directory, configOf());

  expect(report.problems.map((problem) => problem.code)).toEqual(['engine/snapshot-unreadable']);
  expect(readSnapshot(directory, stages)?.data).toMatchObject({
    names: ['main', 'studio', 'cellar', 'attic', 'yard'],
  });
});

test('--only refuses a plugin that is not there', async () => {
  await expect(collect(directory, configOf(), { only: ['stage'] })).rejects.toThrow(
    '--only names stage, expected one of stages.',
  );
});
