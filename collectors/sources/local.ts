import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';

import pMap from 'p-map';
import picomatch from 'picomatch';

import type { ProblemInput, Repository } from '../../plugins/types.ts';
import { parseRemote, readGitFolder } from './git-folder.ts';
import { describe, localRepository, type Newest } from './local-repository.ts';
import type { LocalOptions } from './local-options.ts';
import type { Source, SourceAnswer, SourceContext } from './source.ts';

/** Repositories from folders of this machine. */
export function localSource(config: LocalOptions, { workingDirectory }: SourceContext): Source {
  const root = resolve(workingDirectory, config.root);
  const id = config.id ?? `local:${config.root}`;

  async function list(signal: AbortSignal): Promise<SourceAnswer> {
    const newest: Newest = { time: 0 };
    const problems: ProblemInput[] = [];
    try {
      const folders = await repositoryFolders(root, config.repositories);
      const found = await pMap(
        folders,
        (folder) => toRepository(config, id, root, folder, newest, problems),
        { concurrency: 16, signal },
      );
      const repositories = found.filter((repository) => repository !== undefined);
      return { repositories, problems, state: stateOf(id, repositories.length, config, newest) };
    } catch (error) {
      if (signal.aborted) throw error;
      const { code } = error as NodeJS.ErrnoException;
      const detail = `The folder \`${config.root}\` cannot be read: ${describe(code)}. Check \`root\` of this source.`;
      return { repositories: [], problems, state: { id, state: 'failed', asOf: epoch, detail } };
    }
  }

  return { id, list };
}

const epoch = new Date(0).toISOString();

/** The time is read when the snapshot is written: by then it is that of the newest file read. */
function stateOf(
  id: string,
  count: number,
  { root, repositories }: LocalOptions,
  newest: Newest,
): SourceAnswer['state'] {
  const state = { id, state: count > 0 ? ('fresh' as const) : ('failed' as const) };
  const detail =
    count > 0
      ? undefined
      : `No folder below \`${root}\` matches \`${String(repositories)}\`. Check \`repositories\` of this source.`;
  return {
    ...state,
    get asOf() {
      return new Date(newest.time).toISOString();
    },
    ...(detail !== undefined && { detail }),
  };
}

async function repositoryFolders(
  root: string,
  patterns: string | readonly string[],
): Promise<string[]> {
  const globs = typeof patterns === 'string' ? [patterns] : [...patterns];
  const folders = new Set<string>();
  await readdir(root);
  if (globs.includes('.')) folders.add('');
  const depth = Math.max(...globs.map((glob) => glob.split('/').length));
  const matches = picomatch(globs.filter((glob) => glob !== '.'));

  async function walk(folder: string, level: number): Promise<void> {
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (!entry.isDirectory() || entry.name === '.git') continue;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (matches(path)) folders.add(path);
      else if (level < depth) await walk(path, level + 1);
    }
  }

  if (globs.some((glob) => glob !== '.')) await walk('', 1);
  return [...folders].sort();
}

async function toRepository(
  config: LocalOptions,
  source: string,
  root: string,
  folder: string,
  newest: Newest,
  problems: ProblemInput[],
): Promise<Repository | undefined> {
  const path = join(root, folder);
  const git = await readGitFolder(path);
  const remote = git.remote === undefined ? undefined : parseRemote(git.remote);
  const owner = remote?.owner ?? config.owner;
  const name = remote?.name ?? basename(path);
  const id =
    remote && remote.host !== 'github.com' ? `${remote.host}/${owner}/${name}` : `${owner}/${name}`;
  try {
    await readdir(path);
    const { mtimeMs } = await stat(path);
    // An empty answer must have a time too; files read later only make it newer.
    if (newest.time === 0) newest.time = Math.floor(mtimeMs);
  } catch (error) {
    problems.push({
      code: 'engine/unreadable-repository',
      message: `The folder \`${folder}\` of \`${config.root}\` cannot be read: ${describe((error as NodeJS.ErrnoException).code)}.`,
      hint: 'Let the user that runs the collect read the folder, or take it out of `repositories`.',
      at: { repository: id },
    });
    return undefined;
  }
  const template = config.url?.replaceAll('{owner}', owner).replaceAll('{name}', name);
  return localRepository(
    path,
    {
      source,
      id,
      owner,
      name,
      url: remote?.url ?? template,
      branch: git.branch ?? (remote || template !== undefined ? config.branch : undefined),
      commit: git.commit,
      catalogFiles: config.catalogFiles,
    },
    newest,
  );
}
