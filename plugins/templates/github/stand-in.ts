/** As much of GitHub's REST API as publishing needs, in memory, with faults on demand. For tests. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { bodyOf, ok, refused, type Answer } from './stand-in-answers.ts';
import { hash, treeHash, type TreeEntry } from './stand-in-objects.ts';

interface Repo {
  settings: Record<string, unknown>;
  refs: Map<string, string>;
  protected: Set<string>;
  pulls: { number: number; head: string; base: string; title: string }[];
  hooks: { id: number; config: { url: string } }[];
}

/** Answers a request instead of GitHub; undefined lets it pass. */
export type Fault = (
  method: string,
  path: string,
  body: Record<string, unknown>,
) => Answer | undefined;

export interface StandIn {
  url: string;
  repos: Map<string, Repo>;
  requests: string[];
  fault: Fault | undefined;
  /** Files of a branch: path and mode with content. */
  files(repo: string, branch: string): Record<string, string>;
  addRepo(name: string): Repo;
  /** Puts a branch at a commit of these files. */
  commit(repo: string, branch: string, files: Record<string, string>): void;
  close(): Promise<void>;
}

/** Starts the stand-in on a free port. */
export async function startStandIn(): Promise<StandIn> {
  const blobs = new Map<string, Buffer>();
  const trees = new Map<string, TreeEntry[]>();
  const commits = new Map<string, { tree: string; parents: string[]; message: string }>();
  const repos = new Map<string, Repo>();
  const standIn: StandIn = {
    url: '',
    repos,
    requests: [],
    fault: undefined,
    files(repo, branch) {
      const commit = commits.get(repos.get(repo)?.refs.get(branch) ?? '');
      const entries = trees.get(commit?.tree ?? '') ?? [];
      return Object.fromEntries(
        entries.map(({ path, mode, sha }) => [`${path} ${mode}`, blobs.get(sha)!.toString()]),
      );
    },
    addRepo(name) {
      const repo: Repo = {
        settings: {},
        refs: new Map(),
        protected: new Set(),
        pulls: [],
        hooks: [],
      };
      repos.set(name, repo);
      return repo;
    },
    commit(repo, branch, files) {
      const entries = Object.entries(files).map(([path, text]): TreeEntry => {
        return { path, mode: '100644', type: 'blob', sha: blobOf(Buffer.from(text)) };
      });
      repos.get(repo)!.refs.set(branch, commitOf(treeOf(entries), [], 'by hand'));
    },
    async close() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server = createServer((request, response) => {
    void answer(request, response);
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const { pathname, searchParams } = new URL(request.url!, 'http://x');
    const path = decodeURIComponent(pathname);
    standIn.requests.push(`${request.method} ${path}`);
    const given =
      standIn.fault?.(request.method!, path, body) ??
      route(request.method!, path, body, searchParams);
    response.writeHead(given.status, { 'content-type': 'application/json', ...given.headers });
    response.end(given.status === 204 ? undefined : JSON.stringify(given.body));
  }

  function route(
    method: string,
    path: string,
    body: Record<string, unknown>,
    search: URLSearchParams,
  ): Answer {
    if (path.startsWith('/users/')) return ok({ type: 'Organization' });
    const created = /^\/orgs\/([^/]+)\/repos$/.exec(path);
    if (created && method === 'POST') {
      const name = `${created[1]}/${String(body['name'])}`;
      if (repos.has(name))
        return refused(422, 'Repository creation failed.', 'name already exists on this account');
      standIn.addRepo(name).settings = body;
      return ok(repositoryOf(name), 201);
    }
    const match = /^\/repos\/([^/]+\/[^/]+)(\/.*)?$/.exec(path);
    const repo = repos.get(match?.[1] ?? '');
    if (!match || !repo) return refused(404, 'Not Found');
    return routeRepo(method, match[1]!, repo, match[2] ?? '', body, search);
  }

  function routeRepo(
    method: string,
    name: string,
    repo: Repo,
    path: string,
    body: Record<string, unknown>,
    search: URLSearchParams,
  ): Answer {
    const branch = /^\/git\/refs?\/heads\/(.+)$/.exec(path)?.[1];
    const protection = /^\/branches\/(.+)\/protection$/.exec(path)?.[1];
    const isEmpty = repo.refs.size === 0;
    if (path === '') return ok(repositoryOf(name));
    if (method === 'GET' && branch) {
      if (isEmpty) return refused(409, 'Git Repository is empty.');
      const sha = repo.refs.get(branch);
      return sha ? ok({ object: { sha } }) : refused(404, 'Not Found');
    }
    if (method === 'PATCH' && branch) {
      const commit = commits.get(body['sha'] as string);
      const isForward = commit?.parents.includes(repo.refs.get(branch) ?? '');
      if (repo.protected.has(branch))
        return refused(422, 'Changes must be made through a pull request.');
      if (!isForward && body['force'] !== true) return refused(422, 'Update is not a fast forward');
      repo.refs.set(branch, body['sha'] as string);
      return ok({});
    }
    if (method === 'GET' && path.startsWith('/contents/')) {
      const commit = commits.get(repo.refs.get(search.get('ref') ?? 'main') ?? '');
      const wanted = path.slice('/contents/'.length);
      const entry = trees.get(commit?.tree ?? '')?.find((each) => each.path === wanted);
      return entry
        ? ok({ content: blobs.get(entry.sha)!.toString('base64') })
        : refused(404, 'Not Found');
    }
    if (method === 'PUT' && path.startsWith('/contents/')) {
      const sha = commitOf(treeOf([]), [], 'start');
      repo.refs.set(String(body['branch']), sha);
      return ok({ commit: { sha } }, 201);
    }
    if (path.startsWith('/git/blobs/')) {
      return ok({ content: blobs.get(path.split('/').at(-1)!)!.toString('base64') });
    }
    if (path === '/git/blobs' && isEmpty) return refused(409, 'Git Repository is empty.');
    if (path === '/git/blobs')
      return ok({ sha: blobOf(Buffer.from(body['content'] as string, 'base64')) }, 201);
    if (path === '/git/trees') return ok({ sha: newTree(body) }, 201);
    if (path.startsWith('/git/trees/')) {
      const name = path.split('/').at(-1)!;
      const commit = commits.get(repo.refs.get(name) ?? name);
      return ok({ tree: trees.get(commit!.tree) });
    }
    if (path === '/git/commits') {
      return ok(
        {
          sha: commitOf(
            body['tree'] as string,
            body['parents'] as string[],
            body['message'] as string,
          ),
        },
        201,
      );
    }
    if (path.startsWith('/git/commits/')) {
      const commit = commits.get(path.split('/').at(-1)!)!;
      return ok({ tree: { sha: commit.tree } });
    }
    if (path === '/git/refs') {
      repo.refs.set(String(body['ref']).replace('refs/heads/', ''), body['sha'] as string);
      return ok({}, 201);
    }
    if (protection && method === 'PUT') {
      repo.protected.add(protection);
      return ok({});
    }
    if (path === '/pulls' && method === 'GET') {
      const head = search.get('head')!.split(':')[1];
      return ok(repo.pulls.filter((pull) => pull.head === head).map((pull) => pullOf(name, pull)));
    }
    if (path === '/pulls') {
      const pull = {
        number: repo.pulls.length + 1,
        head: body['head'] as string,
        base: body['base'] as string,
        title: body['title'] as string,
      };
      repo.pulls.push(pull);
      return ok(pullOf(name, pull), 201);
    }
    if (path === '/hooks' && method === 'GET') return ok(repo.hooks);
    if (path === '/hooks') {
      repo.hooks.push({ id: repo.hooks.length + 1, config: body['config'] as { url: string } });
      return ok({ id: repo.hooks.length }, 201);
    }
    if (path === '/issues')
      return ok({ number: 7, html_url: `https://github.com/${name}/issues/7` }, 201);
    if (path === '/topics' || path.endsWith('/dispatches') || path.endsWith('/labels'))
      return ok([]);
    throw new Error(`The stand-in does not know ${method} ${path}`);
  }

  function newTree(body: Record<string, unknown>): string {
    const entries = new Map(
      (trees.get(body['base_tree'] as string) ?? []).map((entry) => [entry.path, entry]),
    );
    for (const entry of body['tree'] as TreeEntry[]) {
      if (entry.sha === null) entries.delete(entry.path);
      else entries.set(entry.path, entry);
    }
    return treeOf([...entries.values()]);
  }

  /** The real id of nested trees, so that the client's own reckoning is put to the test. */
  function treeOf(entries: TreeEntry[]): string {
    const sha = treeHash(entries);
    trees.set(sha, entries);
    return sha;
  }

  function blobOf(content: Buffer): string {
    const sha = hash('blob', content).toString('hex');
    blobs.set(sha, content);
    return sha;
  }

  function commitOf(tree: string, parents: string[], message: string): string {
    const sha = hash('commit', Buffer.from(JSON.stringify([tree, parents, message]))).toString(
      'hex',
    );
    commits.set(sha, { tree, parents, message });
    return sha;
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  standIn.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return standIn;
}

function repositoryOf(name: string): object {
  return {
    default_branch: 'main',
    html_url: `https://github.com/${name}`,
    clone_url: `https://github.com/${name}.git`,
  };
}

function pullOf(name: string, pull: Repo['pulls'][number]): object {
  return { ...pull, html_url: `https://github.com/${name}/pull/${pull.number}` };
}
