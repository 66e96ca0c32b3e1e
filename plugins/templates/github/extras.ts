/** The smaller actions of GitHub: each asks for one thing, and does nothing where it is there already. */
import type { Octokit } from 'octokit';

import type { ActionContext, JsonObject } from '../engine/index.ts';
import { asking, askingForMaybe } from './client.ts';
import { protectBranch } from './protection.ts';
import type { Target } from './push.ts';

type Handler = (client: Octokit, target: Target, context: ActionContext) => Promise<void>;

async function dispatch(
  client: Octokit,
  target: Target,
  { input, log }: ActionContext,
): Promise<void> {
  const workflow = String(input['workflowId']);
  await asking(`start the workflow ${workflow}`, () =>
    client.rest.actions.createWorkflowDispatch({
      ...target,
      workflow_id: workflow,
      ref: String(input['branchOrTagName']),
      inputs: (input['workflowInputs'] ?? {}) as Record<string, string>,
    }),
  );
  log(`Started ${workflow}`);
}

async function webhook(
  client: Octokit,
  target: Target,
  { input, log, effect }: ActionContext,
): Promise<void> {
  const url = String(input['webhookUrl']);
  const { data: hooks } = await asking('read webhooks', () =>
    client.rest.repos.listWebhooks(target),
  );
  if (hooks.some((hook) => hook.config.url === url))
    return log(`The webhook ${url} is there already`);
  const { data } = await asking(`add the webhook ${url}`, () =>
    client.rest.repos.createWebhook({
      ...target,
      config: {
        url,
        content_type: String(input['contentType'] ?? 'form'),
        insecure_ssl: input['insecureSsl'] === true ? '1' : '0',
        ...(typeof input['webhookSecret'] === 'string' && { secret: input['webhookSecret'] }),
      },
      events: (input['events'] as string[] | undefined) ?? ['push'],
      active: input['active'] !== false,
    }),
  );
  effect({
    did: `added a webhook to ${url}`,
    undo: `gh api -X DELETE repos/${target.owner}/${target.repo}/hooks/${data.id}`,
  });
}

async function label(client: Octokit, target: Target, { input }: ActionContext): Promise<void> {
  const number = Number(input['number']);
  const labels = input['labels'] as string[];
  await asking(`label #${number}`, () =>
    client.rest.issues.addLabels({ ...target, issue_number: number, labels }),
  );
}

async function issue(
  client: Octokit,
  target: Target,
  { input, output, effect }: ActionContext,
): Promise<void> {
  const { data } = await asking(`open an issue in ${target.owner}/${target.repo}`, () =>
    client.rest.issues.create({
      ...target,
      title: String(input['title']),
      ...(typeof input['body'] === 'string' && { body: input['body'] }),
      assignees: (input['assignees'] as string[] | undefined) ?? [],
      labels: (input['labels'] as string[] | undefined) ?? [],
      ...(input['milestone'] !== undefined && { milestone: Number(input['milestone']) }),
    }),
  );
  effect({ did: `opened ${data.html_url}`, undo: `gh issue close ${data.html_url}` });
  output('issueUrl', data.html_url);
  output('issueNumber', data.number);
}

async function protection(client: Octokit, target: Target, context: ActionContext): Promise<void> {
  const { data } = await asking(`read ${target.owner}/${target.repo}`, () =>
    client.rest.repos.get(target),
  );
  const branch = String(context.input['branch'] ?? data.default_branch);
  await protectBranch(client, target, branch, context, {
    enforceAdmins: context.input['enforceAdmins'] !== false,
  });
}

async function environment(
  client: Octokit,
  target: Target,
  { input }: ActionContext,
): Promise<void> {
  const environment_name = String(input['name']);
  const policy = input['deploymentBranchPolicy'] as
    | { protected_branches: boolean; custom_branch_policies: boolean }
    | undefined;
  await asking(`create the environment ${environment_name}`, () =>
    client.rest.repos.createOrUpdateEnvironment({
      ...target,
      environment_name,
      deployment_branch_policy: policy ?? null,
      ...(input['waitTimer'] !== undefined && { wait_timer: Number(input['waitTimer']) }),
      ...(input['preventSelfReview'] !== undefined && {
        prevent_self_review: input['preventSelfReview'] === true,
      }),
    }),
  );
  for (const name of (input['customBranchPolicyNames'] as string[] | undefined) ?? []) {
    await asking(`let ${name} deploy to ${environment_name}`, () =>
      client.rest.repos.createDeploymentBranchPolicy({ ...target, environment_name, name }),
    );
  }
  for (const [name, value] of Object.entries(
    (input['environmentVariables'] as JsonObject | undefined) ?? {},
  )) {
    await asking(`set the variable ${name} of ${environment_name}`, () =>
      client.rest.actions.createEnvironmentVariable({
        ...target,
        environment_name,
        name,
        value: String(value),
      }),
    );
  }
}

async function pages(
  client: Octokit,
  target: Target,
  { input, log }: ActionContext,
): Promise<void> {
  if (await askingForMaybe('read GitHub Pages', () => client.rest.repos.getPages(target))) {
    return log('GitHub Pages is on already');
  }
  const isLegacy = input['buildType'] === 'legacy';
  const source = {
    branch: String(input['sourceBranch'] ?? 'main'),
    path: String(input['sourcePath'] ?? '/') as '/' | '/docs',
  };
  await asking('switch GitHub Pages on', () =>
    client.rest.repos.createPagesSite({
      ...target,
      build_type: isLegacy ? 'legacy' : 'workflow',
      ...(isLegacy && { source }),
    }),
  );
}

async function autolink(
  client: Octokit,
  target: Target,
  { input, log }: ActionContext,
): Promise<void> {
  const key_prefix = String(input['keyPrefix']);
  const { data } = await asking('read autolinks', () => client.rest.repos.listAutolinks(target));
  if (data.some((each) => each.key_prefix === key_prefix))
    return log(`${key_prefix} is linked already`);
  await asking(`link ${key_prefix}`, () =>
    client.rest.repos.createAutolink({
      ...target,
      key_prefix,
      url_template: String(input['urlTemplate']),
      is_alphanumeric: input['isAlphanumeric'] !== false,
    }),
  );
}

export const extraHandlers: Readonly<Record<string, Handler>> = {
  'github:actions:dispatch': dispatch,
  'github:webhook': webhook,
  'github:issues:label': label,
  'github:issues:create': issue,
  'github:branch-protection:create': protection,
  'github:environment:create': environment,
  'github:pages:enable': pages,
  'github:autolinks:create': autolink,
};
