import type { FileList } from '../src/offline/store.ts';
import { listFiles, type FileTree } from './file-list.ts';
import { shellOf } from './shell-files.ts';

/** A portal that is not finished yet. */
export interface Writable extends FileTree {
  write(path: string, body: string): void;
}

/** Writes the worker and the list of all files; switched off, a worker that takes back what an earlier one kept. */
export function writeOffline(
  output: Writable,
  isOn: boolean,
  workers: { worker: string; stop: string },
): void {
  if (!isOn) {
    output.write('sw.js', workers.stop);
    return;
  }
  const all = listFiles(output);
  const { version, bytes } = all;
  const count = Object.keys(all.files).length;
  output.write('offline/files.json', JSON.stringify(all));
  output.write('offline/version.json', JSON.stringify({ version, bytes, files: count }));
  output.write('sw.js', workerText(workers.worker, shellOf(output, all)));
}

/** The worker with the shell it keeps. */
export function workerText(code: string, shell: FileList): string {
  return `const shell=${JSON.stringify(shell)};\n${code}`;
}
