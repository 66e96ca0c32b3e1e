import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the engine's own files are. */
export const engineDirectory = dirname(dirname(fileURLToPath(import.meta.url)));

/** The organisation's folder: its configuration, content and dist. Commands set the variable; tools of our own run in the clone. */
export function organisationDirectory(): string {
  return process.env['CALLBOARD_DIRECTORY'] ?? process.cwd();
}
