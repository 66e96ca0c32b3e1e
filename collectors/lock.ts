import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CallboardError, exitCode } from './callboard-error.ts';

/** Runs `work` while no other run of this folder can; a lock left by a process that is gone is taken over. */
export async function withLock<T>(
  directory: string,
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  const path = join(directory, '.callboard', `${name}.lock`);
  take(path, name);
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function take(path: string, name: string): void {
  mkdirSync(dirname(path), { recursive: true });
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(path, `${process.pid}\n`, { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = holderOf(path);
    if (holder !== undefined && isRunning(holder)) {
      throw new CallboardError(
        exitCode.usage,
        `Another \`callboard ${name}\` (process ${holder}) is at work in this folder.`,
        `Wait for it to end. If it is not ours, delete ${path}.`,
      );
    }
    rmSync(path, { force: true });
  }
  throw new CallboardError(
    exitCode.usage,
    `The lock ${path} could not be taken.`,
    'Delete it and try again.',
  );
}

function holderOf(path: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(path, 'utf8'), 10);
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
