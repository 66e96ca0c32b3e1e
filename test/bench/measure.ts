import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What running one command came to. */
export interface Measured {
  seconds: number;
  /** Largest resident size of any process of its tree, in MB. */
  peak: number;
  /** Largest resident size of all processes of its tree at one moment, in MB. */
  together: number;
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
  let together = 0;
  const watch = setInterval(() => {
    const tree = treeOf(child.pid!).map(memoryOf);
    peak = Math.max(peak, ...tree.map((each) => each.peak));
    together = Math.max(
      together,
      tree.reduce((sum, each) => sum + each.now, 0),
    );
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
        together: Math.round(together),
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

/** Resident size of a process in MB, and the largest it had; 0 once it is gone. */
function memoryOf(pid: number): { now: number; peak: number } {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const read = (field: string) =>
      Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024;
    return { now: read('VmRSS'), peak: read('VmHWM') };
  } catch {
    return { now: 0, peak: 0 };
  }
}
