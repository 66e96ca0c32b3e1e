/** Every template we ship makes what its golden folder holds, and what it makes passes its own CI where the tools are here. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

import addTemplate from './template.ts';

const folder = join(import.meta.dirname, '../../../templates');
const names = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());
const run = promisify(execFile);

test('there are five, and the portal', () => {
  expect(names).toEqual([
    'docs-site',
    'go-service',
    'portal',
    'python-service',
    'terraform-module',
    'typescript-service',
  ]);
});

test.each(names)('%s survives being packed', (name) => {
  const paths = readdirSync(join(folder, name, 'skeleton'), { recursive: true }).map(String);

  // npm leaves these out of a package wherever they are; a name that renders to one is kept.
  expect(paths.filter((path) => /(^|\/)(\.gitignore|\.npmignore|\.npmrc)$/.test(path))).toEqual([]);
});

test.each(names)('%s makes what its examples expect', async (name) => {
  const command = new Command();
  addTemplate(command, { workingDirectory: folder, options: () => Promise.resolve(undefined) });

  await command.parseAsync(['test', name], { from: 'user' });

  expect(process.exitCode ?? 0).toBe(0);
});

describe.each(names.filter((name) => name !== 'portal'))('%s', (name) => {
  const made = join(folder, name, 'examples/checkout');

  test('comes with CI, owners, docs and a catalog file', () => {
    const files = readdirSync(made);

    expect(files).toEqual(
      expect.arrayContaining(['.github', 'CODEOWNERS', 'catalog-info.yaml', 'docs', 'mkdocs.yml']),
    );
    expect(readFileSync(join(made, 'catalog-info.yaml'), 'utf8')).toContain(
      'backstage.io/techdocs-ref: dir:.',
    );
  });

  test('passes its own CI', { timeout: 180_000 }, async (context) => {
    const commands = commandsOf(made);
    const tools = new Set(commands.map((command) => command.split(' ')[0]!));
    for (const tool of tools) if (!(await isHere(tool))) context.skip(`${tool} is not here`);
    const copy = mkdtempSync(join(tmpdir(), `callboard-${name}-`));
    cpSync(made, copy, { recursive: true });

    for (const command of commands) await run('bash', ['-euc', command], { cwd: copy });

    rmSync(copy, { recursive: true });
  });
});

/** What the workflow of a made repository runs. */
function commandsOf(made: string): string[] {
  const { jobs } = parse(readFileSync(join(made, '.github/workflows/ci.yml'), 'utf8')) as {
    jobs: Record<string, { steps: { run?: string }[] }>;
  };
  return Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
}

async function isHere(tool: string): Promise<boolean> {
  return run('bash', ['-c', 'command -v "$1"', 'bash', tool]).then(
    () => true,
    () => false,
  );
}
