import type { Octokit } from 'octokit';

import type { ActionContext, JsonObject } from '../engine/index.ts';
import { TemplateError } from '../engine/index.ts';
import { asking, askingForMaybe } from './client.ts';
import type { Target } from './push.ts';
import { headOf } from './push.ts';

export interface MadeRepository {
  remoteUrl: string;
  webUrl: string;
}

const unsupported = ['secrets', 'oidcCustomization', 'subscribe'];

/**
 * Creates a repository with its settings. One of that name that has no commit yet is taken for what an interrupted run
 * left; one with commits is left alone unless `accepts` says that its head is what would be pushed.
 */
export async function makeRepository(
  client: Octokit,
  target: Target,
  context: ActionContext,
  branch: string,
  accepts: (head: string) => Promise<boolean>,
): Promise<MadeRepository> {
  const { input } = context;
  const name = `${target.owner}/${target.repo}`;
  const refused = unsupported.filter((key) => input[key] !== undefined && input[key] !== false);
  if (refused.length > 0) {
    throw new TemplateError(
      `Cannot create ${name}: ${refused.join(' and ')} of ${context.input['repoUrl'] ? 'the input' : 'it'} is not supported here. Nothing was created`,
    );
  }
  const existing = await askingForMaybe(`look for ${name}`, () => client.rest.repos.get(target));
  if (existing) {
    const head = await headOf(client, target, existing.data.default_branch ?? branch);
    if (head !== undefined && !(await accepts(head))) {
      throw new TemplateError(
        `Cannot create ${name}: the name is taken by ${existing.data.html_url}. Nothing was changed there; choose another name`,
      );
    }
    context.log(
      head === undefined
        ? `${name} is there and empty: going on with it`
        : `${name} is there with this content`,
    );
    return { remoteUrl: existing.data.clone_url, webUrl: existing.data.html_url };
  }
  const made = await asking(`create ${name}`, () => create(client, target, input));
  context.effect({
    did: `created the repository ${made.webUrl}`,
    undo: `gh repo delete ${name} --yes`,
  });
  await applySettings(client, target, input);
  return made;
}

async function create(
  client: Octokit,
  { owner, repo }: Target,
  input: JsonObject,
): Promise<MadeRepository> {
  const visibility = String(input['repoVisibility'] ?? 'private');
  const settings = {
    name: repo,
    private: visibility !== 'public',
    ...picked(input, 'description', 'homepage'),
    ...mergeSettings(input),
  };
  const { data: account } = await client.rest.users.getByUsername({ username: owner });
  const { data } =
    account.type === 'Organization'
      ? await client.rest.repos.createInOrg({
          org: owner,
          ...settings,
          // GitHub takes `internal` here; its published types do not know it yet.
          visibility: visibility as 'public' | 'private',
        })
      : await client.rest.repos.createForAuthenticatedUser(settings);
  return { remoteUrl: data.clone_url, webUrl: data.html_url };
}

function mergeSettings(input: JsonObject): Record<string, boolean | string> {
  const names: [string, string][] = [
    ['deleteBranchOnMerge', 'delete_branch_on_merge'],
    ['allowMergeCommit', 'allow_merge_commit'],
    ['allowSquashMerge', 'allow_squash_merge'],
    ['squashMergeCommitTitle', 'squash_merge_commit_title'],
    ['squashMergeCommitMessage', 'squash_merge_commit_message'],
    ['allowRebaseMerge', 'allow_rebase_merge'],
    ['allowAutoMerge', 'allow_auto_merge'],
    ['allowUpdateBranch', 'allow_update_branch'],
    ['hasProjects', 'has_projects'],
    ['hasWiki', 'has_wiki'],
    ['hasIssues', 'has_issues'],
  ];
  const settings: Record<string, boolean | string> = {};
  for (const [from, to] of names) {
    const value = input[from];
    if (typeof value === 'boolean' || typeof value === 'string') settings[to] = value;
  }
  return settings;
}

async function applySettings(client: Octokit, target: Target, input: JsonObject): Promise<void> {
  const name = `${target.owner}/${target.repo}`;
  const topics = input['topics'];
  if (Array.isArray(topics)) {
    await asking(`set topics of ${name}`, () =>
      client.rest.repos.replaceAllTopics({
        ...target,
        names: topics.map((topic) => String(topic).toLowerCase()),
      }),
    );
  }
  if (typeof input['access'] === 'string') await grant(client, target, input['access'], 'admin');
  for (const each of (input['collaborators'] as JsonObject[] | undefined) ?? []) {
    const who =
      each['team'] === undefined
        ? String(each['user'] ?? each['username'])
        : `${target.owner}/${String(each['team'])}`;
    await grant(client, target, who, String(each['access']));
  }
  for (const [key, value] of Object.entries(
    (input['repoVariables'] as JsonObject | undefined) ?? {},
  )) {
    await asking(`set the variable ${key} of ${name}`, () =>
      client.rest.actions.createRepoVariable({ ...target, name: key, value: String(value) }),
    );
  }
  const properties = Object.entries((input['customProperties'] as JsonObject | undefined) ?? {});
  if (properties.length > 0) {
    await asking(`set properties of ${name}`, () =>
      client.request('PATCH /repos/{owner}/{repo}/properties/values', {
        ...target,
        properties: properties.map(([property_name, value]) => ({
          property_name,
          value: value as string,
        })),
      }),
    );
  }
}

async function grant(
  client: Octokit,
  target: Target,
  who: string,
  permission: string,
): Promise<void> {
  const [organisation, team] = who.split('/');
  await asking(`give ${who} access to ${target.owner}/${target.repo}`, async () => {
    if (team === undefined) {
      await client.rest.repos.addCollaborator({ ...target, username: who, permission });
      return;
    }
    await client.rest.teams.addOrUpdateRepoPermissionsInOrg({
      ...target,
      org: organisation!,
      team_slug: team,
      permission,
    });
  });
}

function picked(input: JsonObject, ...keys: string[]): Record<string, string> {
  return Object.fromEntries(
    keys.filter((key) => typeof input[key] === 'string').map((key) => [key, String(input[key])]),
  );
}
