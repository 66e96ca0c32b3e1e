import type { Command } from 'commander';
import { builtIns } from '../../plugins/index.ts';
import type { CommandContext } from '../../plugins/types.ts';
import { loadConfig } from '../config.ts';
import { findConfig } from '../find-config.ts';

/**
 * Adds the subcommands of the built-in plugins. Commander wants options before it parses, so the command that argv
 * names is loaded here, and no other: `check` must not pay for `create`.
 */
export async function addPluginCommands(
  program: Command,
  called: readonly string[],
): Promise<void> {
  for (const plugin of builtIns) {
    for (const entry of plugin.commands ?? []) {
      const command = program.command(entry.name).summary(entry.summary).description(entry.summary);
      if (!called.includes(entry.name)) continue;
      const { default: define } = await entry.load();
      define(command as never, contextFor(plugin.name));
    }
  }
}

function contextFor(plugin: string): CommandContext {
  const workingDirectory = process.cwd();
  return {
    workingDirectory,
    async options<T>() {
      if (!findConfig(workingDirectory)) return undefined;
      return (await loadConfig(workingDirectory)).options[plugin] as T;
    },
  };
}
