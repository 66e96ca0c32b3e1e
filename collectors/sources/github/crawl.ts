import type { ProblemInput } from '../../../plugins/types.ts';
import type { Shard } from '../source.ts';
import { accountKey, emptyAccount, type AccountState } from './account.ts';
import type { Connection } from './connect.ts';
import { downloadFolders } from './download.ts';
import { GithubError } from './errors.ts';
import type { GithubOptions } from './options.ts';
import { fetchPeople, peopleFiles } from './people.ts';
import { prepare } from './prepare.ts';
import { namedQuery, sweepQuery, type RepositoryAnswer } from './queries.ts';
import { carryOver, recordText, type RepositoryRecord } from './record.ts';
import { isGlob } from './repository.ts';
import { isInScope, isInShard } from './scope.ts';
import type { Store } from './store.ts';
import { sweep } from './sweep.ts';
import { toRecord } from './to-record.ts';

export interface AccountCrawl {
  login: string;
  state: AccountState;
}

export interface CrawlOptions {
  options: GithubOptions;
  /** ISO 8601. */
  startedAt: string;
  store: Store;
  shard: Shard | undefined;
  acceptRemovals: boolean;
  hasSeveralAccounts: boolean;
  signal: AbortSignal;
  progress(done: number, total: number, what: string): void;
  idOf(owner: string, name: string): string;
}

const largestRemoval = 0.2;

/** Brings the store up to date with one account. Whatever GitHub does, what the store held before is not lost. */
export async function crawlAccount(
  { login, client }: Connection,
  crawl: CrawlOptions,
): Promise<AccountCrawl> {
  const { options, store, startedAt } = crawl;
  const key = accountKey(login);
  const before = store.state<AccountState>(key);
  const paths = sweptPaths(options);
  const seen = new Set<string>();
  const byName = new Map<string, string>();
  const extra = new Set<string>();
  const state: AccountState = before ? structuredClone(before) : emptyAccount(login);
  delete state.stopped;
  state.problems = [];
  state.shard = crawl.shard;
  function report(problem: ProblemInput): void {
    state.problems.push(problem);
  }

  try {
    await sweepAccount();
    const plan = await prepare(client, store, [...seen], {
      catalogFiles: options.catalogPaths,
      hasDocs: options.docs,
      web: client.addresses.web,
      locate,
    });
    state.extra = [...extra].sort();
    state.catalogFiles = toLists(plan.extraCatalogFiles);
    state.followed = toLists(plan.followed);
    await downloadFolders(client, store, [...seen, ...extra], plan, {
      largeRepository: options.largeRepository,
      signal: crawl.signal,
      progress: (done, total) => crawl.progress(done, total, 'repositories with docs'),
      report,
      idOf: crawl.idOf,
    });
    if (options.githubOrg && (crawl.shard?.index ?? 1) === 1) await readPeople();
    if (state.stopped === undefined) state.completedAt = startedAt;
    return finish();
  } catch (error) {
    crawl.signal.throwIfAborted();
    if (!(error instanceof GithubError)) throw error;
    store.refuseAll();
    state.stopped = error.message;
    // Nothing is gone because a crawl did not get to it.
    state.seen = [...new Set([...state.seen, ...seen])]
      .filter((nodeId) => isInShard(nodeId, crawl.shard) && store.record(nodeId))
      .sort();
    return finish();
  }

  function finish(): AccountCrawl {
    // Downloads end in any order.
    state.problems = state.problems.toSorted((a, b) => (a.message < b.message ? -1 : 1));
    store.saveState(key, state);
    return { login, state };
  }

  async function sweepAccount(): Promise<void> {
    let done = 0;
    const failed = new Set<string>();
    let hasUnnamedFailure = false;
    for await (const page of sweep(client, login, sweepQuery(paths, options.filters.branch))) {
      for (const answer of page.repositories) await take(answer);
      for (const { nodeId, reason } of page.failed) {
        if (nodeId === undefined) hasUnnamedFailure = true;
        else failed.add(nodeId);
        const known = nodeId === undefined ? undefined : store.record(nodeId);
        report({
          code: 'github/repository-failed',
          message: `${known ? `${known.owner}/${known.name}` : `A repository of ${login}`} could not be read: ${client.clean(reason)}`,
          ...(known && { at: { repository: crawl.idOf(known.owner, known.name) } }),
        });
      }
      done += page.repositories.length + page.failed.length;
      crawl.progress(done, page.total, 'repositories');
    }
    settleRemovals(failed, hasUnnamedFailure);
  }

  async function take(answer: RepositoryAnswer): Promise<void> {
    if (!isInShard(answer.id, crawl.shard)) {
      byName.set(`${answer.owner.login}/${answer.name}`.toLowerCase(), answer.id);
      return;
    }
    if (!isInScope(answer, options)) return;
    const record = await toRecord(answer, paths, store);
    if (!record) return;
    seen.add(record.nodeId);
    stage(record);
  }

  function stage(record: RepositoryRecord): void {
    byName.set(`${record.owner}/${record.name}`.toLowerCase(), record.nodeId);
    const old = store.record(record.nodeId);
    carryOver(record, old);
    if (!old || recordText(old) !== recordText(record)) store.stage(record);
  }

  /** Repositories the last run had and this one has not are gone, unless there are too many of them to be believed. */
  function settleRemovals(failed: ReadonlySet<string>, hasUnnamedFailure: boolean): void {
    const known = state.seen.filter(
      (nodeId) => isInShard(nodeId, crawl.shard) && store.record(nodeId),
    );
    const gone = known.filter((nodeId) => !seen.has(nodeId) && !failed.has(nodeId));
    const isSharp = gone.length > known.length * largestRemoval && !crawl.acceptRemovals;
    if (isSharp) {
      state.stopped = 'many repositories are gone at once; they are kept until that is confirmed';
      report({
        code: 'github/removals-held-back',
        message: `${gone.length} of ${known.length} repositories of ${login} are gone from GitHub's answer; they are kept.`,
        hint: 'If this is meant, run `callboard collect --accept-removals`.',
      });
    }
    const isKept = isSharp || hasUnnamedFailure;
    for (const nodeId of known) if (isKept || failed.has(nodeId)) seen.add(nodeId);
    if (!isKept) for (const nodeId of gone) store.forget(nodeId);
    state.seen = [...seen].sort();
  }

  async function locate(owner: string, name: string): Promise<RepositoryRecord | undefined> {
    const full = `${owner}/${name}`.toLowerCase();
    const known = byName.get(full);
    if (known !== undefined && store.record(known)) return store.record(known);
    if (byName.get(full) === '') return undefined;
    const { data } = await client.graphql<{ repository0?: RepositoryAnswer | null }>(
      namedQuery([{ owner, name }], paths),
      {},
    );
    const record = data?.repository0 ? await toRecord(data.repository0, paths, store) : undefined;
    if (!record) {
      byName.set(full, '');
      return undefined;
    }
    stage(record);
    byName.set(full, record.nodeId);
    if (!seen.has(record.nodeId)) extra.add(record.nodeId);
    return store.record(record.nodeId);
  }

  async function readPeople(): Promise<void> {
    try {
      const { people, teams } = await fetchPeople(client, login);
      const namespace = crawl.hasSeveralAccounts ? login.toLowerCase() : 'default';
      state.people = peopleFiles(login, namespace, people, teams);
    } catch (error) {
      crawl.signal.throwIfAborted();
      report({
        code: 'github/people-not-fetched',
        message: `The people and teams of ${login} could not be read: ${client.clean(error)}`,
      });
    }
  }
}

/** Files every page of the sweep brings along. */
function sweptPaths({ catalogPaths, docs }: GithubOptions): string[] {
  const paths = [
    ...catalogPaths.filter((path) => !isGlob(path)).map((path) => path.replace(/^\/+/, '')),
    '.github/CODEOWNERS',
    'CODEOWNERS',
    'docs/CODEOWNERS',
    ...(docs ? ['mkdocs.yml', 'mkdocs.yaml'] : []),
  ];
  return [...new Set(paths)];
}

function toLists(sets: ReadonlyMap<string, ReadonlySet<string>>): Record<string, string[]> {
  const entries = [...sets].map(([key, values]) => [key, [...values].sort()] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
