/** The built-in plugins, one line each. */
import catalog from './catalog/plugin.ts';
import docs from './docs/plugin.ts';
import templates from './templates/plugin.ts';
import apis from './apis/plugin.ts';
import kubernetes from './kubernetes/plugin.ts';
import costs from './costs/plugin.ts';
import activity from './activity/plugin.ts';
import type { AnyPlugin } from './types.ts';

export const builtIns: readonly AnyPlugin[] = [
  catalog,
  docs,
  templates,
  apis,
  kubernetes,
  costs,
  activity,
];
