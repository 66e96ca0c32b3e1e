import type { Octokit } from 'octokit';

import type { Action, ActionContext } from '../engine/index.ts';
import { TemplateError } from '../engine/index.ts';
import { parseRepoUrl } from '../engine/repo-url.ts';
import type { GitHubSettings } from './client.ts';
import { githubClient } from './client.ts';
import { extraHandlers } from './extras.ts';
import { createRepository, publish, pushRepository } from './publish.ts';
import { openPullRequest } from './pull-request.ts';
import type { Target } from './push.ts';
import { register, type Registration } from './register.ts';

type Handler = (client: Octokit, target: Target, context: ActionContext) => Promise<void>;

const handlers: Readonly<Record<string, Handler>> = {
  'publish:github': publish,
  'publish:github:pull-request': openPullRequest,
  'github:repo:create': createRepository,
  'github:repo:push': pushRepository,
  ...extraHandlers,
};

/** What the publishing actions do, for a token. Without one only the catalog's action runs. */
export function publishingHandlers(
  settings: GitHubSettings | undefined,
  registration?: Registration,
): Readonly<Record<string, NonNullable<Action['run']>>> {
  const runs: Record<string, NonNullable<Action['run']>> = {
    'catalog:register': (context) =>
      register(context, registration, settings && githubClient(settings)),
  };
  if (settings === undefined) return runs;
  for (const [id, handler] of Object.entries(handlers)) {
    runs[id] = async (context) => {
      const token = context.input['token'];
      const client = githubClient(
        typeof token === 'string' && token !== '' ? { ...settings, token } : settings,
      );
      await handler(client, targetOf(context), context);
    };
  }
  return runs;
}

function targetOf({ input }: ActionContext): Target {
  const { owner, repo } = parseRepoUrl(String(input['repoUrl']));
  const isName = /^[\w.-]+$/;
  if (!owner || !isName.test(owner) || !isName.test(repo) || repo === '.' || repo === '..') {
    throw new TemplateError(
      `Unexpected repository ${owner ?? ''}/${repo}, expected letters, digits, "-", "_" and "."`,
    );
  }
  return { owner, repo };
}
