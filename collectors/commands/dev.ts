import type { Command } from 'commander';
import { loadConfig } from '../config.ts';
import { createProgress } from '../progress.ts';
import { collect } from '../run.ts';
import { readPort } from './read-port.ts';
import { sourceId } from '../sources/index.ts';

interface Options {
  port: number;
}

/** Adds `callboard dev`. */
export function addDev(program: Command): void {
  program
    .command('dev')
    .summary('serve the portal and follow changes')
    .description(
      'Collects, serves the portal, and shows changes of the configuration and of local sources as they are saved.',
    )
    .option('--port <number>', 'port to listen on', readPort, 4321)
    .action(async (options: Options) => {
      const directory = process.cwd();
      const progress = createProgress(false);
      const { serveAndFollow } = await import('../../site/dev.ts');
      await serveAndFollow(directory, options.port, {
        loadConfig: () => loadConfig(directory),
        collect: (config, only) => collect(directory, config, { acceptRemovals: true, only }),
        sourceIds: (config) => config.sources.map(sourceId),
        line: (text) => progress.line(text),
      });
    });
}
