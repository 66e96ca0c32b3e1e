import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { openEngine, type Engine } from './engine.ts';
import { decimals, integers } from './vectors.ts';

const folder = mkdtempSync(join(tmpdir(), 'callboard-vectors-'));
let engine: Engine;
beforeAll(async () => {
  engine = await openEngine(join(folder, 'test.duckdb'), { memoryMegabytes: 128, threads: 1 });
});
afterAll(() => {
  engine.close();
  rmSync(folder, { recursive: true });
});

test('reads decimals of every size exactly', async () => {
  const exact = [0n, 1n, -1n, 99_999_999n, 100_000_000n, -100_000_001n];
  for (let power = 1; power < 79; power += 1)
    for (const near of [-1n, 0n, 1n])
      exact.push((1n << BigInt(power)) + near, -(1n << BigInt(power)) + near);

  const chunk = await onlyChunk(
    `SELECT (value::HUGEINT::DECIMAL(38,0) * 0.000000000001)::DECIMAL(38,12) AS amount, number::INTEGER FROM (VALUES ${exact.map((value, at) => `(${value}, ${at})`).join(', ')}) AS v(value, number) ORDER BY number`,
  );

  const { units, rest } = decimals(chunk.getColumnVector(0), exact.length);
  expect(Array.from(units, (unit, at) => BigInt(unit) * 100_000_000n + BigInt(rest[at]!))).toEqual(
    exact,
  );
  expect(rest.every((above) => above >= 0 && above < 100_000_000)).toBe(true);
  expect([...integers(chunk.getColumnVector(1), 3)]).toEqual([0, 1, 2]);
});

test('refuses vectors of another type', async () => {
  const chunk = await onlyChunk("SELECT 1::DECIMAL(18,12), 'one'");

  expect(() => decimals(chunk.getColumnVector(0), 1)).toThrow('expected decimals of 128 bits');
  expect(() => integers(chunk.getColumnVector(1), 1)).toThrow('expected integers');
});

async function onlyChunk(sql: string) {
  const [chunk] = await (await engine.connection.run(sql)).fetchAllChunks();
  return chunk!;
}
