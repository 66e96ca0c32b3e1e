import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { gitHistory, isInGit, parseLog } from './git-history.ts';

test('the newest change of each file, with the people who changed it', () => {
  const log = [
    '\u00002026-11-02T10:00:00Z\tMina\tb1\n\ndocs/a.md\ndocs/b c.md\n',
    '\u00002026-10-01T10:00:00Z\tJonas\ta1\n\ndocs/a.md\n',
    '\u00002026-09-01T10:00:00Z\tMina\t\n\ndocs/a.md\ndocs/old.md\n',
  ].join('');

  expect(Object.fromEntries(parseLog(log, { isShallow: false }))).toEqual({
    'docs/a.md': { at: '2026-11-02T10:00:00Z', by: ['Mina', 'Jonas'] },
    'docs/b c.md': { at: '2026-11-02T10:00:00Z', by: ['Mina'] },
    'docs/old.md': { at: '2026-09-01T10:00:00Z', by: ['Mina'] },
  });
  expect(parseLog(log, { isShallow: true }).has('docs/old.md')).toBe(false);
});

test('the history of a folder is that of the repository around it; there is none outside of git', async () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-history-')));
  const folder = join(root, 'organisation', 'shop');
  mkdirSync(join(folder, 'docs'), { recursive: true });
  writeFileSync(join(folder, 'docs', 'index.md'), '# Shop\n');

  expect(isInGit(folder)).toBe(false);
  expect(await gitHistory(folder, 'docs')).toEqual(new Map());

  const git = ['-c', 'user.name=Mina', '-c', 'user.email=mina@acme.test'];
  execFileSync('git', ['init', '--quiet'], { cwd: root });
  execFileSync('git', ['add', '.'], { cwd: root });
  execFileSync('git', [...git, 'commit', '--quiet', '--message', 'Add'], { cwd: root });

  expect(isInGit(folder)).toBe(true);
  expect((await gitHistory(folder, 'docs')).get('docs/index.md')?.by).toEqual(['Mina']);
});
