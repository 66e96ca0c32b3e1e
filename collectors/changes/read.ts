import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChangesFile } from './schema.ts';

const none: ChangesFile = { schema: 'changes@1', changes: [], known: {} };

/** Where the history of changes lies. */
export function changesPath(directory: string): string {
  return join(directory, 'content', 'snapshot', 'changes.json');
}

/**
 * The history so far. One that is missing or damaged is an empty one: news begin anew, and nothing people rely on
 * depends on it.
 */
export function readChanges(directory: string): ChangesFile {
  try {
    return ChangesFile.parse(JSON.parse(readFileSync(changesPath(directory), 'utf8')));
  } catch {
    return none;
  }
}
