import type { Command } from 'commander';
import * as z from 'zod';
import { configSchema } from '../config-schema.ts';
import { loadConfig } from '../config.ts';

/** Adds `callboard config` and `callboard config schema`. */
export function addConfig(program: Command): void {
  const command = program
    .command('config')
    .summary('print the configuration as read, or its JSON Schema')
    .description('Prints callboard.config.ts as it is understood, defaults filled in.')
    .action(async () => {
      const { plugins, ...rest } = await loadConfig(process.cwd());
      console.log(
        JSON.stringify({ ...rest, plugins: plugins.map((plugin) => plugin.name) }, null, 2),
      );
    });
  command
    .command('schema')
    .summary("print the configuration's JSON Schema")
    .description('Prints the JSON Schema of the configuration, for editors and reviews.')
    .action(() => {
      const schema = z.toJSONSchema(configSchema([]), { io: 'input', unrepresentable: 'any' });
      console.log(JSON.stringify(schema, null, 2));
    });
}
