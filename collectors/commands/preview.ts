import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
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
    .option('--port <number>', 'port to listen on', readPort, 4321)
    .option('--base <path>', 'path the portal was built for; read from dist/ by default')
    .action(async (options: Options) => {
      const dist = join(process.cwd(), 'dist');
      if (!existsSync(join(dist, 'index.html'))) {
        throw new CallboardError(
          exitCode.nothing,
          `There is no portal in ${dist}.`,
          'Run `callboard build` first.',
        );
      }
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

/** The build writes its base into every page's body. */
function baseOf(dist: string): string {
  return (
    /<body[^>]* data-base="([^"]*)"/.exec(readFileSync(join(dist, 'index.html'), 'utf8'))?.[1] ??
    '/'
  );
}
