/** The built-in plugins, one line each. */
import catalog from './catalog/plugin.ts';
import docs from './docs/plugin.ts';
import type { AnyPlugin } from './types.ts';

export const builtIns: readonly AnyPlugin[] = [catalog, docs];
