import { pathToFileURL } from 'node:url';
import { CallboardError, exitCode } from './callboard-error.ts';
import type { Config } from './config-schema.ts';
import { findConfig } from './find-config.ts';
import { parseConfig } from './parse-config.ts';

/** Reads the configuration of a folder; throws a CallboardError that names the wrong key. */
export async function loadConfig(directory: string): Promise<Config> {
  const path = findConfig(directory);
  if (!path) {
    throw new CallboardError(
      exitCode.usage,
      `No callboard.config.ts in ${directory}.`,
      "Create one: export default { sources: [{ type: 'local', root: './repositories' }] }",
    );
  }
  return parseConfig(await importConfig(path), path);
}

async function importConfig(path: string): Promise<unknown> {
  try {
    // The time keeps `dev` from getting the version Node has in memory.
    const module: { default?: unknown } = await import(
      `${pathToFileURL(path).href}?at=${Date.now()}`
    );
    return module.default;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CallboardError(
      exitCode.usage,
      `${path} could not be read: ${reason}`,
      undefined,
      error,
    );
  }
}
