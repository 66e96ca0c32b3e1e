import { join } from 'node:path';
import type { Config } from '../collectors/config-schema.ts';
import { readSnapshot } from '../collectors/snapshot.ts';

/** Lets every plugin make what its pages read from the cache. */
export async function preparePlugins(
  directory: string,
  config: Config,
  log: (line: string) => void,
): Promise<void> {
  for (const plugin of config.plugins) {
    if (!plugin.prepare) continue;
    const { default: prepare } = await plugin.prepare();
    await prepare({
      options: config.options[plugin.name],
      data: plugin.snapshot ? readSnapshot(directory, plugin)?.data : undefined,
      folder: join(directory, 'content', plugin.name),
      cache: join(directory, '.callboard', plugin.name),
      log,
    });
  }
}
