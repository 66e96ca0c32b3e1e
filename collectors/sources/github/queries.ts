/** A blob as queries give it; GitHub cuts long text and gives none for what it takes for binary. */
export interface BlobAnswer {
  __typename?: string;
  oid?: string;
  byteSize?: number;
  isBinary?: boolean | null;
  isTruncated?: boolean;
  text?: string | null;
}

export interface RepositoryAnswer {
  id: string;
  databaseId: number | null;
  name: string;
  owner: { login: string };
  url: string;
  description: string | null;
  visibility: 'PUBLIC' | 'PRIVATE' | 'INTERNAL';
  isArchived: boolean;
  isFork: boolean;
  diskUsage: number | null;
  updatedAt: string;
  pushedAt: string | null;
  licenseInfo: { spdxId: string | null } | null;
  repositoryTopics: { nodes: { topic: { name: string } }[] };
  issues: { totalCount: number };
  pullRequests: { totalCount: number; nodes: { updatedAt: string }[] };
  releases: { totalCount: number; nodes: { id: string }[] };
  branch: {
    name: string;
    target: {
      oid: string;
      committedDate?: string;
      tree?: { oid: string };
      checkSuites?: { totalCount: number; nodes: { updatedAt: string }[] } | null;
    } | null;
  } | null;
  root: { entries?: { name: string; mode: number; type: string; oid: string }[] } | null;
  [file: `file${number}`]: BlobAnswer | null;
}

export interface SweepAnswer {
  repositoryOwner: {
    login: string;
    repositories: {
      totalCount: number;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
      nodes: (RepositoryAnswer | null)[] | null;
    };
  } | null;
}

const rateLimit = 'rateLimit { limit remaining resetAt }';
const blob = '__typename oid ... on Blob { byteSize isBinary isTruncated text }';

/** Everything a crawl wants of one repository, its files at these paths included. */
function repositoryFields(paths: readonly string[], branch: string | undefined): string {
  const revision = branch ?? 'HEAD';
  const reference =
    branch === undefined
      ? 'defaultBranchRef'
      : `ref(qualifiedName: ${JSON.stringify(`refs/heads/${branch}`)})`;
  const files = paths.map(
    (path, index) =>
      `file${index}: object(expression: ${JSON.stringify(`${revision}:${path}`)}) { ${blob} }`,
  );
  return `id databaseId name owner { login } url description visibility isArchived isFork diskUsage updatedAt pushedAt
    licenseInfo { spdxId }
    repositoryTopics(first: 20) { nodes { topic { name } } }
    issues(states: OPEN) { totalCount }
    pullRequests(states: OPEN, first: 1, orderBy: { field: UPDATED_AT, direction: DESC }) { totalCount nodes { updatedAt } }
    releases(first: 1, orderBy: { field: CREATED_AT, direction: DESC }) { totalCount nodes { id } }
    branch: ${reference} { name target { oid ... on Commit { committedDate tree { oid } checkSuites(last: 1) { totalCount nodes { updatedAt } } } } }
    root: object(expression: ${JSON.stringify(`${revision}:`)}) { ... on Tree { entries { name mode type oid } } }
    ${files.join('\n    ')}`;
}

/** One page of an account's repositories, oldest first so that pages do not shift while they are read. */
export function sweepQuery(paths: readonly string[], branch: string | undefined): string {
  return `query Sweep($login: String!, $first: Int!, $after: String) {
  ${rateLimit}
  repositoryOwner(login: $login) { login repositories(first: $first, after: $after, ownerAffiliations: [OWNER], orderBy: { field: CREATED_AT, direction: ASC }) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { ${repositoryFields(paths, branch)} }
  } }
}`;
}

/** The same page with nothing that could be too much: to step over a repository GitHub cannot answer. */
export const stepQuery = `query Step($login: String!, $first: Int!, $after: String) {
  ${rateLimit}
  repositoryOwner(login: $login) { login repositories(first: $first, after: $after, ownerAffiliations: [OWNER], orderBy: { field: CREATED_AT, direction: ASC }) {
    totalCount pageInfo { hasNextPage endCursor } nodes { id name owner { login } }
  } }
}`;

/** Repositories by name, for Locations that lead to where the sweep does not. */
export function namedQuery(
  names: readonly { owner: string; name: string }[],
  paths: readonly string[],
): string {
  const fields = names.map(
    ({ owner, name }, index) =>
      `repository${index}: repository(owner: ${JSON.stringify(owner)}, name: ${JSON.stringify(name)}) { ${repositoryFields(paths, undefined)} }`,
  );
  return `query Named { ${rateLimit} ${fields.join('\n')} }`;
}

/** Objects of repositories by `<commit>:<path>`, many repositories in one query. */
export function objectsQuery(wanted: readonly { nodeId: string; expression: string }[]): string {
  const fields = wanted.map(
    ({ nodeId, expression }, index) =>
      `object${index}: node(id: ${JSON.stringify(nodeId)}) { ... on Repository { object(expression: ${JSON.stringify(expression)}) { ${blob} } } }`,
  );
  return `query Objects { ${rateLimit} ${fields.join('\n')} }`;
}

export const peopleQuery = `query People($login: String!, $first: Int!, $after: String) {
  ${rateLimit}
  organization(login: $login) { membersWithRole(first: $first, after: $after) {
    pageInfo { hasNextPage endCursor } nodes { login databaseId name bio email avatarUrl }
  } }
}`;

export const teamsQuery = `query Teams($login: String!, $first: Int!, $after: String) {
  ${rateLimit}
  organization(login: $login) { teams(first: $first, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes { slug name description avatarUrl editTeamUrl parentTeam { slug }
      members(first: 100, membership: IMMEDIATE) { pageInfo { hasNextPage endCursor } nodes { login } } }
  } }
}`;

/** Further members of one large team. */
export const membersQuery = `query Members($login: String!, $slug: String!, $first: Int!, $after: String) {
  ${rateLimit}
  organization(login: $login) { team(slug: $slug) {
    members(first: $first, after: $after, membership: IMMEDIATE) { pageInfo { hasNextPage endCursor } nodes { login } }
  } }
}`;
