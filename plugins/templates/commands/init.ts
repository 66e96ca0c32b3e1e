import { execFile } from 'node:child_process';
import { renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import type { Command } from 'commander';

import { CallboardError, exitCode } from '../../../collectors/callboard-error.ts';
import type { CommandContext } from '../../types.ts';
import { pagesOf } from '../engine/index.ts';
import { run } from './run-template.ts';
import { loadLocalTemplate } from './local-template.ts';
import { askForValues } from './prompts.ts';
import { printResult } from './report.ts';
import { readValuesFile, validated } from './values.ts';
import { ensureEmpty, writeFiles } from './write-files.ts';

/** Folder of the engine's package. */
const engine = join(import.meta.dirname, '..', '..', '..');

/** Adds `callboard init`: a portal of one's own, from five answers. */
export default function addInit(command: Command, context: CommandContext): void {
  command
    .argument('[folder]', 'where the portal goes; new or empty', 'portal')
    .option('--values <file>', 'YAML with the answers; asked for otherwise')
    .action(async (folder: string, options: { values?: string }) => {
      process.exitCode = await init(resolve(context.workingDirectory, folder), options, context);
    });
}

async function init(
  folder: string,
  options: { values?: string },
  context: CommandContext,
): Promise<number> {
  ensureEmpty(folder);
  const template = loadLocalTemplate(join(engine, 'templates', 'portal'));
  const pages = pagesOf(template.entity.spec);
  const given =
    options.values === undefined
      ? await askForValues(pages)
      : readValuesFile(resolve(context.workingDirectory, options.values));
  const { values, errors } = validated(pages, given);
  if (errors.length > 0)
    throw new CallboardError(exitCode.usage, `The answers do not fit: ${errors.join('; ')}.`);
  const result = await run(template, values, {
    isDryRun: true,
    github: undefined,
    directory: context.workingDirectory,
    onLog() {},
  });
  if (result.state === 'done') {
    writeFiles(folder, result.files);
    await packEngine(folder);
  }
  printResult(result, { out: folder, isDryRun: false });
  if (result.state === 'failed') return exitCode.problems;
  console.error(`Next: cd ${folder}, npm install, and push it. Its README says the rest.`);
  return exitCode.done;
}

/** Puts this Callboard into the portal as the package its package.json names: a portal must not depend on who owns a name in a registry. */
async function packEngine(folder: string): Promise<void> {
  const arguments_ = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder, engine];
  try {
    const { stdout } = await promisify(execFile)('npm', arguments_, {
      shell: process.platform === 'win32',
    });
    renameSync(join(folder, stdout.trim().split('\n').at(-1)!), join(folder, 'callboard.tgz'));
  } catch (error) {
    throw new CallboardError(
      exitCode.usage,
      `The files are in ${folder}, but Callboard itself could not be packed: ${(error as Error).message}`,
      `Run it yourself: npm pack ${engine}, and move the archive to ${join(folder, 'callboard.tgz')}.`,
      error,
    );
  }
}
