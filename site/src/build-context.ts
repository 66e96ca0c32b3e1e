import type { Config } from '../../collectors/config-schema.ts';
import type { PortalParts } from './portal/load.ts';

/** What the pages are made of, besides code: the same bundle of them serves every organisation without own plugins. */
export interface BuildContext {
  /** The organisation's folder. */
  directory: string;
  config: Config;
  /** What was read already: nothing is read twice in one process. */
  parts?: PortalParts;
}

const place = Symbol.for('callboard.build-context');

/** Set by whoever runs the pages, before they load: the pages are bundled, so the two share nothing but the process. */
export function setBuildContext(context: BuildContext): void {
  Reflect.set(globalThis, place, context);
}

export function getBuildContext(): BuildContext {
  const context = Reflect.get(globalThis, place) as BuildContext | undefined;
  if (!context) throw new Error('The pages were loaded before their build context was set');
  return context;
}
