import type { Octokit } from 'octokit';

import type { ActionContext, JsonObject } from '../engine/index.ts';
import { TemplateError } from '../engine/index.ts';
import { insideWorkspace } from '../engine/paths.ts';
import { asking } from './client.ts';
import { gitFiles, matching } from './git-tree.ts';
import type { Target } from './push.ts';
import { commitOf, headOf, pathsOf, pushOnto } from './push.ts';

/** `publish:github:pull-request`: the workspace's files on a branch, and a pull request for it. */
export async function openPullRequest(
  client: Octokit,
  target: Target,
  context: ActionContext,
): Promise<void> {
  const { input } = context;
  const name = `${target.owner}/${target.repo}`;
  const branch = String(input['branchName']);
  const { data: repository } = await asking(`read ${name}`, () => client.rest.repos.get(target));
  const base = String(input['targetBranchName'] ?? repository.default_branch);
  const baseHead = await headOf(client, target, base);
  if (baseHead === undefined)
    throw new TemplateError(`Cannot open a pull request: ${name} has no branch ${base}`);
  const existing = await openOne(client, target, branch, base);
  const branchHead = await headOf(client, target, branch);
  if (branchHead !== undefined && !existing && input['update'] !== true) {
    throw new TemplateError(
      `Cannot open a pull request: ${name} has a branch ${branch} already. Nothing was changed; choose another name, or set update`,
    );
  }
  const commit = await pushOnto(
    client,
    target,
    branchHead ?? baseHead,
    branch,
    await changesOf(client, target, baseHead, input, context),
    commitOf(input, String(input['title'])),
    [branchHead ?? baseHead],
  );
  if (commit !== undefined && branchHead === undefined) {
    context.effect({
      did: `pushed the branch ${branch} to ${name}`,
      undo: `gh api -X DELETE repos/${name}/git/refs/heads/${branch}`,
    });
  }
  context.output('targetBranchName', base);
  if (existing) return report(context, existing, 'is open already');
  if (commit === undefined && branchHead === undefined) {
    context.log('Nothing would change: no pull request is needed');
    return;
  }
  const { data } = await asking(`open a pull request in ${name}`, () =>
    client.rest.pulls.create({
      ...target,
      title: String(input['title']),
      body: String(input['description']),
      head: branch,
      base,
      draft: input['draft'] === true,
    }),
  );
  context.effect({
    did: `opened ${data.html_url}`,
    undo: `gh pr close ${data.html_url} --delete-branch`,
  });
  await askPeople(client, target, data.number, input);
  report(context, data, 'is open');
}

/** The open pull request of a branch. */
export async function openOne(client: Octokit, target: Target, branch: string, base: string) {
  const { data } = await asking(`read pull requests of ${target.owner}/${target.repo}`, () =>
    client.rest.pulls.list({ ...target, head: `${target.owner}:${branch}`, base, state: 'open' }),
  );
  return data[0];
}

async function changesOf(
  client: Octokit,
  target: Target,
  head: string,
  input: JsonObject,
  context: ActionContext,
) {
  const folder = insideWorkspace(String(input['targetPath'] ?? ''));
  const source = input['sourcePath'] === undefined ? undefined : String(input['sourcePath']);
  const files = gitFiles(context.workspace, source).map(({ path, mode, content }) => ({
    path: folder === '' ? path : `${folder}/${path}`,
    mode,
    content,
  }));
  const globs = (input['filesToDelete'] as string[] | undefined) ?? [];
  const deleted = globs.length > 0 ? matching(await pathsOf(client, target, head), globs) : [];
  return { files, deleted: deleted.filter((path) => !files.some((file) => file.path === path)) };
}

async function askPeople(
  client: Octokit,
  target: Target,
  number: number,
  input: JsonObject,
): Promise<void> {
  const reviewers = input['reviewers'] as string[] | undefined;
  const teams = input['teamReviewers'] as string[] | undefined;
  if (reviewers?.length || teams?.length) {
    await asking(`ask for reviews of #${number}`, () =>
      client.rest.pulls.requestReviewers({
        ...target,
        pull_number: number,
        reviewers: reviewers ?? [],
        team_reviewers: teams ?? [],
      }),
    );
  }
  const assignees = input['assignees'] as string[] | undefined;
  if (assignees?.length) {
    await asking(`assign #${number}`, () =>
      client.rest.issues.addAssignees({ ...target, issue_number: number, assignees }),
    );
  }
}

function report(
  context: ActionContext,
  pull: { html_url: string; number: number },
  state: string,
): void {
  context.log(`${pull.html_url} ${state}`);
  context.output('remoteUrl', pull.html_url);
  context.output('pullRequestNumber', pull.number);
}
