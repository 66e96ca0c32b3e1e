import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { Access, type App, type Token } from './access.ts';
import { Faults, type Effect, type RequestKind } from './faults.ts';
import { gitEnvironment } from './git.ts';
import { answerGraphql, examine } from './graphql.ts';
import { answerFault } from './openapi.ts';
import { answerRest } from './rest.ts';
import type { World } from './world.ts';

export interface StandInOptions {
  port?: number;
  /** Points per hour as GitHub gives them to a token; 5,000 each. */
  limits?: { rest?: number; graphql?: number; resetSeconds?: number };
  /** Whether the limits per minute are enforced, as on github.com. */
  hasSecondaryLimits?: boolean;
  app?: App;
  tokens?: Record<string, Partial<Token> & { account: string }>;
}

export interface LogEntry {
  kind: RequestKind;
  method: string;
  path: string;
  /** Name of the GraphQL operation. */
  operation?: string;
  status: number;
  points: number;
  bytes: number;
}

/** GitHub on this machine: GraphQL, REST, archives and git over HTTP, as GitHub Enterprise Server lays out its addresses. */
export class StandIn {
  readonly world: World;
  readonly faults = new Faults();
  readonly access: Access;
  log: LogEntry[] = [];
  /** Answers that differ from GitHub's published description: faults of the stand-in. */
  readonly violations: string[] = [];
  private readonly server: Server;
  private readonly options: StandInOptions;
  private running = 0;

  constructor(world: World, options: StandInOptions = {}) {
    this.world = world;
    this.options = options;
    const { rest = 5000, graphql = 5000, resetSeconds = 3600 } = options.limits ?? {};
    this.access = new Access({ rest, graphql, resetSeconds }, options.app);
    for (const [value, token] of Object.entries(options.tokens ?? {}))
      this.access.tokens.set(value, {
        kind: 'personal',
        readsAlerts: true,
        expiresAt: Infinity,
        ...token,
      });
    this.server = createServer((request, response) => {
      this.running++;
      response.once('close', () => this.running--);
      this.serve(request, response).catch((error: unknown) => {
        this.violations.push(String(error));
        if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ message: String(error) }));
      });
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) =>
      this.server.listen(this.options.port ?? 0, '127.0.0.1', resolve),
    );
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    this.world.close();
  }

  count(kind: RequestKind, match?: RegExp): number {
    return this.log.filter(
      (entry) => entry.kind === kind && (!match || match.test(entry.operation ?? entry.path)),
    ).length;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const { pathname } = url;
    if (pathname === '/_stand-in/log') return send(response, 200, this.log);
    if (pathname === '/api/graphql') return this.serveGraphql(request, response);
    if (pathname.startsWith('/api/v3/')) return this.serveRest(request, response, url);
    if (pathname.startsWith('/codeload/')) return this.serveArchive(request, response, pathname);
    if (/^\/[^/]+\/[^/]+?(\.git)?\/(info\/refs|git-upload-pack)$/.test(pathname))
      return this.serveGit(request, response, url);
    return send(response, 404, { message: 'Not Found' });
  }

  private note(entry: Omit<LogEntry, 'bytes' | 'status'>, response: ServerResponse): LogEntry {
    const noted: LogEntry = { ...entry, status: 0, bytes: 0 };
    this.log.push(noted);
    response.once('close', () => {
      noted.status = response.statusCode;
      noted.bytes = response.socket?.bytesWritten ?? 0;
    });
    return noted;
  }

  private async serveGraphql(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = (await bodyOf(request)).toString();
    const { query, variables = {} } = JSON.parse(text) as {
      query: string;
      variables?: Record<string, unknown>;
    };
    const operation = /^\s*query (\w+)/.exec(query)?.[1] ?? '';
    const examined = examine(query, variables);
    const points = 'cost' in examined ? examined.cost : 1;
    this.note(
      { kind: 'graphql', method: 'POST', path: '/api/graphql', operation, points },
      response,
    );
    const token = this.access.find(request.headers.authorization);
    const effect = this.faults.take(
      'graphql',
      `${query} ${JSON.stringify(variables)}`,
      pageOf(variables),
    );
    if (effect?.type === 'expire') this.access.expire(request.headers.authorization);
    if (!token || effect?.type === 'expire')
      return send(response, 401, { message: 'Bad credentials', documentation_url: docs });
    if (this.limit(response, token, 'graphql', points, effect)) return undefined;
    if (effect && effect.type !== 'resource-limits' && (await misbehave(response, effect)))
      return undefined;
    if ('errors' in examined) {
      this.violations.push(`A query GitHub refuses: ${JSON.stringify(examined.errors)}`);
      return send(response, 200, { errors: examined.errors });
    }
    const budget = this.access.budget(token, 'graphql');
    const body = await answerGraphql(examined.document, points, variables, {
      world: this.world,
      origin: this.url,
      mayRead: (repository) => this.access.mayRead(token, repository),
      refused: this.faults.refused,
      rate: {
        limit: budget.limit,
        used: budget.used,
        remaining: Math.max(0, budget.limit - budget.used),
        resetAt: new Date(budget.resetAt).toISOString(),
      },
    });
    for (const error of (body.errors ?? []) as { message: string }[])
      if (error.message.startsWith('The stand-in')) this.violations.push(error.message);
    if (effect?.type === 'resource-limits') dropHalf(body);
    return send(response, 200, body, {}, effect);
  }

  private async serveRest(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): Promise<void> {
    const path = url.pathname.slice('/api/v3'.length);
    const method = request.method ?? 'GET';
    const isAuth = path.startsWith('/app') || path.endsWith('/installation');
    await bodyOf(request);
    this.note({ kind: 'rest', method, path: path + url.search, points: isAuth ? 0 : 1 }, response);
    const effect = this.faults.take('rest', path);
    const { authorization } = request.headers;
    if (effect?.type === 'expire') this.access.expire(authorization);
    const token = this.access.find(authorization);
    if (!isAuth && (!token || effect?.type === 'expire'))
      return send(response, 401, {
        message: 'Bad credentials',
        documentation_url: docs,
        status: '401',
      });
    if (token && path !== '/rate_limit' && this.limit(response, token, 'core', 1, effect))
      return undefined;
    if (effect && (await misbehave(response, effect))) return undefined;
    const api = `${this.url}/api/v3`;
    const answer = await answerRest(this.world, this.access, api, this.url, {
      method,
      path,
      query: url.searchParams,
      accept: request.headers.accept ?? '',
      authorization,
      token,
    });
    if (!answer) {
      this.violations.push(`No answer for ${method} ${path}`);
      return send(response, 404, { message: 'Not Found', documentation_url: docs });
    }
    if (answer.raw) {
      response.writeHead(answer.status, {
        'content-type': 'application/vnd.github.raw; charset=utf-8',
        ...answer.headers,
      });
      response.end(answer.raw);
      return undefined;
    }
    const fault = answer.route && answerFault(method, answer.route, answer.status, answer.body);
    if (fault) this.violations.push(fault);
    return send(response, answer.status, answer.body, answer.headers, effect);
  }

  /** Counts a request against the token's budget; true when it was refused. */
  private limit(
    response: ServerResponse,
    token: Token,
    resource: 'core' | 'graphql',
    points: number,
    effect: Effect | undefined,
  ): boolean {
    const budget = this.access.budget(token, resource);
    if (effect?.type === 'rate-limit') {
      budget.used = budget.limit;
      budget.resetAt = Math.ceil(Date.now() / 1000 + effect.resetIn) * 1000;
    }
    const isOver = budget.used + points > budget.limit;
    if (!isOver) budget.used += points;
    response.setHeader('x-ratelimit-limit', budget.limit);
    response.setHeader('x-ratelimit-used', budget.used);
    response.setHeader('x-ratelimit-remaining', isOver ? 0 : budget.limit - budget.used);
    response.setHeader('x-ratelimit-reset', budget.resetAt / 1000);
    response.setHeader('x-ratelimit-resource', resource);
    if (isOver) {
      const message = `API rate limit exceeded for installation of ${token.account}.`;
      if (resource === 'graphql')
        send(response, 200, { errors: [{ type: 'RATE_LIMITED', message }] });
      else send(response, 403, { message, documentation_url: docs, status: '403' });
      return true;
    }
    const now = Date.now();
    budget.recent = budget.recent.filter((time) => now - time < 60_000);
    budget.recent.push(now);
    const perMinute = resource === 'core' ? 900 : 2000;
    const isTooFast =
      this.options.hasSecondaryLimits === true &&
      (this.running > 100 || budget.recent.length > perMinute);
    if (!isTooFast && effect?.type !== 'secondary') return false;
    const retryAfter = effect?.type === 'secondary' ? effect.retryAfter : 60;
    send(
      response,
      403,
      {
        message:
          'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
        documentation_url: docs,
      },
      { 'retry-after': String(retryAfter) },
    );
    return true;
  }

  private async serveArchive(
    _request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ): Promise<void> {
    const [, , id = '', , ref = ''] = path.split('/');
    this.note({ kind: 'codeload', method: 'GET', path, points: 0 }, response);
    const repository = this.world.byNodeId(id);
    const name = repository ? `${repository.owner}/${repository.name}` : id;
    const effect = this.faults.take('codeload', name);
    if (effect?.type === 'archive') {
      response.writeHead(200, { 'content-type': 'application/x-gzip' });
      response.end(effect.bytes);
      return;
    }
    if (effect && effect.type !== 'truncate' && (await misbehave(response, effect))) return;
    if (!repository) return send(response, 404, { message: 'Not Found' });
    const prefix = `${repository.owner}-${repository.name}-${ref.slice(0, 7)}/`;
    const child = spawn(
      'git',
      [
        '-c',
        'tar.tar.gz.command=gzip -cn1',
        'archive',
        '--format=tar.gz',
        `--prefix=${prefix}`,
        ref,
      ],
      {
        cwd: this.world.folder(repository),
        env: gitEnvironment,
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    if (effect?.type === 'truncate') {
      const chunks: Buffer[] = [];
      for await (const chunk of child.stdout) chunks.push(chunk as Buffer);
      const whole = Buffer.concat(chunks);
      response.writeHead(200, { 'content-type': 'application/x-gzip' });
      response.end(whole.subarray(0, whole.length / 2));
      return;
    }
    response.writeHead(200, { 'content-type': 'application/x-gzip' });
    child.stdout.pipe(response);
  }

  private async serveGit(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): Promise<void> {
    const [, owner = '', file = '', ...rest] = url.pathname.split('/');
    this.note(
      { kind: 'git', method: request.method ?? 'GET', path: url.pathname, points: 0 },
      response,
    );
    const name = file.replace(/\.git$/, '');
    const repository = this.world.repository(owner, name) ?? this.world.movedTo(owner, name);
    const token = this.access.find(request.headers.authorization);
    if (!repository || !this.access.mayRead(token, repository)) {
      response.writeHead(token ? 404 : 401, { 'www-authenticate': 'Basic realm="GitHub"' });
      response.end();
      return;
    }
    const effect = this.faults.take('git', `${owner}/${name}`);
    if (effect && (await misbehave(response, effect))) return;
    await runBackend(request, response, {
      GIT_PROJECT_ROOT: join(this.world.root, 'repositories'),
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: `/${repository.nodeId}.git/${rest.join('/')}`,
      QUERY_STRING: url.search.slice(1),
    });
  }
}

const docs = 'https://docs.github.com/rest';

/** `git http-backend` is a CGI program. */
async function runBackend(
  request: IncomingMessage,
  response: ServerResponse,
  variables: Record<string, string>,
): Promise<void> {
  const child = spawn('git', ['http-backend'], {
    env: {
      ...gitEnvironment,
      ...variables,
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      CONTENT_LENGTH: request.headers['content-length'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      REMOTE_ADDR: '127.0.0.1',
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.on('error', () => {});
  request.pipe(child.stdin);
  let head = Buffer.alloc(0);
  let isBody = false;
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    if (isBody) {
      response.write(chunk);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) continue;
    isBody = true;
    for (const line of head.subarray(0, end).toString().split('\r\n')) {
      const [name = '', value = ''] = line.split(': ');
      if (name === 'Status') response.statusCode = Number(value.slice(0, 3));
      else response.setHeader(name, value);
    }
    response.write(head.subarray(end + 4));
  }
  response.end();
}

/** Does what a fault asks; false when the answer itself is to be spoilt later. */
async function misbehave(response: ServerResponse, effect: Effect): Promise<boolean> {
  switch (effect.type) {
    case 'status':
      send(
        response,
        effect.status,
        { message: effect.message ?? `Fault ${effect.status}`, documentation_url: docs },
        effect.headers,
      );
      return true;
    case 'reset':
      response.socket?.destroy();
      return true;
    case 'hang':
      await new Promise((resolve) => response.once('close', resolve));
      return true;
    default:
      return false;
  }
}

function dropHalf(body: { data?: unknown; errors?: unknown[] }): void {
  const owner = (body.data as { repositoryOwner?: { repositories?: { nodes?: unknown[] } } })
    ?.repositoryOwner;
  const nodes = owner?.repositories?.nodes ?? [];
  for (let index = Math.floor(nodes.length / 2); index < nodes.length; index++) nodes[index] = null;
  body.errors = [
    {
      type: 'RESOURCE_LIMITS_EXCEEDED',
      path: ['repositoryOwner', 'repositories', 'nodes', Math.floor(nodes.length / 2)],
      message: 'Resource limits for this query exceeded.',
    },
  ];
}

function pageOf(variables: Record<string, unknown>): number | undefined {
  if (typeof variables['first'] === 'number') return variables['first'];
  return Array.isArray(variables['ids']) ? variables['ids'].length : undefined;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
  effect?: Effect,
): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  if (effect?.type === 'truncate') {
    response.writeHead(status, {
      'content-type': 'application/json',
      'content-length': text.length,
      ...headers,
    });
    response.write(text.slice(0, text.length / 2), () => response.socket?.destroy());
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(effect?.type === 'malformed' ? `${text.slice(0, -2)}<html>` : text);
}
