import picomatch from 'picomatch';
import { stringify } from 'yaml';

import type { Repository } from '../../../plugins/types.ts';
import type { GithubClient } from './client.ts';
import { membersQuery, peopleQuery, teamsQuery } from './queries.ts';

export interface Person {
  login: string;
  databaseId: number | null;
  name: string | null;
  bio: string | null;
  email: string | null;
  avatarUrl: string;
}

export interface Team {
  slug: string;
  name: string;
  description: string | null;
  avatarUrl: string | null;
  editTeamUrl: string;
  parentTeam: { slug: string } | null;
  members: string[];
}

interface Page<T> {
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  nodes: (T | null)[] | null;
}

/** Reads the people and teams of an organisation. */
export async function fetchPeople(
  client: GithubClient,
  login: string,
): Promise<{ people: Person[]; teams: Team[] }> {
  const people = await all<Person>(100, (first, after) =>
    ask<{ membersWithRole: Page<Person> }>(peopleQuery, { first, after }).then(
      (answer) => answer.membersWithRole,
    ),
  );
  const answered = await all<Omit<Team, 'members'> & { members: Page<{ login: string }> }>(
    50,
    (first, after) =>
      ask<{ teams: Page<Omit<Team, 'members'> & { members: Page<{ login: string }> }> }>(
        teamsQuery,
        { first, after },
      ).then((answer) => answer.teams),
  );
  const teams: Team[] = [];
  for (const { members, ...team } of answered) {
    const logins = (members.nodes ?? []).flatMap((member) => member?.login ?? []);
    if (members.pageInfo.hasNextPage) {
      const rest = await all<{ login: string }>(
        100,
        (first, after) =>
          ask<{ team: { members: Page<{ login: string }> } | null }>(membersQuery, {
            slug: team.slug,
            first,
            after,
          }).then((answer) => answer.team!.members),
        members.pageInfo.endCursor,
      );
      logins.push(...rest.map((member) => member.login));
    }
    teams.push({ ...team, members: logins });
  }
  return { people, teams };

  async function ask<T>(query: string, variables: Record<string, unknown>): Promise<T> {
    const { data, errors } = await client.graphql<{ organization: T | null }>(query, {
      login,
      ...variables,
    });
    if (!data?.organization)
      throw new Error(
        errors.map((error) => error.message).join('; ') || `${login} is no organisation`,
      );
    return data.organization;
  }
}

async function all<T>(
  first: number,
  ask: (first: number, after: string | null) => Promise<Page<T>>,
  start: string | null = null,
): Promise<T[]> {
  const found: T[] = [];
  for (let after = start, hasNext = true; hasNext;) {
    const page = await ask(first, after);
    found.push(...(page.nodes ?? []).filter((node) => node !== null));
    after = page.pageInfo.endCursor;
    hasNext = page.pageInfo.hasNextPage;
  }
  return found;
}

/** The mark of entities the organisation gave: a hand-written entity of the same name adds to them. */
const organisationAnnotation = 'callboard.dev/github-org';

/** User and Group entities as Backstage's GitHub organisation provider makes them, as catalog files of readable size. */
export function peopleFiles(
  login: string,
  namespace: string,
  people: readonly Person[],
  teams: readonly Team[],
): Record<string, string> {
  const groupsOf = new Map<string, string[]>();
  for (const { slug, members } of teams)
    for (const member of members) groupsOf.set(member, [...(groupsOf.get(member) ?? []), slug]);
  const children = Map.groupBy(
    teams.filter((team) => team.parentTeam),
    (team) => team.parentTeam!.slug,
  );
  const users = people.toSorted(by('login')).map((person) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: {
      name: person.login,
      namespace,
      ...(person.bio && { description: person.bio }),
      annotations: {
        'github.com/user-login': person.login,
        ...(person.databaseId !== null && { 'github.com/user-id': String(person.databaseId) }),
        [organisationAnnotation]: login,
      },
    },
    spec: {
      profile: {
        ...(person.name && { displayName: person.name }),
        ...(person.email && { email: person.email }),
        ...(person.avatarUrl && { picture: person.avatarUrl }),
      },
      memberOf: (groupsOf.get(person.login) ?? []).toSorted(),
    },
  }));
  const groups = teams.toSorted(by('slug')).map((team) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: {
      name: team.slug,
      namespace,
      ...(team.description && { description: team.description }),
      annotations: {
        'github.com/team-slug': `${login}/${team.slug}`,
        'backstage.io/edit-url': team.editTeamUrl,
        [organisationAnnotation]: login,
      },
    },
    spec: {
      type: 'team',
      profile: { displayName: team.name, ...(team.avatarUrl && { picture: team.avatarUrl }) },
      ...(team.parentTeam && { parent: team.parentTeam.slug }),
      children: (children.get(team.slug) ?? []).map((child) => child.slug).toSorted(),
      members: team.members.toSorted(),
    },
  }));
  return { ...filesOf('groups', groups), ...filesOf('users', users) };
}

const perFile = 100;

function filesOf(name: string, entities: readonly object[]): Record<string, string> {
  const files: Record<string, string> = {};
  for (let start = 0; start < entities.length; start += perFile) {
    const documents = entities
      .slice(start, start + perFile)
      .map((entity) => `---\n${stringify(entity, { lineWidth: 0 })}`);
    files[`${name}-${String(start / perFile + 1).padStart(4, '0')}.yaml`] = documents.join('');
  }
  return files;
}

/** The organisation's people and teams as a repository of catalog files, so that they go the way of all entities. */
export function peopleRepository(
  source: string,
  id: string,
  login: string,
  asOf: string | undefined,
  files: Readonly<Record<string, string>>,
): Repository {
  return {
    source,
    id,
    owner: login,
    name: 'people',
    asOf: asOf ?? new Date(0).toISOString(),
    catalogFiles: ['*.yaml'],
    description: `People and teams of ${login}, from GitHub`,
    find: (globs) =>
      Promise.resolve(
        Object.keys(files)
          .filter((path) => picomatch.isMatch(path, [...globs]))
          .sort(),
      ),
    read: (path) => Promise.resolve(path in files ? Buffer.from(files[path]!) : null),
  };
}

function by<Key extends string>(
  key: Key,
): (a: Record<Key, string>, b: Record<Key, string>) => number {
  return (a, b) => (a[key] < b[key] ? -1 : 1);
}
