import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '../collectors/config-schema.ts';
import { writeAtomically } from '../collectors/snapshot.ts';
import { pluginApiFiles } from './api-files.ts';
import { loadPortal } from './src/portal/load.ts';

/**
 * Writes the JSON API of some plugins to a folder, so that a host can serve data newer than the pages it serves.
 * Gives the number of files.
 */
export async function publishApi(
  directory: string,
  config: Config,
  plugins: readonly string[] | undefined,
  folder: string,
): Promise<number> {
  const portal = await loadPortal(directory, config, config.base);
  let count = 0;
  for (const plugin of portal.plugins) {
    if (plugins !== undefined && !plugins.includes(plugin.name)) continue;
    for (const file of pluginApiFiles(portal, plugin)) {
      const path = join(folder, file.path);
      mkdirSync(dirname(path), { recursive: true });
      writeAtomically(
        path,
        typeof file.body === 'string' ? file.body : Buffer.from(file.body).toString('utf8'),
      );
      count++;
    }
  }
  return count;
}
