/** The built-in plugins, one line each. */
import activity from './activity/plugin.ts';
import catalog from './catalog/plugin.ts';
import kubernetes from './kubernetes/plugin.ts';
import type { AnyPlugin } from './types.ts';

export const builtIns: readonly AnyPlugin[] = [catalog, activity, kubernetes];
