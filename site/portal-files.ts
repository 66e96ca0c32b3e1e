import type { Portal, PortalFile } from '../plugins/types.ts';

/** Every file a plugin puts beside its pages. */
export function* portalFiles(portal: Portal): Generator<PortalFile> {
  for (const plugin of portal.plugins) {
    yield* plugin.files?.(portal.model(plugin.name), portal) ?? [];
  }
}
