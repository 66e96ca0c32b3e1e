import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What a folder's own `.git` says about it; nothing of a repository further up. */
export interface GitFolder {
  /** Address of the remote `origin`, else of the first one. */
  remote?: string;
  branch?: string;
  commit?: string;
}

/** Reads `.git/config`, `HEAD` and the refs directly: no process for each of thousands of repositories. */
export async function readGitFolder(folder: string): Promise<GitFolder> {
  const directory = await gitDirectory(folder);
  if (directory === undefined) return {};
  const [config, head] = await Promise.all([
    readText(join(directory, 'config')),
    readText(join(directory, 'HEAD')),
  ]);
  const remote = config === undefined ? undefined : remoteOf(config);
  const ref = /^ref: (refs\/heads\/(.+?))\s*$/.exec(head ?? '');
  const commit = ref?.[1] === undefined ? head?.trim() : await commitOf(directory, ref[1]);
  return {
    ...(remote !== undefined && { remote }),
    ...(ref?.[2] !== undefined && { branch: ref[2] }),
    ...(commit !== undefined && /^[0-9a-f]{40,64}$/.test(commit) && { commit }),
  };
}

/** `.git` itself, or the folder it names in a worktree or submodule whose shared part holds the configuration. */
async function gitDirectory(folder: string): Promise<string | undefined> {
  const own = join(folder, '.git');
  const found = await stat(own).catch(() => undefined);
  return found?.isDirectory() ? own : undefined;
}

async function commitOf(directory: string, ref: string): Promise<string | undefined> {
  const loose = await readText(join(directory, ref));
  if (loose !== undefined) return loose.trim();
  const packed = await readText(join(directory, 'packed-refs'));
  return packed
    ?.split('\n')
    .find((line) => line.endsWith(` ${ref}`))
    ?.split(' ')[0];
}

/** The `url` below `[remote "origin"]`, else below the first remote. */
function remoteOf(config: string): string | undefined {
  let section: string | undefined;
  const remotes = new Map<string, string>();
  for (const line of config.split(/\r?\n/)) {
    const heading = /^\s*\[\s*([^\]]*?)\s*\]/.exec(line);
    if (heading) section = /^remote\s+"(.*)"$/.exec(heading[1] ?? '')?.[1];
    const url = /^\s*url\s*=\s*(.+?)\s*$/.exec(line)?.[1];
    if (section !== undefined && url !== undefined && !remotes.has(section))
      remotes.set(section, url.replace(/^"(.*)"$/, '$1'));
  }
  return remotes.get('origin') ?? remotes.values().next().value;
}

async function readText(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

/** Owner, name and web address from a remote, e.g. `git@github.com:acme/checkout.git`; credentials in it are dropped. */
export function parseRemote(
  remote: string,
): { host: string; owner: string; name: string; url: string } | undefined {
  const short = /^(?:[^@/\s]+@)?([\w.-]+):(?!\/\/)(.+)$/.exec(remote);
  const address = short ? URL.parse(`ssh://${short[1]}/${short[2]}`) : URL.parse(remote);
  if (!address || !/^(?:https?|ssh|git|git\+ssh):$/.test(address.protocol)) return undefined;
  const path = address.pathname
    .replace(/^\/+/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
  const slash = path.lastIndexOf('/');
  if (slash <= 0 || address.hostname === '') return undefined;
  const isWeb = address.protocol.startsWith('http');
  const host = isWeb ? address.host : address.hostname;
  const scheme = isWeb ? address.protocol : 'https:';
  return {
    host,
    owner: path.slice(0, slash),
    name: path.slice(slash + 1),
    url: `${scheme}//${host}/${path}`,
  };
}
