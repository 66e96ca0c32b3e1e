import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CallboardError, exitCode } from './callboard-error.ts';

/** Refuses a folder that holds no built portal. */
export function requirePortal(folder: string): void {
  if (existsSync(join(folder, 'index.html'))) return;
  throw new CallboardError(
    exitCode.nothing,
    `There is no portal in ${folder}.`,
    'Run `callboard build` first.',
  );
}

/** Path a portal was built for: the build writes it into every page's body. */
export function baseOf(folder: string): string {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  return /<body[^>]* data-base="([^"]*)"/.exec(html)?.[1] ?? '/';
}
