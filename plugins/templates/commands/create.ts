import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

import type { Command } from 'commander';

import { CallboardError, exitCode } from '../../../collectors/callboard-error.ts';
import type { CommandContext } from '../../types.ts';
import { actionsWith, pagesOf, templateSpecOf } from '../engine/index.ts';
import type { GitHubSettings } from '../github/client.ts';
import { catalogTemplateNames, loadCatalogTemplate } from './catalog-template.ts';
import { createFromEvent } from './create-from-event.ts';
import type { LoadedTemplate } from './local-template.ts';
import { loadLocalTemplate } from './local-template.ts';
import { askForValues } from './prompts.ts';
import { printResult } from './report.ts';
import { githubSettings, run } from './run-template.ts';
import { readValuesFile, validated } from './values.ts';
import { ensureEmpty, writeFiles } from './write-files.ts';

interface Options {
  values?: string;
  dryRun?: boolean;
  out?: string;
  fromEvent?: boolean;
}

/** Adds `callboard create`. */
export default function addCreate(command: Command, context: CommandContext): void {
  command
    .argument('[template]', 'a template.yaml, its folder, or the name of a template of the catalog')
    .option('--values <file>', 'YAML or JSON with the values; asked for one by one otherwise')
    .option('--dry-run', 'touch nothing outside of the workspace')
    .option('--out <folder>', 'write the files there; the folder must be new or empty')
    .option('--from-event', 'run what an issue or a dispatch of GitHub Actions asks for')
    .addHelpText(
      'after',
      '\nPublishing needs a token in GITHUB_TOKEN. Exit codes: 0 done, 1 the run failed, 2 bad usage, 70 a bug.',
    )
    .action(async (template: string | undefined, options: Options) => {
      process.exitCode = options.fromEvent
        ? await createFromEvent(context, process.env)
        : await create(template, options, context);
    });
}

async function create(
  name: string | undefined,
  options: Options,
  context: CommandContext,
): Promise<number> {
  if (name === undefined) throw noTemplate(context.workingDirectory);
  const template = load(name, context.workingDirectory);
  const out =
    options.out === undefined ? undefined : resolve(context.workingDirectory, options.out);
  if (out !== undefined) ensureEmpty(out);
  const github = githubSettings(process.env);
  refuseUnpublishable(template, options, github);
  const pages = pagesOf(template.entity.spec);
  const given =
    options.values === undefined
      ? await askForValues(pages)
      : readValuesFile(resolve(context.workingDirectory, options.values));
  const checked = validated(pages, given);
  if (checked.errors.length > 0) {
    throw new CallboardError(
      exitCode.usage,
      `The values do not fit ${template.ref}: ${checked.errors.join('; ')}.`,
      'Correct the file given to --values, or leave it out to be asked.',
    );
  }
  const result = await run(template, checked.values, {
    isDryRun: options.dryRun === true,
    github,
    directory: context.workingDirectory,
  });
  if (out !== undefined && result.state === 'done') writeFiles(out, result.files);
  printResult(result, { out, isDryRun: options.dryRun === true });
  return result.state === 'done' ? exitCode.done : exitCode.problems;
}

function load(name: string, directory: string): LoadedTemplate {
  const path = resolve(directory, name);
  if (existsSync(path)) return loadLocalTemplate(path);
  const shipped = join(import.meta.dirname, '..', '..', '..', 'templates', basename(name));
  const found =
    loadCatalogTemplate(name, directory) ??
    (existsSync(shipped) ? loadLocalTemplate(shipped) : undefined);
  if (found) return found;
  throw noTemplate(directory, name);
}

function noTemplate(directory: string, name?: string): CallboardError {
  const names = catalogTemplateNames(directory);
  return new CallboardError(
    exitCode.usage,
    name === undefined ? 'Which template?' : `There is no template ${name}.`,
    names.length > 0
      ? `Templates of the catalog: ${names.join(', ')}.`
      : 'Give a template.yaml or its folder, or run `callboard collect` to read the catalog.',
  );
}

/** Publishing without a token fails late; said before anything is asked or done. */
function refuseUnpublishable(
  template: LoadedTemplate,
  options: Options,
  github: GitHubSettings | undefined,
): void {
  if (options.dryRun || github) return;
  const actions = actionsWith();
  const step = templateSpecOf(template.entity.spec).steps.find(
    ({ action }) =>
      actions.get(action) && !actions.get(action)!.run && action !== 'catalog:register',
  );
  if (!step) return;
  throw new CallboardError(
    exitCode.usage,
    `The step ${step.id} (${step.action}) needs a token of GitHub, and there is none.`,
    'Set GITHUB_TOKEN, or use --dry-run --out <folder> to get the files alone.',
  );
}
