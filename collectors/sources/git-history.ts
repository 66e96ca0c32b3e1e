import { execFile } from 'node:child_process';

/** Who changed a file and when, newest first. */
export interface FileHistory {
  at: string;
  by: string[];
}

const mostCommits = 5_000;
const mostBytes = 64 * 1024 * 1024;

/** Last changes of the files below a folder; empty where git or history is missing. */
export function gitHistory(root: string, folder: string): Promise<Map<string, FileHistory>> {
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
    const log = [
      'log',
      '-n',
      String(mostCommits),
      '--no-merges',
      '--no-ext-diff',
      '--no-textconv',
      '--format=%x00%cI%x09%an',
      '--name-only',
      '--relative',
    ];
    execFile(
      'git',
      [...safe, ...log, '--', folder === '' ? '.' : `./${folder}`],
      {
        cwd: root,
        maxBuffer: mostBytes,
        timeout: 20_000,
        env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
      },
      (error, output) => resolve(error ? new Map() : parseLog(output)),
    );
  });
}

/** Records of `\0time\tname` followed by the paths of the commit, newest first. */
export function parseLog(output: string): Map<string, FileHistory> {
  const files = new Map<string, FileHistory>();
  for (const record of output.split('\u0000')) {
    const [head = '', ...paths] = record.split('\n').filter(Boolean);
    const [at, name] = head.split('\t');
    if (!at || !name) continue;
    for (const path of paths) {
      const known = files.get(path);
      if (!known) files.set(path, { at, by: [name] });
      else if (!known.by.includes(name) && known.by.length < 5) known.by.push(name);
    }
  }
  return files;
}
