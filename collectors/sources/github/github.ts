import type { ProblemInput, Repository, SourceState } from '../../../plugins/types.ts';
import type { Source, SourceAnswer, SourceContext } from '../source.ts';
import type { GithubClient, Pace } from './client.ts';
import { connect, type Connection } from './connect.ts';
import { crawlAccount, type AccountCrawl, type AccountState } from './crawl.ts';
import { GithubError } from './errors.ts';
import { githubSourceId, hostName, type GithubOptions } from './options.ts';
import { peopleRepository } from './people.ts';
import { Redactor } from './redact.ts';
import { githubRepository } from './repository.ts';
import { CrawlStats } from './stats.ts';
import { Store } from './store.ts';

/** Settings that only tests change. */
export interface Setting {
  environment?: Readonly<Record<string, string | undefined>>;
  pace?: Partial<Pace>;
}

/** The repositories of a GitHub organisation, of a user, or of everyone who installed an App. */
export function githubSource(
  options: GithubOptions,
  context: SourceContext,
  { environment = process.env, pace = {} }: Setting = {},
): Source {
  const id = githubSourceId(options);

  async function list(signal: AbortSignal): Promise<SourceAnswer> {
    const startedAt = new Date().toISOString();
    const store = new Store(context.cache);
    const stats = new CrawlStats();
    const redactor = new Redactor();
    const problems: ProblemInput[] = [];
    let connections: Connection[] = [];
    let refused: string | undefined;
    if (!context.isMerging)
      try {
        const connected = await connect(options, environment, {
          redactor,
          stats,
          signal,
          pace: { retryDelay: 1000, timeout: 60_000, waitForReset: options.waitForReset, ...pace },
        });
        connections = connected.connections;
        if (connected.isWorkflowToken) problems.push(workflowToken(options));
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof GithubError)) throw error;
        refused = redactor.text(error.message);
      }

    const crawls: AccountCrawl[] = [];
    for (const connection of connections)
      crawls.push(
        await crawlAccount(connection, {
          options,
          startedAt,
          store,
          shard: context.shard,
          acceptRemovals: context.acceptRemovals ?? false,
          hasSeveralAccounts: connections.length > 1,
          signal,
          progress: (done, total, what) =>
            context.progress(done, total, stats.progress(done, total, what)),
          report: (problem) => void problems.push(problem),
          idOf,
        }),
      );

    const clients = new Map(connections.map(({ login, client }) => [login.toLowerCase(), client]));
    const known = knownAccounts(store, crawls);
    const repositories = known.flatMap(({ login, state }) =>
      repositoriesOf(login, state, store, clients.get(login.toLowerCase())),
    );
    const state = stateOf(startedAt, crawls, known, refused, repositories.length);
    if (state.state === 'stale')
      problems.push({ code: 'github/stopped-early', message: `${id}: ${state.detail}` });
    return {
      repositories: repositories.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      problems,
      // What plugins ask of GitHub later counts too: the figures are read when they are written.
      state: Object.defineProperty(state, 'stats', {
        enumerable: true,
        get: () => stats.figures(),
      }),
    };
  }

  function idOf(owner: string, name: string): string {
    const host = hostName(options.host);
    return host === 'github.com' ? `${owner}/${name}` : `${host}/${owner}/${name}`;
  }

  function repositoriesOf(
    login: string,
    state: AccountState,
    store: Store,
    client: GithubClient | undefined,
  ): Repository[] {
    const found: Repository[] = [];
    const extra = new Set(state.extra);
    for (const nodeId of new Set([...state.seen, ...state.extra])) {
      const record = store.record(nodeId);
      if (!record) continue;
      const named = state.catalogFiles[nodeId] ?? [];
      found.push(
        githubRepository(record, {
          source: id,
          store,
          client,
          catalogFiles: extra.has(nodeId) ? named : [...options.catalogPaths, ...named],
          followed: state.followed[nodeId] ?? [],
          account: login,
          idOf,
        }),
      );
    }
    if (Object.keys(state.people).length > 0)
      found.push(
        peopleRepository(id, idOf(login, 'people'), login, state.completedAt, state.people),
      );
    return found;
  }

  function stateOf(
    startedAt: string,
    crawls: readonly AccountCrawl[],
    known: readonly { state: AccountState }[],
    refused: string | undefined,
    count: number,
  ): SourceState {
    const reasons = crawls.flatMap(({ login, stopped, isHeldBack }) => {
      if (stopped !== undefined) return [`${login}: ${stopped.replace(/\.$/, '')}`];
      return isHeldBack
        ? [`${login}: many repositories are gone at once; they are kept until confirmed`]
        : [];
    });
    if (refused !== undefined) reasons.push(refused);
    const completed = known
      .map(({ state }) => state.completedAt)
      .filter((time) => time !== undefined);
    const oldest = completed.toSorted()[0];
    if (count === 0) {
      const detail = reasons.join('; ') || 'GitHub lists no repository the filters let pass';
      return { id, state: 'failed', asOf: oldest ?? startedAt, detail };
    }
    if (context.isMerging) return { id, state: 'fresh', asOf: oldest ?? startedAt };
    if (reasons.length === 0) return { id, state: 'fresh', asOf: startedAt };
    return { id, state: 'stale', asOf: oldest ?? startedAt, detail: reasons.join('; ') };
  }

  return { id, list };
}

/** Accounts crawled now, and those only the store knows while GitHub refuses to say. */
function knownAccounts(
  store: Store,
  crawls: readonly AccountCrawl[],
): { login: string; state: AccountState }[] {
  if (crawls.length > 0) return [...crawls];
  return store
    .stateNames('account-')
    .map((name) => ({
      login: name.slice('account-'.length),
      state: store.state<AccountState>(name),
    }))
    .filter(
      (account): account is { login: string; state: AccountState } => account.state !== undefined,
    );
}

function workflowToken({ credentials }: GithubOptions): ProblemInput {
  return {
    code: 'github/workflow-token',
    message:
      'GITHUB_TOKEN reads the repository of this workflow and public ones only: private and internal repositories are not in this crawl.',
    hint: `Give the workflow ${credentials}_APP_ID and ${credentials}_APP_PRIVATE_KEY of a GitHub App, or ${credentials}_TOKEN.`,
  };
}
