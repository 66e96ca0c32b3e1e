import { parseTree } from './git.ts';
import type { Access, Token } from './access.ts';
import type { Account, Alert, StandInRepository, World } from './world.ts';

export interface RestAnswer {
  status: number;
  /** The route as GitHub's description names it; the answer is checked against it, unless the description leaves it out. */
  route?: string;
  body?: unknown;
  raw?: Uint8Array;
  headers?: Record<string, string>;
}

export interface RestRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  accept: string;
  authorization: string | undefined;
  token: Token | undefined;
}

/** Answers GitHub's REST routes a crawl uses. Undefined: no such route. */
export async function answerRest(
  world: World,
  access: Access,
  api: string,
  origin: string,
  request: RestRequest,
): Promise<RestAnswer | undefined> {
  const { method, path } = request;
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  const [first, second, third] = parts;

  if (
    first === 'app' ||
    (first === 'orgs' && third === 'installation') ||
    (first === 'users' && third === 'installation')
  )
    return answerApp(world, access, api, request, parts);
  if (method !== 'GET') return undefined;
  if (path === '/rate_limit') return answerRateLimit(access, request.token);
  if (first === 'orgs' && second) return answerAlerts(world, api, origin, request, parts);
  if (first !== 'repos' && first !== 'repositories') return undefined;

  const [repository, rest] =
    first === 'repos'
      ? [world.repository(second ?? '', third ?? ''), parts.slice(3)]
      : [
          [...world.repositories.values()].find((each) => String(each.databaseId) === second),
          parts.slice(2),
        ];
  const route = routeOf(rest);
  const moved = first === 'repos' ? world.movedTo(second ?? '', third ?? '') : undefined;
  if (!repository && moved && access.mayRead(request.token, moved)) {
    const url = `${api}/repositories/${moved.databaseId}${rest.map((part) => `/${part}`).join('')}`;
    return {
      status: 301,
      route: '/repos/{owner}/{repo}',
      body: { message: 'Moved Permanently', url, documentation_url: docs },
      headers: { location: url },
    };
  }
  if (!repository || !access.mayRead(request.token, repository)) return notFound(route);
  return answerRepository(world, api, origin, request, repository, rest, route);
}

const docs = 'https://docs.github.com/rest';

function notFound(route: string): RestAnswer {
  const body = { message: 'Not Found', documentation_url: docs, status: '404' };
  return {
    status: 404,
    route: route.endsWith('tarball/{ref}') ? '/repos/{owner}/{repo}' : route,
    body,
  };
}

function routeOf(rest: readonly string[]): string {
  if (rest[0] === 'tarball') return '/repos/{owner}/{repo}/tarball/{ref}';
  if (rest[0] === 'git' && rest[1] === 'trees') return '/repos/{owner}/{repo}/git/trees/{tree_sha}';
  if (rest[0] === 'git' && rest[1] === 'blobs') return '/repos/{owner}/{repo}/git/blobs/{file_sha}';
  return '/repos/{owner}/{repo}';
}

async function answerRepository(
  world: World,
  api: string,
  origin: string,
  request: RestRequest,
  repository: StandInRepository,
  rest: readonly string[],
  route: string,
): Promise<RestAnswer | undefined> {
  const url = `${api}/repos/${repository.owner}/${repository.name}`;
  if (rest.length === 0)
    return { status: 200, route, body: fullRepository(repository, api, origin) };
  if (rest[0] === 'tarball') {
    if (!repository.commit) return notFound(route);
    const ref = rest.slice(1).join('/') || repository.commit;
    const location = `${origin}/codeload/${repository.nodeId}/legacy.tar.gz/${ref}`;
    return { status: 302, route, headers: { location } };
  }
  const [, kind, name = ''] = rest;
  if (!repository.commit)
    return {
      status: 409,
      route,
      body: { message: 'Git Repository is empty.', documentation_url: docs, status: '409' },
    };
  const object = await world.objects.read(kind === 'trees' ? `${name}^{tree}` : name);
  if (kind === 'blobs' && object?.type === 'blob') {
    if (request.accept.includes('raw')) return { status: 200, route, raw: object.bytes };
    return {
      status: 200,
      route,
      body: {
        sha: object.oid,
        node_id: `B_${object.oid}`,
        size: object.bytes.length,
        url: `${url}/git/blobs/${object.oid}`,
        content: object.bytes.toString('base64'),
        encoding: 'base64',
      },
    };
  }
  if (kind === 'trees' && object?.type === 'tree') {
    const limit = world.treeLimit;
    const tree: object[] = [];
    const isWhole = await listTree(
      world,
      object.bytes,
      '',
      request.query.has('recursive'),
      tree,
      limit,
      url,
    );
    return {
      status: 200,
      route,
      body: { sha: object.oid, url: `${url}/git/trees/${object.oid}`, tree, truncated: !isWhole },
    };
  }
  return notFound(route);
}

async function listTree(
  world: World,
  bytes: Buffer,
  prefix: string,
  isRecursive: boolean,
  into: object[],
  limit: number,
  url: string,
): Promise<boolean> {
  for (const { mode, name, oid, type } of parseTree(bytes)) {
    if (into.length >= limit) return false;
    const path = `${prefix}${name}`;
    const object = type === 'commit' ? null : await world.objects.read(oid);
    into.push({
      path,
      mode,
      type,
      sha: oid,
      ...(type === 'blob' ? { size: object?.bytes.length ?? 0 } : {}),
      ...(type === 'commit' ? {} : { url: `${url}/git/${type}s/${oid}` }),
    });
    if (type !== 'tree' || !isRecursive || !object) continue;
    if (!(await listTree(world, object.bytes, `${path}/`, true, into, limit, url))) return false;
  }
  return true;
}

function answerRateLimit(access: Access, token: Token | undefined): RestAnswer {
  const resource = (name: 'core' | 'graphql') => {
    if (!token) return { limit: 60, used: 0, remaining: 60, reset: 0 };
    const { limit, used, resetAt } = access.budget(token, name);
    return { limit, used, remaining: Math.max(0, limit - used), reset: resetAt / 1000 };
  };
  const core = resource('core');
  return {
    status: 200,
    route: '/rate_limit',
    body: { resources: { core, graphql: resource('graphql'), search: core }, rate: core },
  };
}

function answerApp(
  world: World,
  access: Access,
  api: string,
  request: RestRequest,
  parts: readonly string[],
): RestAnswer | undefined {
  const app = access.app;
  const [first, second, third] = parts;
  const routes = {
    list: '/app/installations',
    one: '/app/installations/{installation_id}',
    token: '/app/installations/{installation_id}/access_tokens',
    owner: first === 'users' ? '/users/{username}/installation' : '/orgs/{org}/installation',
  };
  const fault = access.jwtFault(request.authorization);
  if (fault || !app)
    return {
      status: 401,
      body: { message: fault ?? 'No app', documentation_url: docs },
    };
  const describe = (installation: { id: number; account: string }) =>
    installationBody(
      world.accounts.get(installation.account) as Account,
      installation.id,
      app.id,
      api,
    );

  if (first === 'app' && second === 'installations' && third === undefined)
    return { ...page(app.installations.map(describe), request, api), route: routes.list };
  const found = app.installations.find((each) =>
    first === 'app' ? String(each.id) === third : each.account === second,
  );
  if (!found)
    return {
      status: 404,
      body: { message: 'Not Found', documentation_url: docs },
    };
  if (first === 'app' && parts[3] === 'access_tokens' && request.method === 'POST')
    return {
      status: 201,
      route: routes.token,
      body: {
        ...access.issue(found),
        permissions: { contents: 'read', metadata: 'read' },
        repository_selection: 'all',
      },
    };
  return { status: 200, route: first === 'app' ? routes.one : routes.owner, body: describe(found) };
}

function answerAlerts(
  world: World,
  api: string,
  origin: string,
  request: RestRequest,
  parts: readonly string[],
): RestAnswer | undefined {
  const [, login = '', kind] = parts;
  if (parts[3] !== 'alerts' || (kind !== 'dependabot' && kind !== 'code-scanning'))
    return undefined;
  const route = `/orgs/{org}/${kind}/alerts`;
  const account = world.accounts.get(login);
  if (!account || !request.token) return notFound(route);
  if (!request.token.readsAlerts)
    return kind === 'code-scanning'
      ? notFound(route)
      : {
          status: 403,
          route,
          body: {
            message: 'Resource not accessible by personal access token',
            documentation_url: docs,
            status: '403',
          },
        };
  const all = world
    .ownedBy(login)
    .flatMap((repository) =>
      (kind === 'dependabot' ? repository.dependabotAlerts : repository.codeScanningAlerts).map(
        (alert) =>
          kind === 'dependabot'
            ? dependabotAlert(alert, repository, api, origin)
            : codeScanningAlert(alert, repository, api, origin),
      ),
    );
  return { ...page(all, request, api), route };
}

/** A page of a list with the Link header GitHub gives. */
function page(
  all: readonly object[],
  request: RestRequest,
  api: string,
): { status: number; body: unknown; headers: Record<string, string> } {
  const size = Math.min(100, Number(request.query.get('per_page') ?? 30));
  const start = Number(request.query.get('after') ?? request.query.get('page') ?? 0);
  const key = request.path.startsWith('/orgs/') ? 'after' : 'page';
  const from = key === 'page' ? Math.max(0, start - 1) * size : start;
  const next = key === 'page' ? Math.max(1, start) + 1 : from + size;
  const query = new URLSearchParams(request.query);
  query.set(key, String(next));
  const headers: Record<string, string> =
    from + size < all.length ? { link: `<${api}${request.path}?${query}>; rel="next"` } : {};
  return { status: 200, body: all.slice(from, from + size), headers };
}

function dependabotAlert(
  alert: Alert,
  repository: StandInRepository,
  api: string,
  origin: string,
): object {
  const item = { ecosystem: 'npm', name: 'left-pad' };
  const vulnerability = {
    package: item,
    severity: alert.severity,
    vulnerable_version_range: '< 2',
    first_patched_version: { identifier: '2.0.0' },
  };
  return {
    number: alert.number,
    state: 'open',
    dependency: { package: item, manifest_path: 'package.json', scope: 'runtime' },
    security_advisory: {
      ghsa_id: 'GHSA-aaaa-bbbb-cccc',
      cve_id: null,
      summary: alert.summary,
      description: alert.summary,
      vulnerabilities: [vulnerability],
      severity: alert.severity,
      cvss: { score: 5, vector_string: null },
      cwes: [],
      identifiers: [],
      references: [],
      published_at: repository.createdAt,
      updated_at: repository.createdAt,
      withdrawn_at: null,
    },
    security_vulnerability: vulnerability,
    url: `${api}/repos/${repository.owner}/${repository.name}/dependabot/alerts/${alert.number}`,
    html_url: `${origin}/${repository.owner}/${repository.name}/security/dependabot/${alert.number}`,
    created_at: repository.pushedAt,
    updated_at: repository.pushedAt,
    dismissed_at: null,
    dismissed_by: null,
    dismissed_reason: null,
    dismissed_comment: null,
    fixed_at: null,
    repository: simpleRepository(repository, api, origin),
  };
}

function codeScanningAlert(
  alert: Alert,
  repository: StandInRepository,
  api: string,
  origin: string,
): object {
  const url = `${api}/repos/${repository.owner}/${repository.name}/code-scanning/alerts/${alert.number}`;
  return {
    number: alert.number,
    created_at: repository.pushedAt,
    url,
    html_url: `${origin}/${repository.owner}/${repository.name}/security/code-scanning/${alert.number}`,
    instances_url: `${url}/instances`,
    state: 'open',
    dismissed_by: null,
    dismissed_at: null,
    dismissed_reason: null,
    rule: {
      id: 'js/one',
      severity: 'error',
      security_severity_level: alert.severity,
      description: alert.summary,
      name: 'one',
    },
    tool: { name: 'CodeQL', version: '2.0.0' },
    most_recent_instance: { ref: 'refs/heads/main', state: 'open' },
    repository: simpleRepository(repository, api, origin),
  };
}

function simpleUser(login: string, id: number, type: string, api: string, origin: string): object {
  const url = `${api}/users/${login}`;
  return {
    login,
    id,
    node_id: `O_${id}`,
    avatar_url: `${origin}/avatars/u/${id}`,
    gravatar_id: '',
    url,
    html_url: `${origin}/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    site_admin: false,
  };
}

/** Names of the addresses every repository answer carries; their values are of no matter to a crawl. */
const addresses =
  'archive assignees blobs branches collaborators comments commits compare contents contributors deployments downloads events forks git_commits git_refs git_tags hooks issue_comment issue_events issues keys labels languages merges milestones notifications pulls releases stargazers statuses subscribers subscription tags teams trees'.split(
    ' ',
  );

function simpleRepository(repository: StandInRepository, api: string, origin: string): object {
  const url = `${api}/repos/${repository.owner}/${repository.name}`;
  return {
    id: repository.databaseId,
    node_id: repository.nodeId,
    name: repository.name,
    full_name: `${repository.owner}/${repository.name}`,
    owner: simpleUser(repository.owner, 1, 'Organization', api, origin),
    private: repository.visibility !== 'PUBLIC',
    html_url: `${origin}/${repository.owner}/${repository.name}`,
    description: repository.description,
    fork: repository.isFork,
    url,
    ...Object.fromEntries(addresses.map((name) => [`${name}_url`, `${url}/${name}`])),
  };
}

function fullRepository(repository: StandInRepository, api: string, origin: string): object {
  const web = `${origin}/${repository.owner}/${repository.name}`;
  return {
    ...simpleRepository(repository, api, origin),
    clone_url: `${web}.git`,
    git_url: `${web}.git`,
    ssh_url: `${web}.git`,
    svn_url: web,
    mirror_url: null,
    homepage: null,
    default_branch: repository.defaultBranch ?? 'main',
    forks: 0,
    forks_count: 0,
    has_issues: true,
    has_projects: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    language: repository.languages[0]?.name ?? null,
    archived: repository.isArchived,
    disabled: false,
    open_issues: repository.openIssues,
    open_issues_count: repository.openIssues,
    license: null,
    pushed_at: repository.pushedAt,
    size: repository.diskUsage,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    created_at: repository.createdAt,
    updated_at: repository.updatedAt,
    network_count: 0,
    subscribers_count: 0,
  };
}

function installationBody(account: Account, id: number, appId: number, api: string): object {
  return {
    id,
    app_id: appId,
    app_slug: 'callboard',
    target_id: account.databaseId,
    target_type: account.type,
    single_file_name: null,
    repository_selection: 'all',
    access_tokens_url: `${api}/app/installations/${id}/access_tokens`,
    html_url: `${api}/installations/${id}`,
    repositories_url: `${api}/installation/repositories`,
    events: [],
    // The description asks for what a user and an enterprise have, both.
    account: {
      ...simpleUser(account.login, account.databaseId, account.type, api, api),
      name: account.login,
      slug: account.login,
      created_at: '2020-01-01T00:00:00Z',
      updated_at: '2020-01-01T00:00:00Z',
    },
    permissions: { contents: 'read', metadata: 'read' },
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    suspended_by: null,
    suspended_at: null,
  };
}
