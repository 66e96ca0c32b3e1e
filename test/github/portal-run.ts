import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { stateIn } from './setup.ts';

const engine = join(import.meta.dirname, '../..');

export interface Run {
  code: number | null;
  signal: NodeJS.Signals | null;
  seconds: number;
  /** Largest resident size in MB, of this process alone. */
  megabytes: number;
  stdout: string;
  stderr: string;
}

/** An organisation's folder whose configuration points at a stand-in. */
export function makePortal(folder: string, host: string, source: object = {}): string {
  mkdirSync(folder, { recursive: true });
  const config = {
    title: 'Acme',
    sources: [{ type: 'github', organization: 'acme', host, ...source }],
  };
  writeFileSync(join(folder, 'callboard.config.ts'), `export default ${JSON.stringify(config)};\n`);
  return folder;
}

/** Runs `callboard` in a folder as a process of its own, killed after a while where that is asked for. */
export async function runCallboard(
  folder: string,
  parameters: readonly string[],
  token: string,
  killAfter?: number,
): Promise<Run> {
  const started = performance.now();
  const register = join(engine, 'collectors/register.mjs');
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--import',
      register,
      join(engine, 'collectors/cli.ts'),
      ...parameters,
    ],
    { cwd: folder, env: { PATH: process.env['PATH'], CALLBOARD_GITHUB_TOKEN: token } },
  );
  let stdout = '';
  let stderr = '';
  let megabytes = 0;
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const watch = setInterval(() => (megabytes = Math.max(megabytes, peakOf(child.pid))), 50);
  const timer =
    killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
    child.once('close', (code, signal) => resolve([code, signal])),
  );
  clearInterval(watch);
  clearTimeout(timer);
  return { code, signal, seconds: (performance.now() - started) / 1000, megabytes, stdout, stderr };
}

/** Every snapshot of a folder without times and costs; throws where one is not whole. */
export function snapshotsOf(folder: string): string {
  const snapshots = join(folder, 'content/snapshot');
  const parts: unknown[] = [];
  for (const name of readdirSync(snapshots).sort()) {
    if (!name.endsWith('.json')) continue;
    const { schema, data, problems } = JSON.parse(
      readFileSync(join(snapshots, name), 'utf8'),
    ) as Record<string, unknown>;
    parts.push({ name, schema, data, problems });
  }
  parts.push(stateIn(join(snapshots, 'sources')));
  return JSON.stringify(parts, null, 1);
}

function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
