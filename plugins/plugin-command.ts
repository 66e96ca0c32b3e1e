/** A subcommand a plugin adds: `callboard <name> …`. */
export interface PluginCommand {
  name: string;
  summary: string;
  /** Default export: `(command: import('commander').Command, context: CommandContext) => void`, which adds options and the action. */
  load: () => Promise<{ default: (command: never, context: CommandContext) => void }>;
}

export interface CommandContext {
  readonly workingDirectory: string;
  /** Options of the plugin from the configuration; undefined without one. */
  options<T>(): Promise<T | undefined>;
}
