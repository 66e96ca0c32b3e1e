import { resolve } from 'node:path';
import type { Command } from 'commander';
import { baseOf, requirePortal } from '../built-portal.ts';
import { CallboardError, exitCode } from '../callboard-error.ts';
import { readPort } from './read-port.ts';

interface Options {
  port: number;
  base?: string;
}

/** Adds `callboard preview`. */
export function addPreview(program: Command): void {
  program
    .command('preview')
    .summary('serve dist/ on this machine')
    .description('Serves the built portal, as a static host would, until stopped.')
    .argument('[folder]', 'a built or exported portal', 'dist')
    .option('--port <number>', 'port to listen on', readPort, 4321)
    .option('--base <path>', 'path the portal was built for; read from the portal by default')
    .action(async (folder: string, options: Options) => {
      const dist = resolve(folder);
      requirePortal(dist);
      const base = options.base ?? baseOf(dist);
      const { servePortal } = await import('../../site/preview.ts');
      await servePortal(dist, base, options.port).catch((error: NodeJS.ErrnoException) => {
        throw new CallboardError(
          exitCode.usage,
          `Port ${options.port} cannot be used: ${error.message}.`,
          'Choose another with --port.',
        );
      });
      console.log(`The portal is at http://localhost:${options.port}${base}`);
    });
}
