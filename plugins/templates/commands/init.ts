import { join, resolve } from 'node:path';

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
  const template = loadLocalTemplate(
    join(import.meta.dirname, '..', '..', '..', 'templates', 'portal'),
  );
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
  if (result.state === 'done') writeFiles(folder, result.files);
  printResult(result, { out: folder, isDryRun: false });
  if (result.state === 'failed') return exitCode.problems;
  console.error(`Next: cd ${folder}, git init, and push it. Its README says the rest.`);
  return exitCode.done;
}
