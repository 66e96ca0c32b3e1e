import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cleanEnvironment } from '../clean-environment.ts';
import { builtIns } from '../../plugins/index.ts';

const root = join(import.meta.dirname, '../..');
const rooms = ['collectors', 'plugins', 'site', 'ui', 'package.json', 'tsconfig.json'];
const names = readdirSync(join(root, 'plugins')).filter(
  (name) => !name.startsWith('_') && statSync(join(root, 'plugins', name)).isDirectory(),
);

/** The plugin, and those that cannot be without it. */
function withDependents(name: string): string[] {
  const dependents = builtIns
    .filter((plugin) => plugin.after?.includes(name))
    .map((plugin) => plugin.name);
  return [name, ...dependents.flatMap(withDependents)];
}

test.each(names)(
  'without plugins/%s and its line the portal still builds',
  { timeout: 120_000 },
  (name) => {
    const engine = mkdtempSync(join(tmpdir(), 'callboard-without-'));
    for (const room of rooms) cpSync(join(root, room), join(engine, room), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(engine, 'node_modules'));
    for (const each of withDependents(name)) removePlugin(engine, each);
    const organisation = join(engine, 'organisation');
    cpSync(join(import.meta.dirname, 'fixtures/organisation'), organisation, { recursive: true });

    const collected = callboard(engine, organisation, 'collect');
    const built = callboard(engine, organisation, 'build');

    expect(collected.output).not.toContain('bug of ours');
    expect(built).toMatchObject({ status: 0 });
    expect(existsSync(join(organisation, 'dist/index.html'))).toBe(true);
    rmSync(engine, { recursive: true });
  },
);

function removePlugin(engine: string, name: string): void {
  rmSync(join(engine, 'plugins', name), { recursive: true });
  const list = join(engine, 'plugins/index.ts');
  const identifier = new RegExp(`import (\\w+) from './${name}/plugin.ts';\\n`).exec(
    readFileSync(list, 'utf8'),
  );
  const text = readFileSync(list, 'utf8')
    .replace(identifier?.[0] ?? '', '')
    .replace(new RegExp(`(?<=[[\\s])${identifier?.[1]},?(?=[\\s\\]])`), '');
  writeFileSync(list, text);
}

function callboard(
  engine: string,
  directory: string,
  command: string,
): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(engine, 'collectors/callboard.mjs'), command],
    {
      cwd: directory,
      encoding: 'utf8',
      env: cleanEnvironment(),
    },
  );
  return { status, output: stdout + stderr };
}
