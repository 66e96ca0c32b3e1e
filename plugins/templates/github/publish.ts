import type { Octokit } from 'octokit';

import type { ActionContext } from '../engine/index.ts';
import { asking } from './client.ts';
import { gitFiles, treeIdOf } from './git-tree.ts';
import { protectBranch } from './protection.ts';
import type { Target } from './push.ts';
import { commitOf, pushFirst } from './push.ts';
import { makeRepository } from './repository.ts';

/** `publish:github`: a repository with the content of the workspace. */
export async function publish(
  client: Octokit,
  target: Target,
  context: ActionContext,
): Promise<void> {
  const branch = branchOf(context);
  const files = gitFiles(context.workspace, sourcePathOf(context));
  const wanted = treeIdOf(files);
  const made = await makeRepository(client, target, context, branch, async (head) => {
    const { data } = await asking(`read ${target.owner}/${target.repo}`, () =>
      client.rest.git.getCommit({ ...target, commit_sha: head }),
    );
    return data.tree.sha === wanted;
  });
  await pushWorkspace(client, target, context);
  context.output('remoteUrl', made.remoteUrl);
  context.output('repoContentsUrl', `${made.webUrl}/blob/${branch}`);
}

/** `github:repo:create`: a repository without content. */
export async function createRepository(
  client: Octokit,
  target: Target,
  context: ActionContext,
): Promise<void> {
  const made = await makeRepository(client, target, context, 'main', () => Promise.resolve(false));
  context.output('remoteUrl', made.remoteUrl);
  context.output('repoContentsUrl', `${made.webUrl}/blob/main`);
}

/** `github:repo:push`: the content of the workspace for a repository that has none. */
export async function pushRepository(
  client: Octokit,
  target: Target,
  context: ActionContext,
): Promise<void> {
  const { data } = await asking(`read ${target.owner}/${target.repo}`, () =>
    client.rest.repos.get(target),
  );
  await pushWorkspace(client, target, context);
  context.output('remoteUrl', data.clone_url);
  context.output('repoContentsUrl', `${data.html_url}/blob/${branchOf(context)}`);
}

async function pushWorkspace(
  client: Octokit,
  target: Target,
  context: ActionContext,
): Promise<void> {
  const branch = branchOf(context);
  const files = gitFiles(context.workspace, sourcePathOf(context));
  const commit = await pushFirst(
    client,
    target,
    branch,
    files,
    commitOf(context.input, 'initial commit'),
  );
  context.log(`Pushed ${files.length} files to ${target.owner}/${target.repo} as ${commit}`);
  if (context.input['protectDefaultBranch'] !== false) {
    const enforceAdmins = context.input['protectEnforceAdmins'] !== false;
    await protectBranch(client, target, branch, context, { enforceAdmins });
  }
  context.output('commitHash', commit);
}

function branchOf({ input }: ActionContext): string {
  return String(input['defaultBranch'] ?? 'main');
}

function sourcePathOf({ input }: ActionContext): string | undefined {
  return input['sourcePath'] === undefined ? undefined : String(input['sourcePath']);
}
