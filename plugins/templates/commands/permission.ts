import type { Octokit } from 'octokit';

import { askingForMaybe } from '../github/client.ts';

/** Why a person may not create; undefined when they may. */
export async function mayCreate(
  client: Octokit,
  actor: string,
  repository: string,
  allowedTeams: readonly string[],
): Promise<string | undefined> {
  if (allowedTeams.length === 0) return mayWrite(client, actor, repository);
  for (const team of allowedTeams) {
    const [org, team_slug] = team.split('/');
    const answer = await askingForMaybe(`look for ${actor} in ${team}`, () =>
      client.rest.teams.getMembershipForUserInOrg({
        org: org!,
        team_slug: team_slug!,
        username: actor,
      }),
    );
    if (answer?.data.state === 'active') return undefined;
  }
  return `${actor} may not create: expected a member of ${allowedTeams.join(' or ')}. Nothing was run.`;
}

async function mayWrite(
  client: Octokit,
  actor: string,
  repository: string,
): Promise<string | undefined> {
  const [owner, repo] = repository.split('/');
  const answer = await askingForMaybe(`look up what ${actor} may do in ${repository}`, () =>
    client.rest.repos.getCollaboratorPermissionLevel({
      owner: owner ?? '',
      repo: repo ?? '',
      username: actor,
    }),
  );
  if (['admin', 'write', 'maintain'].includes(answer?.data.permission ?? '')) return undefined;
  return `${actor} may not create: expected somebody who may write to ${repository}. Nothing was run.`;
}
