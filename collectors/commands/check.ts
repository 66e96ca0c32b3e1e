import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { builtIns } from '../../plugins/index.ts';
import type { AnyPlugin, Problem, Repository } from '../../plugins/types.ts';
import { CallboardError, exitCode } from '../callboard-error.ts';
import { loadConfig } from '../config.ts';
import { findConfig } from '../find-config.ts';
import { completeProblem, problemKinds, sortProblems } from '../problems.ts';
import { formatReport, reportFormats, type ReportFormat } from '../reporters/index.ts';
import { LocalOptions } from '../sources/local-options.ts';

interface Options {
  format: ReportFormat;
  strict?: boolean;
  catalogFiles?: string[];
}

/** Adds `callboard check`. */
export function addCheck(program: Command): void {
  program
    .command('check')
    .summary('check one repository before merging')
    .description(
      'Checks what a repository contributes to the portal with every rule that needs no other repository.',
    )
    .argument('[path]', 'folder of the repository', '.')
    .addOption(
      new Option('--format <format>', 'how to print problems')
        .choices(reportFormats)
        .default('text'),
    )
    .option(
      '--catalog-files <globs>',
      'catalog files to look for, comma-separated',
      (value: string) => value.split(','),
    )
    .option('--strict', 'exit with 1 on warnings too')
    .addHelpText(
      'after',
      '\nExit codes: 0 no errors, 1 errors (with --strict: or warnings), 2 bad usage, 70 a bug.',
    )
    .action(async (path: string, options: Options) => {
      process.exitCode = await check(resolve(path), options);
    });
}

async function check(path: string, options: Options): Promise<number> {
  const { plugins, optionsOf, isConfigured } = await pluginsFor(process.cwd());
  const kinds = problemKinds(plugins);
  const repository = await openRepository(path, options.catalogFiles);
  const problems: Problem[] = [];
  for (const plugin of plugins) {
    if (!plugin.check) continue;
    const { default: run } = await plugin.check();
    await run({
      options: optionsOf(plugin),
      repository,
      ...(isConfigured && { plugins }),
      report: (problem) => problems.push(completeProblem(problem, kinds)),
    });
  }
  const sorted = sortProblems(problems);
  console.log(formatReport(options.format, sorted, kinds, false));
  const isFailing = sorted.some(
    ({ severity }) => severity === 'error' || (options.strict && severity === 'warning'),
  );
  return isFailing ? exitCode.problems : exitCode.done;
}

/** A team's repository has no configuration: the built-in plugins with their defaults then. */
async function pluginsFor(directory: string): Promise<{
  plugins: readonly AnyPlugin[];
  optionsOf: (plugin: AnyPlugin) => unknown;
  isConfigured: boolean;
}> {
  if (findConfig(directory)) {
    const { plugins, options } = await loadConfig(directory);
    return { plugins, optionsOf: (plugin) => options[plugin.name], isConfigured: true };
  }
  return {
    plugins: builtIns,
    optionsOf: (plugin) => plugin.options?.safeParse({}).data ?? {},
    isConfigured: false,
  };
}

async function openRepository(
  path: string,
  catalogFiles: string[] | undefined,
): Promise<Repository> {
  const { localSource } = await import('../sources/local.ts');
  const options = LocalOptions.parse({
    type: 'local',
    root: path,
    repositories: '.',
    ...(catalogFiles ? { catalogFiles } : {}),
  });
  const source = localSource(options, {
    workingDirectory: process.cwd(),
    kept: '',
    scratch: '',
    progress() {},
  });
  const { repositories, state } = await source.list(new AbortController().signal);
  const repository = repositories[0];
  if (repository) return repository;
  throw new CallboardError(
    exitCode.usage,
    `${path} cannot be checked: ${state.detail ?? 'there is no such folder'}.`,
  );
}
