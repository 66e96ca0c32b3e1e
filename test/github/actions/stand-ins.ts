import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

import { git } from '../git.ts';

/** Where jobs of one run meet. */
export interface Place {
  /** Folder with `<owner>/<name>.git`. */
  server: string;
  repository: string;
  /** Kept between runs; undefined where there is no cache, as after a week. */
  cache: string | undefined;
  artifacts: string;
  /** What was published to Pages. */
  published: string;
}

type Inputs = Record<string, string>;

/** Does what an action of GitHub's does, as far as our workflows rely on it. */
export async function runAction(
  uses: string,
  inputs: Inputs,
  workspace: string,
  place: Place,
): Promise<void> {
  const name = uses.replace(/@.*/, '');
  const action = actions[name];
  if (!action) throw new Error(`no stand-in for ${name}`);
  await action(inputs, workspace, place);
}

type Action = (inputs: Inputs, workspace: string, place: Place) => Promise<void> | void;

const actions: Record<string, Action> = {
  async 'actions/checkout'(inputs, workspace, { server, repository }) {
    const address = `file://${join(server, `${repository}.git`)}`;
    await git(workspace, ['clone', '--quiet', address, '.']);
    // Without credentials nothing can be fetched or pushed from there.
    if (inputs['persist-credentials'] === 'false')
      await git(workspace, ['remote', 'set-url', 'origin', 'file:///no/credentials.git']);
  },

  'actions/cache/restore'(inputs, workspace, { cache }) {
    if (cache === undefined || !existsSync(cache)) return;
    const kept = readdirSync(cache).sort().reverse();
    const wanted = [inputs['key']!, ...lines(inputs['restore-keys'])];
    const found = wanted.flatMap((key) => kept.find((name) => name.startsWith(key)) ?? [])[0];
    if (found !== undefined) cpSync(join(cache, found), workspace, { recursive: true });
  },

  'actions/cache/save'(inputs, workspace, { cache }) {
    if (cache === undefined) return;
    for (const path of lines(inputs['path']))
      if (existsSync(join(workspace, path)))
        cpSync(join(workspace, path), join(cache, inputs['key']!, path), { recursive: true });
  },

  'actions/upload-artifact'(inputs, workspace, { artifacts }) {
    const paths = lines(inputs['path']).map((path) => resolve(workspace, path));
    const root = paths.length === 1 ? paths[0]! : commonFolder(paths);
    const there = paths.filter((path) => existsSync(path));
    if (there.length === 0) throw new Error(`nothing to upload in ${paths.join(', ')}`);
    for (const path of there)
      cpSync(path, join(artifacts, inputs['name']!, path.slice(root.length)), { recursive: true });
  },

  'actions/download-artifact'(inputs, workspace, { artifacts }) {
    const folder = resolve(workspace, inputs['path'] ?? '.');
    mkdirSync(folder, { recursive: true });
    if (inputs['name'] !== undefined) {
      cpSync(join(artifacts, inputs['name']), folder, { recursive: true });
      return;
    }
    const start = inputs['pattern']!.replace(/\*$/, '');
    for (const name of readdirSync(artifacts))
      if (name.startsWith(start))
        cpSync(join(artifacts, name), join(folder, name), { recursive: true });
  },

  'actions/upload-pages-artifact'(inputs, workspace, { artifacts }) {
    cpSync(join(workspace, inputs['path']!), join(artifacts, 'github-pages'), { recursive: true });
  },

  'actions/deploy-pages'(_, __, { artifacts, published }) {
    cpSync(join(artifacts, 'github-pages'), published, { recursive: true });
  },
};

function lines(text: string | undefined): string[] {
  return (text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

/** The folder an artifact of several paths begins at. */
function commonFolder(paths: readonly string[]): string {
  let folder = dirname(paths[0]!);
  while (!paths.every((path) => path.startsWith(`${folder}/`) || path === folder))
    folder = dirname(folder);
  return basename(folder) === '' ? '' : folder;
}
