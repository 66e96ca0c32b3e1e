import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { beforeEach, expect, test } from 'vitest';

import { appendHistory } from './append.ts';
import type { Reading } from './append.ts';
import { readHistory } from './files.ts';
import { dayStrip, pastOf } from './past.ts';

const id = 'eu/payments/Deployment/checkout';
let folder: string;

beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'callboard-history-')), 'history');
});

function read(at: string, status: Reading['status'], since?: string): string[] {
  return appendHistory(folder, [{ id, at, status, since }], 30);
}

function past(): ReturnType<typeof pastOf> {
  return pastOf(readHistory(folder).days);
}

test('a run adds to the file of its day, and what is broken is so since it broke', () => {
  read('2026-11-01T12:00:00.000Z', 'Healthy');
  for (const day of ['02', '03', '04']) read(`2026-11-${day}T12:00:00.000Z`, 'Degraded');
  read('2026-11-04T12:00:00.000Z', 'Healthy');

  expect(readdirSync(folder)).toEqual(
    ['01', '02', '03', '04'].map((day) => `kubernetes-2026-11-${day}.json`),
  );
  expect(past().get(id)?.degradedSince).toBe('2026-11-02T12:00:00.000Z');
  expect(dayStrip(past().get(id), '2026-11-05T00:00:00Z', 6).map((day) => day.status)).toEqual([
    undefined,
    'Healthy',
    'Degraded',
    'Degraded',
    'Degraded',
    undefined,
  ]);
});

test('the first reading believes what the object says, later ones what was read', () => {
  read('2026-11-04T12:00:00.000Z', 'Degraded', '2026-10-01T08:00:00Z');
  expect(past().get(id)?.degradedSince).toBe('2026-10-01T08:00:00Z');

  read('2026-11-05T12:00:00.000Z', 'Healthy');
  expect(past().get(id)?.degradedSince).toBeUndefined();

  read('2026-11-05T13:00:00.000Z', 'Degraded', '2026-10-01T08:00:00Z');
  expect(past().get(id)?.degradedSince).toBe('2026-11-05T13:00:00.000Z');
});

test('a day on which nothing was read is empty, not well', () => {
  read('2026-11-01T12:00:00.000Z', 'Healthy');
  read('2026-11-03T12:00:00.000Z', 'Healthy');

  expect(dayStrip(past().get(id), '2026-11-03T13:00:00Z', 3).map((day) => day.status)).toEqual([
    'Healthy',
    undefined,
    'Healthy',
  ]);
});

test('days past the limit go, and one that flaps keeps so many changes a day', () => {
  read('2026-10-01T12:00:00.000Z', 'Healthy');
  read('2026-11-01T12:00:00.000Z', 'Healthy');
  expect(readdirSync(folder)).toEqual(['kubernetes-2026-11-01.json']);

  const start = Date.parse('2026-11-02T00:00:00Z');
  for (let minute = 0; minute < 100; minute++)
    read(new Date(start + minute * 60_000).toISOString(), minute % 2 ? 'Degraded' : 'Healthy');
  const spans = readHistory(folder).days[1]?.workloads[id]?.spans;

  expect(spans).toHaveLength(24);
  expect(spans?.[0]).toEqual(['2026-10-01T12:00:00.000Z', 'Healthy']);
  expect(spans?.at(-1)).toEqual(['2026-11-02T01:39:00.000Z', 'Degraded']);
});

test('the same reading again changes no byte', () => {
  read('2026-11-01T12:00:00.000Z', 'Healthy');
  const file = path.join(folder, 'kubernetes-2026-11-01.json');
  const before = readFileSync(file, 'utf8');
  read('2026-11-01T12:00:00.000Z', 'Degraded');

  expect(readFileSync(file, 'utf8')).toBe(before);
});

test('a broken file costs its day and is named', () => {
  read('2026-11-01T12:00:00.000Z', 'Degraded');
  read('2026-11-02T12:00:00.000Z', 'Degraded');
  writeFileSync(path.join(folder, 'kubernetes-2026-11-01.json'), '{"day":');

  expect(read('2026-11-02T13:00:00.000Z', 'Degraded')).toEqual(['kubernetes-2026-11-01.json']);
  expect([...past().get(id)!.days.keys()]).toEqual(['2026-11-02']);
});
