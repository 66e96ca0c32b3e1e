import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { CallboardError, exitCode } from '../../../collectors/callboard-error.ts';
import { executableMode, linkMode } from '../engine/index.ts';
import type { MadeFile } from './node-run.ts';

/** Refuses a folder that holds something: nothing is ever overwritten. */
export function ensureEmpty(folder: string): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return;
  throw new CallboardError(
    exitCode.usage,
    `${folder} is not empty. Nothing was changed.`,
    'Give a folder that is new or empty to --out.',
  );
}

/** Writes files into a new folder. Links come last, so that nothing is ever written through one. */
export function writeFiles(folder: string, files: readonly MadeFile[]): void {
  mkdirSync(folder, { recursive: true });
  const [links, regular] = [files.filter(isLink), files.filter((file) => !isLink(file))];
  for (const { path, mode, content } of regular) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content, { flag: 'wx' });
    if (mode === executableMode) chmodSync(target, 0o755);
  }
  for (const { path, content } of links) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(new TextDecoder().decode(content), target);
  }
}

function isLink({ mode }: MadeFile): boolean {
  return mode === linkMode;
}
