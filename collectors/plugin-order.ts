import type { AnyPlugin } from '../plugins/types.ts';
import { CallboardError, exitCode } from './callboard-error.ts';

/** Plugins so ordered that each comes after those it names in `after`; otherwise as listed. */
export function orderPlugins(plugins: readonly AnyPlugin[]): AnyPlugin[] {
  const byName = new Map(plugins.map((plugin) => [plugin.name, plugin]));
  const ordered = new Set<AnyPlugin>();
  const entered = new Set<AnyPlugin>();

  function visit(plugin: AnyPlugin): void {
    if (ordered.has(plugin)) return;
    if (entered.has(plugin)) {
      throw new CallboardError(
        exitCode.usage,
        `The plugin ${plugin.name} comes after itself: look at \`after\`.`,
      );
    }
    entered.add(plugin);
    for (const name of plugin.after ?? []) {
      const earlier = byName.get(name);
      if (earlier) visit(earlier);
    }
    ordered.add(plugin);
  }

  for (const plugin of plugins) visit(plugin);
  return [...ordered];
}
