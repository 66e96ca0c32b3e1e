import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { validateWorkflow } from '@action-validator/core';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';

import { loadConfig } from '../../../collectors/config.ts';
import addInit from './init.ts';

const root = join(import.meta.dirname, '../../..');
const portal = mkdtempSync(join(tmpdir(), 'callboard-init-'));

beforeAll(async () => {
  const command = new Command();
  addInit(command, { workingDirectory: root, options: () => Promise.resolve(undefined) });
  const values = join(root, 'templates/portal/examples/acme.yaml');
  await command.parseAsync([portal, '--values', values], { from: 'user' });
}, 60_000);

afterAll(() => rmSync(portal, { recursive: true, force: true }));

test('its configuration is one, with what was answered', async () => {
  const { title, url, sources, options } = await loadConfig(portal);

  expect({ title, url }).toEqual({ title: 'Acme portal', url: 'https://portal.acme.example' });
  expect(sources).toMatchObject([{ type: 'github', organization: 'acme', githubOrg: true }]);
  expect(options['templates']).toMatchObject({
    github: { repository: 'acme/portal' },
    allowedTeams: ['acme/engineers'],
  });
});

test('the engine lies beside it: no name of a registry is trusted', () => {
  const { dependencies } = JSON.parse(readFileSync(join(portal, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };

  expect(dependencies).toEqual({ callboard: 'file:callboard.tgz' });
  expect(existsSync(join(portal, 'callboard.tgz'))).toBe(true);
});

interface Step {
  name?: string;
  uses?: string;
  run?: string;
  env?: Record<string, string>;
}

function stepsOf(folder: string, name: string, job: string): Step[] {
  const text = readFileSync(join(folder, '.github/workflows', name), 'utf8');
  return (parse(text) as { jobs: Record<string, { steps: Step[] }> }).jobs[job]!.steps;
}

test.each(['create.yml', 'portal.yml'])(
  '%s is a valid workflow, of the same actions as ours',
  (name) => {
    const text = readFileSync(join(portal, '.github/workflows', name), 'utf8');
    const ours = readdirSync(join(root, '.github/workflows'))
      .map((each) => readFileSync(join(root, '.github/workflows', each), 'utf8'))
      .join('\n');

    expect(validateWorkflow(text).errors).toEqual([]);
    for (const [action] of text.matchAll(/uses: .*/g)) expect(ours).toContain(action);
    for (const [line] of text.matchAll(/run: .*/g)) expect(line).not.toContain('${{');
  },
);

test.each([
  ['create.yml', 'create'],
  ['portal.yml', 'build'],
])('%s runs the package as ours runs the clone, with the same credentials', (name, job) => {
  function commands(steps: Step[], program: string) {
    return steps.flatMap(({ run, env }) => {
      const command = run?.split('\n')[0]!.replace(program, 'callboard');
      return command?.startsWith('callboard ') && !command.includes('summary')
        ? [{ command, env }]
        : [];
    });
  }

  expect(commands(stepsOf(portal, name, job), 'npx callboard')).toEqual(
    commands(stepsOf(root, name, job), 'node collectors/callboard.mjs'),
  );
});
