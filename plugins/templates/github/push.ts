import type { Octokit } from 'octokit';

import type { JsonObject } from '../engine/index.ts';
import { TemplateError } from '../engine/index.ts';
import { asking, askingForMaybe, statusOf } from './client.ts';
import type { GitFile } from './git-tree.ts';
import { treeIdOf } from './git-tree.ts';

/** A repository of GitHub, as its client wants it. */
export type Target = { owner: string; repo: string };

export interface Commit {
  message: string;
  author?: { name: string; email: string } | undefined;
}

const parallelUploads = 4;

/** Id of the commit a branch points at; undefined for a branch or repository without one. */
export async function headOf(
  client: Octokit,
  target: Target,
  branch: string,
): Promise<string | undefined> {
  return asking(`read ${target.owner}/${target.repo}`, async () => {
    try {
      const { data } = await client.rest.git.getRef({ ...target, ref: `heads/${branch}` });
      return data.object.sha;
    } catch (error) {
      // 409 is what GitHub says of a repository without a commit.
      if (statusOf(error) === 404 || statusOf(error) === 409) return undefined;
      throw error;
    }
  });
}

/** Publishes files as the first commit of a branch. Content that is there already counts as done; other content is never touched. */
export async function pushFirst(
  client: Octokit,
  target: Target,
  branch: string,
  files: readonly GitFile[],
  commit: Commit,
): Promise<string> {
  const name = `${target.owner}/${target.repo}`;
  const head = await headOf(client, target, branch);
  if (head !== undefined) {
    const { data } = await asking(`read ${name}`, () =>
      client.rest.git.getCommit({ ...target, commit_sha: head }),
    );
    if (data.tree.sha === treeIdOf(files)) return head;
    throw new TemplateError(
      `Cannot push to ${name}: its branch ${branch} has commits already. Nothing was overwritten; take another name, or remove the repository yourself`,
    );
  }
  const start = await firstCommit(client, target, branch);
  const tree = await writeTree(client, target, files);
  const sha = await writeCommit(client, target, tree, [], commit);
  await asking(`push to ${name}`, () =>
    client.rest.git.updateRef({ ...target, ref: `heads/${branch}`, sha, force: start !== sha }),
  );
  return sha;
}

/** Commits files on top of `base`, on a branch that is made or moved. Undefined when nothing would change. */
export async function pushOnto(
  client: Octokit,
  target: Target,
  base: string,
  branch: string,
  changes: { files: readonly GitFile[]; deleted: readonly string[] },
  commit: Commit,
  parents: readonly string[],
  force = false,
): Promise<string | undefined> {
  const name = `${target.owner}/${target.repo}`;
  const { data: before } = await asking(`read ${name}`, () =>
    client.rest.git.getCommit({ ...target, commit_sha: base }),
  );
  const tree = await writeTree(client, target, changes.files, before.tree.sha, changes.deleted);
  if (tree === before.tree.sha) return undefined;
  const sha = await writeCommit(client, target, tree, parents, commit);
  const existing = await headOf(client, target, branch);
  await asking(`push the branch ${branch} to ${name}`, async () => {
    if (existing === undefined) {
      await client.rest.git.createRef({ ...target, ref: `refs/heads/${branch}`, sha });
    } else await client.rest.git.updateRef({ ...target, ref: `heads/${branch}`, sha, force });
  });
  return sha;
}

/** A repository without a commit takes no objects: one file makes the branch, the real commit replaces it. */
async function firstCommit(client: Octokit, target: Target, branch: string): Promise<string> {
  const { data } = await asking(`push to ${target.owner}/${target.repo}`, () =>
    client.rest.repos.createOrUpdateFileContents({
      ...target,
      path: '.gitkeep',
      message: 'Start the repository',
      content: '',
      branch,
    }),
  );
  return data.commit.sha ?? '';
}

async function writeTree(
  client: Octokit,
  target: Target,
  files: readonly GitFile[],
  base?: string,
  deleted: readonly string[] = [],
): Promise<string> {
  const name = `${target.owner}/${target.repo}`;
  const entries: { path: string; mode: GitFile['mode']; type: 'blob'; sha: string | null }[] = [];
  for (let at = 0; at < files.length; at += parallelUploads) {
    const batch = files.slice(at, at + parallelUploads).map(async ({ path, mode, content }) => {
      const { data } = await asking(`push ${path} to ${name}`, () =>
        client.rest.git.createBlob({
          ...target,
          content: Buffer.from(content).toString('base64'),
          encoding: 'base64',
        }),
      );
      return { path, mode, type: 'blob' as const, sha: data.sha };
    });
    entries.push(...(await Promise.all(batch)));
  }
  for (const path of deleted) entries.push({ path, mode: '100644', type: 'blob', sha: null });
  const { data } = await asking(`push to ${name}`, () =>
    client.rest.git.createTree({
      ...target,
      tree: entries,
      ...(base !== undefined && { base_tree: base }),
    }),
  );
  return data.sha;
}

async function writeCommit(
  client: Octokit,
  target: Target,
  tree: string,
  parents: readonly string[],
  { message, author }: Commit,
): Promise<string> {
  const { data } = await asking(`push to ${target.owner}/${target.repo}`, () =>
    client.rest.git.createCommit({
      ...target,
      message,
      tree,
      parents: [...parents],
      ...(author && { author }),
    }),
  );
  return data.sha;
}

/** All paths of a branch. */
export async function pathsOf(client: Octokit, target: Target, commit: string): Promise<string[]> {
  const answer = await askingForMaybe(`read ${target.owner}/${target.repo}`, () =>
    client.rest.git.getTree({ ...target, tree_sha: commit, recursive: 'true' }),
  );
  return (answer?.data.tree ?? []).flatMap(({ path, type }) =>
    type === 'blob' && path ? [path] : [],
  );
}

export function commitOf(input: JsonObject, fallback: string): Commit {
  const name = input['gitAuthorName'];
  const email = input['gitAuthorEmail'];
  const isNamed = typeof name === 'string' && typeof email === 'string';
  return {
    message: String(input['gitCommitMessage'] ?? input['commitMessage'] ?? fallback),
    ...(isNamed && { author: { name, email } }),
  };
}
