import { listFiles, type FileTree } from './file-list.ts';
import { shellOf } from './shell-files.ts';
import { workerText } from './worker-file.ts';

/** A portal that is not finished yet. */
export interface Writable extends FileTree {
  write(path: string, body: string): void;
}

/** Writes the worker and the list of all files; switched off, a worker that takes back what an earlier one kept. */
export async function writeOffline(output: Writable, isOn: boolean): Promise<void> {
  if (!isOn) {
    output.write('sw.js', await workerText(undefined));
    return;
  }
  const all = listFiles(output);
  const { version, bytes } = all;
  const count = Object.keys(all.files).length;
  output.write('offline/files.json', JSON.stringify(all));
  output.write('offline/version.json', JSON.stringify({ version, bytes, files: count }));
  output.write('sw.js', await workerText(shellOf(output, all)));
}
