import { schema as published } from '@octokit/graphql-schema';
import {
  GraphQLError,
  buildSchema,
  execute,
  parse,
  validate,
  type DocumentNode,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';

import { costOf } from './cost.ts';
import { parseCommit, parseTree, type Commit, type GitObject } from './git.ts';
import type { Account, Person, StandInRepository, Team, WorkflowRun, World } from './world.ts';

export interface GraphqlContext {
  world: World;
  origin: string;
  /** Whether the caller's token may read a repository. */
  mayRead(repository: StandInRepository): boolean;
  rate: { limit: number; remaining: number; used: number; resetAt: string };
  /** Errors to answer for single repositories, by `owner/name`. */
  refused: ReadonlyMap<string, string>;
}

export interface GraphqlAnswer {
  cost: number;
  repositories: number;
  body: { data?: unknown; errors?: unknown[] };
}

let schema: GraphQLSchema | undefined;

/** GitHub's published schema. */
export function githubSchema(): GraphQLSchema {
  schema ??= buildSchema(published.idl, { assumeValid: true });
  return schema;
}

/** Points a query costs, or the errors GitHub would refuse it with. */
export function examine(
  query: string,
  variables: Record<string, unknown>,
): { document: DocumentNode; cost: number } | { errors: unknown[] } {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    return { errors: [{ message: String(error) }] };
  }
  const errors = validate(githubSchema(), document);
  if (errors.length > 0) return { errors: errors.map(shown) };
  const cost = costOf(githubSchema(), document, variables);
  return 'errors' in cost ? cost : { document, cost: cost.points };
}

/** Executes a query GitHub would accept. */
export async function answerGraphql(
  document: DocumentNode,
  cost: number,
  variables: Record<string, unknown>,
  context: GraphqlContext,
): Promise<GraphqlAnswer['body']> {
  const result = await execute({
    schema: githubSchema(),
    document,
    variableValues: variables,
    rootValue: makeRoot(context, cost),
    fieldResolver: resolve,
  });
  return {
    ...(result.data === undefined ? {} : { data: result.data }),
    ...(result.errors ? { errors: result.errors.map(shown) } : {}),
  };
}

/** A field the stand-in has no answer for is a fault of the stand-in, never a silent null. */
const resolve: GraphQLFieldResolver<Record<string, unknown>, unknown> = (source, args, _, info) => {
  const value = source[info.fieldName];
  if (value === undefined && !(info.fieldName in source))
    throw new Error(`The stand-in does not answer ${info.parentType.name}.${info.fieldName}`);
  return typeof value === 'function' ? (value as (a: unknown) => unknown)(args) : value;
};

function shown(error: GraphQLError): unknown {
  return {
    ...(error.extensions['type'] ? { type: error.extensions['type'] } : {}),
    ...(error.path ? { path: error.path } : {}),
    locations: error.locations,
    message: error.message,
  };
}

function failure(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

type Arguments = Record<string, unknown>;

function makeRoot(context: GraphqlContext, cost: number): Record<string, unknown> {
  const { world } = context;
  function account(login: string): Account | undefined {
    return [...world.accounts.values()].find(
      (each) => each.login.toLowerCase() === login.toLowerCase(),
    );
  }
  function readable(repository: StandInRepository | undefined): StandInRepository | undefined {
    return repository && context.mayRead(repository) ? repository : undefined;
  }
  return {
    rateLimit: { cost, nodeCount: 0, ...context.rate },
    viewer: {},
    repositoryOwner({ login }: Arguments) {
      const found = account(String(login));
      return found ? ownerNode(found, context) : null;
    },
    organization({ login }: Arguments) {
      const found = account(String(login));
      if (found?.type === 'Organization') return ownerNode(found, context);
      throw failure(
        'NOT_FOUND',
        `Could not resolve to an Organization with the login of '${String(login)}'.`,
      );
    },
    repository({ owner, name }: Arguments) {
      const found = readable(
        world.repository(String(owner), String(name)) ?? world.movedTo(String(owner), String(name)),
      );
      if (found) return repositoryNode(found, context);
      throw failure(
        'NOT_FOUND',
        `Could not resolve to a Repository with the name '${String(owner)}/${String(name)}'.`,
      );
    },
    node({ id }: Arguments) {
      return nodeOf(String(id));
    },
    nodes({ ids }: Arguments) {
      return (ids as string[]).map(nodeOf);
    },
  };

  function nodeOf(id: string): unknown {
    const found = readable(world.byNodeId(id));
    if (found) return repositoryNode(found, context);
    return failure('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
  }
}

function ownerNode(account: Account, context: GraphqlContext): unknown {
  return {
    __typename: account.type,
    id: `O_${account.databaseId}`,
    login: account.login,
    url: `${context.origin}/${account.login}`,
    repositories(args: Arguments) {
      const all = context.world
        .ownedBy(account.login)
        .filter(context.mayRead)
        .toSorted((a, b) => a.createdAt.localeCompare(b.createdAt) || a.databaseId - b.databaseId);
      return connection(all, args, (repository) => repositoryNode(repository, context));
    },
    membersWithRole: (args: Arguments) =>
      connection(account.members, args, (person) => personNode(person, context)),
    teams: (args: Arguments) =>
      connection(account.teams, args, (team) => teamNode(team, account, context)),
  };
}

function personNode(person: Person, context: GraphqlContext): unknown {
  return {
    __typename: 'User',
    id: `U_${person.databaseId}`,
    databaseId: person.databaseId,
    login: person.login,
    name: person.name,
    email: person.email,
    bio: person.bio,
    url: `${context.origin}/${person.login}`,
    avatarUrl: `${context.origin}/avatars/u/${person.databaseId}`,
  };
}

function teamNode(team: Team, account: Account, context: GraphqlContext): unknown {
  const parent = account.teams.find((each) => each.slug === team.parent);
  const url = `${context.origin}/orgs/${account.login}/teams/${team.slug}`;
  return {
    id: `T_${team.slug}`,
    slug: team.slug,
    name: team.name,
    description: team.description,
    url,
    editTeamUrl: `${url}/edit`,
    avatarUrl: `${context.origin}/avatars/t/${team.slug}`,
    parentTeam: parent ? () => teamNode(parent, account, context) : null,
    members: (args: Arguments) =>
      connection(
        account.members.filter((person) => team.members.includes(person.login)),
        args,
        (person) => personNode(person, context),
      ),
  };
}

function repositoryNode(repository: StandInRepository, context: GraphqlContext): unknown {
  const { world, origin } = context;
  const nameWithOwner = `${repository.owner}/${repository.name}`;
  const refused = context.refused.get(nameWithOwner);
  if (refused) return failure(refused, `${nameWithOwner} cannot be answered: ${refused}`);
  const url = `${origin}/${nameWithOwner}`;
  const branch = repository.commit && repository.defaultBranch;
  const pulls = repository.pullRequests.toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  return {
    __typename: 'Repository',
    id: repository.nodeId,
    databaseId: repository.databaseId,
    name: repository.name,
    nameWithOwner,
    owner: { __typename: 'Organization', login: repository.owner },
    url,
    description: repository.description,
    visibility: repository.visibility,
    isArchived: repository.isArchived,
    isFork: repository.isFork,
    isEmpty: repository.commit === null,
    diskUsage: repository.diskUsage,
    createdAt: repository.createdAt,
    updatedAt: repository.updatedAt,
    pushedAt: repository.pushedAt,
    licenseInfo: repository.licence
      ? { spdxId: repository.licence, name: repository.licence }
      : null,
    repositoryTopics: (args: Arguments) =>
      connection(repository.topics, args, (name) => ({ topic: { name } })),
    languages: (args: Arguments) => ({
      ...connection(repository.languages, args, (language) => language),
      totalSize: repository.languages.reduce((sum, each) => sum + each.size, 0),
      edges: repository.languages.map(({ name, size }) => ({ size, node: { name } })),
    }),
    issues: { totalCount: repository.openIssues },
    pullRequests: (args: Arguments) =>
      connection(pulls, args, ({ author, ...pull }) => ({
        ...pull,
        url: `${url}/pull/${pull.number}`,
        author: { __typename: 'User', login: author },
      })),
    releases: (args: Arguments) =>
      connection(repository.releases, args, (release) => ({
        ...release,
        id: `RE_${release.id}`,
        tagName: release.tag,
        isDraft: false,
        createdAt: release.publishedAt,
        url: `${url}/releases/tag/${release.tag}`,
      })),
    defaultBranchRef: branch ? () => refNode(branch, repository, context) : null,
    ref: ({ qualifiedName }: Arguments) =>
      branch && qualifiedName === `refs/heads/${branch}`
        ? refNode(branch, repository, context)
        : null,
    async object({ expression, oid }: Arguments) {
      if (!repository.commit) return null;
      const name = String(oid ?? expression).replace(
        /^(HEAD|refs\/heads\/[^:]+|[^:]+)/,
        (revision) => resolveRevision(revision, repository),
      );
      const found = await world.objects.read(name);
      return found ? objectNode(found, repository, context) : null;
    },
  };
}

function resolveRevision(revision: string, repository: StandInRepository): string {
  const branch = repository.defaultBranch;
  const names = ['HEAD', branch, `refs/heads/${branch}`];
  return names.includes(revision) ? (repository.commit as string) : revision;
}

async function refNode(
  name: string,
  repository: StandInRepository,
  context: GraphqlContext,
): Promise<unknown> {
  const commit = await context.world.objects.read(repository.commit as string);
  return { name, target: commit && objectNode(commit, repository, context) };
}

function objectNode(
  object: GitObject,
  repository: StandInRepository,
  context: GraphqlContext,
): unknown {
  if (object.type === 'blob') return blobNode(object);
  if (object.type === 'tree')
    return {
      __typename: 'Tree',
      oid: object.oid,
      entries: parseTree(object.bytes).map(({ mode, name, oid, type }) => ({
        name,
        oid,
        type,
        mode: Number.parseInt(mode, 8),
      })),
    };
  return commitNode(parseCommit(object), repository, context);
}

/** GitHub gives text up to 512 kB, marked as cut; none for what it takes for binary. */
function blobNode({ oid, bytes }: GitObject): unknown {
  const isBinary = bytes.subarray(0, 8000).includes(0);
  const isTruncated = bytes.length > 512_000;
  return {
    __typename: 'Blob',
    oid,
    byteSize: bytes.length,
    isBinary,
    isTruncated,
    text: isBinary ? null : bytes.subarray(0, 512_000).toString('utf8'),
  };
}

function commitNode(
  commit: Commit,
  repository: StandInRepository,
  context: GraphqlContext,
): unknown {
  const { world, origin } = context;
  const author = world.accounts
    .get(repository.owner)
    ?.members.find((person) => person.email === commit.author.email);
  return {
    __typename: 'Commit',
    oid: commit.oid,
    committedDate: commit.author.date,
    authoredDate: commit.author.date,
    message: commit.message,
    tree: { __typename: 'Tree', oid: commit.tree },
    author: {
      name: commit.author.name,
      email: commit.author.email,
      user: author ? personNode(author, context) : null,
    },
    checkSuites: (args: Arguments) =>
      connection(runsOf(repository, commit), args, (run) => ({
        id: `CS_${run.id}`,
        status: run.status,
        conclusion: run.conclusion,
        createdAt: run.createdAt,
        updatedAt: run.updatedAt,
        workflowRun: {
          id: `WFR_${run.id}`,
          databaseId: run.id,
          url: `${origin}/${repository.owner}/${repository.name}/actions/runs/${run.id}`,
          event: run.event,
          runNumber: run.runNumber,
          createdAt: run.createdAt,
          updatedAt: run.updatedAt,
          workflow: { name: run.workflow },
        },
      })),
    async history(args: Arguments) {
      const commits: Commit[] = [];
      for (let at: Commit | undefined = commit; at && commits.length < 100;) {
        commits.push(at);
        const parent: GitObject | null = at.parent ? await world.objects.read(at.parent) : null;
        at = parent ? parseCommit(parent) : undefined;
      }
      return connection(commits, args, (each) => commitNode(each, repository, context));
    },
  };
}

/** The newest commit has the repository's runs, each commit before it the same workflows with other times. */
function runsOf(repository: StandInRepository, commit: Commit): WorkflowRun[] {
  if (commit.oid === repository.commit) return repository.runs;
  const seconds = 60 + (Number.parseInt(commit.oid.slice(0, 3), 16) % 600);
  const start = Date.parse(commit.author.date);
  return repository.runs.map((run) => ({
    id: Number.parseInt(commit.oid.slice(0, 8), 16) + run.id,
    workflow: run.workflow,
    event: 'push',
    status: 'COMPLETED',
    conclusion: 'SUCCESS',
    createdAt: commit.author.date,
    updatedAt: new Date(start + seconds * 1000).toISOString().replace('.000', ''),
    runNumber: Math.max(1, run.runNumber - 1),
  }));
}

/** One page of a list; cursors are positions. */
function connection<T>(all: readonly T[], args: Arguments, node: (value: T) => unknown): object {
  const start = args['after'] ? Number(Buffer.from(String(args['after']), 'base64').toString()) : 0;
  const size = Number(args['first'] ?? args['last'] ?? 0);
  const page = args['last'] ? all.slice(-size) : all.slice(start, start + size);
  const end = start + page.length;
  return {
    totalCount: all.length,
    pageInfo: {
      hasNextPage: args['last'] ? false : end < all.length,
      endCursor: page.length > 0 ? Buffer.from(String(end)).toString('base64') : null,
    },
    nodes: page.map(node),
  };
}
