import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Who changed a file and when, newest first. */
export interface FileHistory {
  at: string;
  by: string[];
}

const mostCommits = 5_000;
const mostBytes = 64 * 1024 * 1024;

/** Whether a folder is part of a git repository, its own or one further up. */
export function isInGit(folder: string): boolean {
  if (existsSync(join(folder, '.git'))) return true;
  const above = dirname(folder);
  return above !== folder && isInGit(above);
}

/** Last changes of the files below a folder; empty where git or history is missing. */
export async function gitHistory(root: string, folder: string): Promise<Map<string, FileHistory>> {
  const log = await git(root, [
    'log',
    '-n',
    String(mostCommits),
    '--no-merges',
    '--no-ext-diff',
    '--no-textconv',
    '--format=%x00%cI%x09%an%x09%p',
    '--name-only',
    '--relative',
    '--',
    folder === '' ? '.' : `./${folder}`,
  ]);
  if (log === '') return new Map();
  const isShallow = (await git(root, ['rev-parse', '--is-shallow-repository'])).trim() === 'true';
  return parseLog(log, { isShallow });
}

/** What git prints; nothing where it fails. */
function git(root: string, parameters: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    // What a repository's own configuration could make git run is switched off.
    const safe = [
      '-c',
      'core.fsmonitor=false',
      '-c',
      'log.showSignature=false',
      '-c',
      'core.pager=cat',
      '-c',
      'core.quotePath=false',
    ];
    execFile(
      'git',
      [...safe, ...parameters],
      {
        cwd: root,
        maxBuffer: mostBytes,
        timeout: 20_000,
        env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
      },
      (error, output) => resolve(error ? '' : output),
    );
  });
}

/**
 * Records of `\0time\tname\tparents` followed by the paths of the commit, newest first. Where a shallow clone was cut
 * off, a commit without parents seems to add every file: it says nothing of them.
 */
export function parseLog(
  output: string,
  { isShallow }: { isShallow: boolean },
): Map<string, FileHistory> {
  const files = new Map<string, FileHistory>();
  for (const record of output.split('\u0000')) {
    const [head = '', ...paths] = record.split('\n').filter(Boolean);
    const [at, name, parents] = head.split('\t');
    if (!at || !name || (isShallow && !parents)) continue;
    for (const path of paths) {
      const known = files.get(path);
      if (!known) files.set(path, { at, by: [name] });
      else if (!known.by.includes(name) && known.by.length < 5) known.by.push(name);
    }
  }
  return files;
}
