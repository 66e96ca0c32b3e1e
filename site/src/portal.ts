import { statSync } from 'node:fs';
import configuration, { base, directory } from 'virtual:callboard/configuration';
import { parseConfig } from '../../collectors/parse-config.ts';
import { snapshotPath } from '../../collectors/snapshot.ts';
import type { Portal } from '../../plugins/types.ts';
import { loadPortal } from './portal/load.ts';

const config = parseConfig(configuration);

/** Whether pages ask the browser to keep them. In development there is nothing to keep. */
export const isKeptOffline = config.offline && import.meta.env.PROD;

let loaded: { stamp: string; portal: Promise<Portal> } | undefined;

/** The portal of this build; in development, loaded anew when a snapshot has changed. */
export function getPortal(): Promise<Portal> {
  const stamp = loaded && !import.meta.env.DEV ? loaded.stamp : snapshotStamp();
  if (loaded?.stamp !== stamp) loaded = { stamp, portal: loadPortal(directory, config, base) };
  return loaded.portal;
}

function snapshotStamp(): string {
  return config.plugins
    .map(
      ({ name }) =>
        statSync(snapshotPath(directory, name), { throwIfNoEntry: false })?.mtimeMs ?? 0,
    )
    .join(' ');
}
