import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What running one command came to. Peak is the largest resident size of any process of its tree, in MB. */
export interface Measured {
  seconds: number;
  peak: number;
  status: number | null;
  output: string;
}

/** Runs a command to its end and watches the memory of its processes (Linux; elsewhere the peak is 0). */
export function measure(
  command: string,
  parameters: string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<Measured> {
  const started = performance.now();
  const child = spawn(command, parameters, { cwd, env: { ...process.env, ...env } });
  const chunks: Buffer[] = [];
  let peak = 0;
  const watch = setInterval(() => {
    for (const pid of treeOf(child.pid!)) peak = Math.max(peak, peakOf(pid));
  }, 40);
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      clearInterval(watch);
      resolve({
        seconds: (performance.now() - started) / 1000,
        peak: Math.round(peak),
        status,
        output: Buffer.concat(chunks).toString(),
      });
    });
  });
}

/** Files and bytes below a folder. */
export function sizeOf(folder: string): { files: number; bytes: number } {
  let files = 0;
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    files++;
    bytes += statSync(join(entry.parentPath, entry.name)).size;
  }
  return { files, bytes };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function treeOf(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return [
      pid,
      ...children
        .split(' ')
        .filter(Boolean)
        .flatMap((child) => treeOf(Number(child))),
    ];
  } catch {
    return [];
  }
}

function peakOf(pid: number): number {
  try {
    return (
      Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
    );
  } catch {
    return 0;
  }
}
