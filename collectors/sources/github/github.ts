import type { ProblemInput, SourceState } from '../../../plugins/types.ts';
import { CallboardError, exitCode } from '../../callboard-error.ts';
import type { Source, SourceAnswer, SourceContext } from '../source.ts';
import type { AccountState } from './account.ts';
import type { Pace } from './client.ts';
import { connect, type Connected } from './connect.ts';
import { crawlAccount, type AccountCrawl } from './crawl.ts';
import { GithubError } from './errors.ts';
import { keepPart, mergeParts, storedAccounts } from './merge.ts';
import { githubSourceId, hostName, type GithubOptions } from './options.ts';
import { Redactor } from './redact.ts';
import { repositoriesOf } from './repositories.ts';
import { keepHeapSmall } from './small-heap.ts';
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
    keepHeapSmall();
    const startedAt = new Date().toISOString();
    const store = new Store(context.kept, context.scratch);
    const stats = new CrawlStats();
    const redactor = new Redactor();
    const problems: ProblemInput[] = [];
    const { connections, isWorkflowToken, refused } = await signIn();
    if (isWorkflowToken) problems.push(workflowToken(options));

    if (refused !== undefined && context.shard) keepPart(store, context.shard, refused);
    let accounts: AccountCrawl[] = [];
    if (context.parts) {
      const missing = mergeParts(store, context.parts, context.scratch);
      if (missing !== undefined) throw incomplete(id, missing);
    } else
      for (const connection of connections)
        accounts.push(
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
            idOf,
          }),
        );
    // While GitHub refuses to sign us in, the store knows what there was.
    const isComplete =
      context.parts !== undefined ||
      (accounts.length > 0 && accounts.every(({ state }) => state.stopped === undefined));
    if (accounts.length === 0) accounts = storedAccounts(store);
    if (isComplete)
      store.prune(new Set(accounts.flatMap(({ state }) => [...state.seen, ...state.extra])));
    for (const { state } of accounts) problems.push(...state.problems);

    const clients = new Map(connections.map(({ login, client }) => [login.toLowerCase(), client]));
    const repositories = accounts.flatMap(({ login, state }) =>
      repositoriesOf(state, {
        source: id,
        store,
        client: clients.get(login.toLowerCase()),
        account: login,
        catalogPaths: options.catalogPaths,
        idOf,
      }),
    );
    const state = stateOf(startedAt, accounts, refused, repositories.length);
    if (state.state === 'stale')
      problems.push({ code: 'github/stopped-early', message: `${id}: ${state.detail}.` });
    return {
      repositories: repositories.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      problems,
      // What plugins ask of GitHub later counts too: the figures are read when they are written.
      state: Object.defineProperty(state, 'stats', {
        enumerable: true,
        get: () => stats.figures(),
      }),
    };

    async function signIn(): Promise<Connected & { refused?: string }> {
      try {
        return await connect(options, environment, {
          redactor,
          stats,
          signal,
          pace: { retryDelay: 1000, timeout: 60_000, waitForReset: options.waitForReset, ...pace },
        });
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof GithubError)) throw error;
        return { connections: [], isWorkflowToken: false, refused: redactor.text(error.message) };
      }
    }
  }

  function idOf(owner: string, name: string): string {
    const host = hostName(options.host);
    return host === 'github.com' ? `${owner}/${name}` : `${host}/${owner}/${name}`;
  }

  function stateOf(
    startedAt: string,
    accounts: readonly { login: string; state: AccountState }[],
    refused: string | undefined,
    count: number,
  ): SourceState {
    const reasons = refused === undefined ? [] : [refused];
    for (const { login, state } of accounts)
      if (state.stopped !== undefined)
        reasons.push(`${login}: ${state.stopped.replace(/\.$/, '')}`);
    const completed = accounts.map(({ state }) => state.completedAt ?? startedAt).toSorted();
    const asOf = completed[0] ?? startedAt;
    const detail = reasons.join('; ');
    if (count === 0)
      return { id, state: 'failed', asOf, detail: detail || 'no repository passes the filters' };
    return detail === '' ? { id, state: 'fresh', asOf } : { id, state: 'stale', asOf, detail };
  }

  return { id, list };
}

function workflowToken({ credentials }: GithubOptions): ProblemInput {
  return {
    code: 'github/workflow-token',
    message:
      'GITHUB_TOKEN reads the repository of this workflow and public ones only: private and internal repositories are not in this crawl.',
    hint: `Give the workflow ${credentials}_APP_ID and ${credentials}_APP_PRIVATE_KEY of a GitHub App, or ${credentials}_TOKEN.`,
  };
}

function incomplete(id: string, missing: string): CallboardError {
  return new CallboardError(
    exitCode.nothing,
    `The parts of ${id} cannot be joined: ${missing}.`,
    'Run `callboard collect --shard` for every part, then name all their folders. The last snapshots are unchanged.',
  );
}
