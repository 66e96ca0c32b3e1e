import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Portal, PortalFile } from '../plugins/types.ts';

/** Every file a plugin puts beside its pages. */
export function* portalFiles(portal: Portal): Generator<PortalFile> {
  for (const plugin of portal.plugins) {
    yield* plugin.files?.(portal.model(plugin.name), portal) ?? [];
  }
}

/** Writes them below `target`; a page that has the address already stays. */
export function copyFiles(portal: Portal, target: string): void {
  for (const { path, source, body } of portalFiles(portal)) {
    const file = join(target, path);
    if (relative(target, file).startsWith('..')) throw new Error(`${path} is not below the portal`);
    if (existsSync(file) || (source !== undefined && !existsSync(source))) continue;
    mkdirSync(dirname(file), { recursive: true });
    if (source === undefined) writeFileSync(file, body ?? '');
    else copyFileSync(source, file);
  }
}
