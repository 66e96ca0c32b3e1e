import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

import type { Command } from 'commander';

import { CallboardError, exitCode } from '../../../collectors/callboard-error.ts';
import type { CommandContext } from '../../types.ts';
import { pagesOf, type JsonObject } from '../engine/index.ts';
import { parseYaml } from '../engine/yaml.ts';
import { run } from './run-template.ts';
import { loadLocalTemplate } from './local-template.ts';
import type { MadeFile } from './node-run.ts';
import { validated } from './values.ts';
import { writeFiles } from './write-files.ts';

/** Adds `callboard template test`. */
export default function addTemplate(command: Command, context: CommandContext): void {
  command
    .command('test')
    .description('Render a template with its examples and compare with what is expected.')
    .argument('<template>', 'a template.yaml or its folder')
    .option('--update', 'write what is rendered as what is expected')
    .addHelpText(
      'after',
      '\nEach examples/<name>.yaml beside the template holds values; examples/<name>/ holds the files expected of them.',
    )
    .action(async (path: string, options: { update?: boolean }) => {
      process.exitCode = await testTemplate(
        resolve(context.workingDirectory, path),
        options,
        context,
      );
    });
}

async function testTemplate(
  path: string,
  { update }: { update?: boolean },
  context: CommandContext,
): Promise<number> {
  const template = loadLocalTemplate(path);
  const folder = join(template.folder!, 'examples');
  const names = (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => /\.ya?ml$/.test(name))
    .sort();
  if (names.length === 0) {
    throw new CallboardError(
      exitCode.usage,
      `${template.ref} has no examples.`,
      `Put values into ${join(folder, '<name>.yaml')}; --update makes the folder expected of them.`,
    );
  }
  let failures = 0;
  for (const name of names) {
    const expected = join(folder, name.replace(/\.ya?ml$/, ''));
    const differences = await testExample(
      template,
      join(folder, name),
      expected,
      update === true,
      context,
    );
    console.log(`${differences.length === 0 ? 'ok' : 'FAILED'} ${template.ref} ${name}`);
    for (const difference of differences) console.log(`  ${difference}`);
    failures += differences.length;
  }
  return failures === 0 ? exitCode.done : exitCode.problems;
}

async function testExample(
  template: ReturnType<typeof loadLocalTemplate>,
  valuesFile: string,
  expected: string,
  isUpdate: boolean,
  context: CommandContext,
): Promise<string[]> {
  const given = (parseYaml(readFileSync(valuesFile, 'utf8')) ?? {}) as JsonObject;
  const { values, errors } = validated(pagesOf(template.entity.spec), given);
  if (errors.length > 0) return errors;
  const result = await run(template, values, {
    isDryRun: true,
    github: undefined,
    directory: context.workingDirectory,
    onLog() {},
  });
  if (result.state === 'failed') return [result.error!];
  const warnings = result.unresolved.map(
    ({ file, line, column, name }) =>
      `${line === 0 ? file : `${file}:${line}:${column}`}: ${name} has no value`,
  );
  if (warnings.length > 0) return warnings;
  if (!isUpdate) return compare(expected, result.files);
  rmSync(expected, { recursive: true, force: true });
  writeFiles(expected, result.files);
  return [];
}

/** What differs between a folder and the files a template made. */
export function compare(folder: string, files: readonly MadeFile[]): string[] {
  const wanted = existsSync(folder) ? pathsBelow(folder, folder) : [];
  const made = new Map(files.map((file) => [file.path, file]));
  const missing = wanted
    .filter((path) => !made.has(path))
    .map((path) => `${path} is expected and was not made`);
  const others = files.flatMap(({ path, content, mode }) => {
    if (!wanted.includes(path)) return [`${path} was made and is not expected`];
    const file = join(folder, path);
    const status = lstatSync(file);
    const before = status.isSymbolicLink() ? Buffer.from(readlinkSync(file)) : readFileSync(file);
    if (!before.equals(content)) return [`${path}:${firstDifference(before, content)} differs`];
    const isExecutable = (mode & 0o111) !== 0;
    return !status.isSymbolicLink() && isExecutable !== ((status.mode & 0o100) !== 0)
      ? [`${path} differs in being executable`]
      : [];
  });
  return [...missing, ...others];
}

function firstDifference(before: Uint8Array, after: Uint8Array): number {
  const [a, b] = [before, after].map((bytes) => new TextDecoder().decode(bytes).split('\n'));
  const line = a!.findIndex((text, index) => text !== b![index]);
  return line === -1 ? a!.length : line + 1;
}

function pathsBelow(folder: string, root: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory()
        ? pathsBelow(path, root)
        : [relative(root, path).split(sep).join('/')];
    })
    .sort();
}
