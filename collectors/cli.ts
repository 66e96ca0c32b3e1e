import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { CallboardError, exitCode } from './callboard-error.ts';
import { addBuild } from './commands/build.ts';
import { addCheck } from './commands/check.ts';
import { addCollect } from './commands/collect.ts';
import { addConfig } from './commands/config.ts';
import { addDev } from './commands/dev.ts';
import { addExport } from './commands/export.ts';
import { addMcp } from './commands/mcp.ts';
import { addPluginCommands } from './commands/plugin-commands.ts';
import { addPreview } from './commands/preview.ts';
import { addSummary } from './commands/summary.ts';

try {
  const program = await createProgram();
  await program.parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}

async function createProgram(): Promise<Command> {
  const program = new Command('callboard')
    .description('A developer portal generated in CI and served as static files.')
    .version(version())
    .showSuggestionAfterError()
    .exitOverride()
    .configureHelp({ sortSubcommands: false });
  addCollect(program);
  addBuild(program);
  addDev(program);
  addPreview(program);
  addCheck(program);
  addConfig(program);
  addSummary(program);
  addExport(program);
  addMcp(program, version());
  await addPluginCommands(program, process.argv.slice(2, 4));
  for (const command of program.commands) inheritSettings(command, program);
  return program;
}

/** Commander copies settings only to commands made after them. */
function inheritSettings(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inheritSettings(child, command);
}

function version(): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  return manifest.version;
}

/** Prints what went wrong as its reader needs it, and gives the exit code. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.usage;
  if (error instanceof CallboardError) {
    console.error(`callboard: ${error.message}`);
    if (error.hint) console.error(`  ${error.hint}`);
    return error.code;
  }
  console.error('callboard: this is a bug of ours. Please report it with the lines below.');
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  return exitCode.bug;
}
