import { join } from 'node:path';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { builtIns } from '../../plugins/index.ts';
import { loadConfig } from '../config.ts';
import { findConfig } from '../find-config.ts';

interface Options {
  portal?: string;
  header: Record<string, string>;
}

/** Adds `callboard mcp`. */
export function addMcp(program: Command, version: string): void {
  program
    .command('mcp')
    .summary('answer the questions of language models about the portal')
    .description(
      'Serves the built portal as tools of the Model Context Protocol on stdin and stdout: search, entities, owners, documentation, clusters, costs. Reads only.',
    )
    .option('--portal <folder or address>', 'the built portal; dist/ by default')
    .option(
      '--header <name: value>',
      'header to send with every request to an address; may be repeated',
      readHeader,
      {},
    )
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 2 bad configuration or usage, 3 there is no portal, 70 a bug.',
    )
    .action(async (options: Options) => {
      const directory = process.cwd();
      const config = findConfig(directory) ? await loadConfig(directory) : undefined;
      const { openPortal } = await import('../../site/mcp/portal-reader.ts');
      const { servePortalTools } = await import('../../site/mcp/serve.ts');
      const portal = await openPortal(options.portal ?? join(directory, 'dist'), {
        url: config?.url,
        headers: options.header,
      });
      await servePortalTools(portal, config?.plugins ?? builtIns, version);
    });
}

function readHeader(text: string, before: Record<string, string>): Record<string, string> {
  const [, name, value] = /^([\w-]+):\s*(\S.*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError("expected a header such as 'Authorization: Bearer …'");
  }
  return { ...before, [name]: value };
}
