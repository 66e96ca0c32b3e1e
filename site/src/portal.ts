import { statSync } from 'node:fs';
import extensions from 'virtual:callboard/extensions';
import type { Config } from '../../collectors/config-schema.ts';
import { snapshotPath } from '../../collectors/snapshot.ts';
import { builtIns } from '../../plugins/index.ts';
import type { Portal } from '../../plugins/types.ts';
import { getBuildContext } from './build-context.ts';
import { createPortal, loadParts } from './portal/load.ts';

/** Whether pages ask the browser to keep them. In development there is nothing to keep. */
export const isKeptOffline = getBuildContext().config.offline && import.meta.env.PROD;

/** Astro gives it as it was written: with or without the slash at its end. */
const base = `${import.meta.env.BASE_URL.replace(/\/$/, '')}/`;

let loaded: { stamp: string; portal: Promise<Portal> } | undefined;

/** The portal of this build; in development, loaded anew when a snapshot has changed. */
export function getPortal(): Promise<Portal> {
  const { directory, config } = getBuildContext();
  const stamp = loaded && !import.meta.env.DEV ? loaded.stamp : snapshotStamp(directory, config);
  if (loaded?.stamp !== stamp) loaded = { stamp, portal: load() };
  return loaded.portal;
}

async function load(): Promise<Portal> {
  const { directory, config, parts } = getBuildContext();
  const own = { ...config, plugins: pluginsOf(config) };
  return createPortal(own, parts ?? (await loadParts(directory, own, base)));
}

/** The plugins that are on, as they are in the bundle: only there can their pages be loaded. */
function pluginsOf(config: Config): Config['plugins'] {
  const byName = new Map([...builtIns, ...extensions].map((plugin) => [plugin.name, plugin]));
  return config.plugins.map(({ name }) => byName.get(name)!);
}

function snapshotStamp(directory: string, config: Config): string {
  return config.plugins
    .map(
      ({ name }) =>
        statSync(snapshotPath(directory, name), { throwIfNoEntry: false })?.mtimeMs ?? 0,
    )
    .join(' ');
}
