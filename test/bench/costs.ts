/**
 * Attribution of 1M and 5M lines to 2,000 entities beside a plain DuckDB GROUP BY of the same files, in the same run.
 * Bars: at most 2.5 times its time, under 1 GB, snapshot under 30 MB, every month conserved. `npm run bench:costs [folder]`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { writeBill } from './costs-bills.ts';

interface Measured {
  seconds: number;
  megabytes: number;
  bytes?: number;
  isConserved?: boolean;
  entities?: number;
  series?: number;
}

const kept = process.argv[2];
const folder = kept ?? mkdtempSync(join(tmpdir(), 'callboard-bench-'));
const runs = 3;
const results: object[] = [];
let holds = true;
for (const rows of [1_000_000, 5_000_000]) {
  for (const format of ['parquet', 'csv.gz']) {
    const file = join(folder, `bill-${rows}.${format}`);
    if (!existsSync(file)) await writeBill(rows, file);
    const plain: Measured[] = [];
    const ours: Measured[] = [];
    // In turn, so that a busy moment of the machine meets both.
    for (let run = 0; run < runs; run += 1) {
      plain.push(measure('plain', file));
      ours.push(measure('attribute', file));
    }
    const [plainSeconds, seconds] = [median(plain), median(ours)];
    const ratio = seconds / plainSeconds;
    const megabytes = Math.max(...ours.map((one) => one.megabytes));
    const snapshotMegabytes = ours[0]!.bytes! / 1e6;
    const isGood =
      ratio <= 2.5 &&
      megabytes < 1000 &&
      snapshotMegabytes < 30 &&
      ours.every((one) => one.isConserved);
    holds &&= isGood;
    console.log(
      `${(rows / 1e6).toFixed(0)}M ${format}: GROUP BY ${plainSeconds.toFixed(2)} s, attributed ${seconds.toFixed(2)} s (${ratio.toFixed(2)} times), peak ${megabytes.toFixed(0)} MB, snapshot ${snapshotMegabytes.toFixed(1)} MB, ${ours[0]!.entities} entities, ${ours[0]!.series} series${isGood ? '' : '  <- misses'}`,
    );
    results.push({ rows, format, plainSeconds, seconds, ratio, megabytes, snapshotMegabytes });
  }
}
if (!kept) rmSync(folder, { recursive: true, force: true });
console.log(`RESULT ${JSON.stringify({ bench: 'costs', results, holds })}`);
process.exitCode = holds ? 0 : 1;

function measure(kind: string, file: string): Measured {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'costs-run.ts'), kind, file, folder],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Measured;
}

function median(measured: readonly Measured[]): number {
  return measured.map(({ seconds }) => seconds).toSorted((a, b) => a - b)[
    Math.floor(measured.length / 2)
  ]!;
}
