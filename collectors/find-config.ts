import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Names the configuration may have, in the order they are looked for. */
const fileNames = ['callboard.config.ts', 'callboard.config.mjs', 'callboard.config.js'];

/** Path of the configuration in a folder, or undefined where there is none. */
export function findConfig(directory: string): string | undefined {
  return fileNames.map((name) => join(directory, name)).find((path) => existsSync(path));
}
