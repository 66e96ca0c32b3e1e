/** The built-in plugins, one line each. */
import catalog from './catalog/plugin.ts';
import costs from './costs/plugin.ts';
import type { AnyPlugin } from './types.ts';

export const builtIns: readonly AnyPlugin[] = [catalog, costs];
