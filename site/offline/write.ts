import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from './file-list.ts';
import { shellOf } from './shell-files.ts';
import { workerText } from './worker-file.ts';

/** Writes the worker and the list of all files; switched off, a worker that takes back what an earlier one kept. */
export async function writeOffline(folder: string, isOn: boolean): Promise<void> {
  if (!isOn) {
    writeFileSync(join(folder, 'sw.js'), await workerText(undefined));
    return;
  }
  const all = listFiles(folder);
  const { version, bytes } = all;
  const count = Object.keys(all.files).length;
  mkdirSync(join(folder, 'offline'), { recursive: true });
  writeFileSync(join(folder, 'offline/files.json'), JSON.stringify(all));
  writeFileSync(
    join(folder, 'offline/version.json'),
    JSON.stringify({ version, bytes, files: count }),
  );
  writeFileSync(join(folder, 'sw.js'), await workerText(shellOf(folder, all)));
}
