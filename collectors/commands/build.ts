import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { loadConfig } from '../config.ts';
import { withLock } from '../lock.ts';
import { exitCode } from '../callboard-error.ts';
import { createProgress } from '../progress.ts';
import { countText, placeText } from '../reporters/problem-line.ts';

interface Options {
  base?: string;
  strict?: boolean;
  quiet?: boolean;
}

/** Adds `callboard build`. */
export function addBuild(program: Command): void {
  program
    .command('build')
    .summary('build dist/ from the snapshots')
    .description('Builds the portal from content/snapshot/ into dist/. Never touches the network.')
    .option('--base <path>', 'path the portal lives below on its host, e.g. /portal/', readBase)
    .option('--strict', 'exit with 1 when making the pages shows errors or warnings')
    .option('--quiet', 'print problems only')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 problems and --strict, 2 bad configuration or usage, 3 no snapshot or one that cannot be used, 70 a bug.',
    )
    .action(async (options: Options) => {
      const directory = process.cwd();
      const config = await loadConfig(directory);
      const progress = createProgress(options.quiet === true);
      const started = performance.now();
      const { problems } = await withLock(directory, 'build', async () => {
        const { buildPortal } = await import('../../site/build.ts');
        return buildPortal(directory, config, options.base ?? config.base, (line) =>
          progress.line(line),
        );
      });
      const shown = problems.filter(({ severity }) => severity !== 'info');
      if (shown.length > 0) {
        const lines = shown.map((problem) =>
          `${placeText(problem, true)} ${problem.severity} ${problem.message}`.trim(),
        );
        progress.group(`Problems of the pages: ${countText(problems)}`, lines);
      }
      if (options.strict && shown.length > 0) process.exitCode = exitCode.problems;
      progress.line(`Built dist/ in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
    });
}

/** `portal`, `/portal` and `/portal/` all mean the last. */
function readBase(value: string): string {
  const base = `/${value.replace(/^\/+|\/+$/g, '')}/`.replace('//', '/');
  if (/^\/([\w.~-]+\/)*$/.test(base)) return base;
  throw new InvalidArgumentError('expected a path such as /portal/');
}
