import type { Octokit } from 'octokit';

import { regularMode } from '../engine/index.ts';
import type { ActionContext } from '../engine/index.ts';
import { TemplateError } from '../engine/index.ts';
import { asking, askingForMaybe } from './client.ts';
import { gitMode } from './git-tree.ts';
import { withTarget } from './location-file.ts';
import { openOne } from './pull-request.ts';
import type { Target } from './push.ts';
import { headOf, pushOnto } from './push.ts';

/** Opens a pull request that adds a catalog file to a Location of the portal, once. */
export async function proposeLocation(
  client: Octokit,
  { owner, repo, path }: { owner: string; repo: string; path: string },
  { address, what }: { address: string; what: string },
  context: ActionContext,
): Promise<void> {
  const target: Target = { owner, repo };
  const name = `${owner}/${repo}`;
  const { data: repository } = await asking(`read ${name}`, () => client.rest.repos.get(target));
  const base = repository.default_branch;
  const head = await headOf(client, target, base);
  if (head === undefined)
    throw new TemplateError(`Cannot register ${what}: ${name} has no branch ${base}`);
  const text = withTarget(await textOf(client, target, path, base), address, `${name}/${path}`);
  if (text === undefined) return context.log(`${what} is registered in ${name}/${path} already`);
  const branch = `register-${what.replaceAll(/[^\w.-]+/g, '-').slice(0, 100)}`;
  const existing = await openOne(client, target, branch, base);
  if (existing) return context.log(`${existing.html_url} registers ${what} and is open already`);
  const files = [{ path, mode: gitMode(regularMode), content: new TextEncoder().encode(text) }];
  const message = `Register ${what}`;
  // A branch left by a run that ended before its pull request, or by a merged one, starts over from what there is now.
  await pushOnto(client, target, head, branch, { files, deleted: [] }, { message }, [head], true);
  context.effect({
    did: `pushed the branch ${branch} to ${name}`,
    undo: `gh api -X DELETE repos/${name}/git/refs/heads/${branch}`,
  });
  const { data } = await asking(`open a pull request in ${name}`, () =>
    client.rest.pulls.create({
      ...target,
      title: message,
      body: `No source of the portal finds ${address} by itself. Once this is merged, the portal reads it at its next collect.`,
      head: branch,
      base,
    }),
  );
  context.effect({
    did: `opened ${data.html_url}`,
    undo: `gh pr close ${data.html_url} --delete-branch`,
  });
  context.log(`${what} appears in the portal once ${data.html_url} is merged`);
}

async function textOf(
  client: Octokit,
  target: Target,
  path: string,
  branch: string,
): Promise<string> {
  const answer = await askingForMaybe(`read ${path} of ${target.owner}/${target.repo}`, () =>
    client.rest.repos.getContent({ ...target, path, ref: branch }),
  );
  const content = (answer?.data as { content?: string } | undefined)?.content;
  return content === undefined ? '' : Buffer.from(content, 'base64').toString();
}
