import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { definePlugin } from '../plugins/types.ts';
import {
  readSnapshot,
  snapshotPath,
  writeAtomically,
  writeSnapshot,
  type Snapshot,
} from './snapshot.ts';

const stages = definePlugin({
  name: 'stages',
  title: 'Stages',
  snapshot: { version: 2, schema: z.object({ names: z.array(z.string()) }) },
});

const whole: Snapshot = {
  schema: 'stages@2',
  data: { names: ['main stage'] },
  sources: [{ id: 'local:./stages', state: 'fresh', asOf: '2026-11-23T20:00:00.000Z' }],
  problems: [],
};

test('what is written is read', () => {
  const directory = mkdtempSync(join(tmpdir(), 'snapshot-'));

  writeSnapshot(directory, stages, whole);

  expect(readSnapshot(directory, stages)).toEqual(whole);
});

test('no snapshot is no error', () => {
  expect(readSnapshot(mkdtempSync(join(tmpdir(), 'snapshot-')), stages)).toBeUndefined();
});

const damaged: [what: string, text: string, reason: string][] = [
  ['cut short', JSON.stringify(whole).slice(0, 60), 'it is not JSON (Unterminated string in JSON'],
  ['empty', '', 'it is not JSON (Unexpected end of JSON input)'],
  [
    'of an older version',
    JSON.stringify({ ...whole, schema: 'stages@1' }),
    'it was written as stages@1, and this version reads stages@2',
  ],
  [
    'edited: wrong data',
    JSON.stringify({ ...whole, data: { names: [1] } }),
    'data.names.0: Invalid input: expected string, received number',
  ],
  [
    'edited: part missing',
    JSON.stringify({ ...whole, problems: undefined }),
    'problems: Invalid input: expected array, received undefined',
  ],
  [
    'edited: wrong state',
    JSON.stringify({ ...whole, sources: [{ id: 'x', state: 'good', asOf: '' }] }),
    'sources.0.state: Invalid option',
  ],
];

test.each(damaged)('a snapshot %s stops with exit code 3', (_what, text, reason) => {
  const directory = mkdtempSync(join(tmpdir(), 'snapshot-'));
  const path = snapshotPath(directory, 'stages');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);

  expect(() => readSnapshot(directory, stages)).toThrow(
    expect.objectContaining({
      code: 3,
      message: expect.stringContaining(`The snapshot ${path} cannot be used: ${reason}`),
    }),
  );
});

test('a full disk leaves the old file whole and nothing beside it', () => {
  const directory = mkdtempSync(join(tmpdir(), 'snapshot-'));
  const path = join(directory, 'stages.json');
  writeFileSync(path, 'old');
  function writeToFullDisk(): number {
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  }

  expect(() => writeAtomically(path, 'new', writeToFullDisk as never)).toThrow(
    `${path} could not be written: ENOSPC: no space left on device, write. What was there before is unchanged.`,
  );
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(readdirSync(directory)).toEqual(['stages.json']);
});
