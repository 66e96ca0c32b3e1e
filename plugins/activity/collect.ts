import { collectedEntities } from '../catalog/index.ts';
import type { CollectContext, CollectResult, GithubAccess, Repository } from '../types.ts';
import { fetchAlerts, type AlertKind } from './alerts.ts';
import { activityQuery, batchSize, type ActivityAnswer } from './query.ts';
import { hasActivity, repositoryOf } from './repository-of.ts';
import type { ActivityOptions, ActivitySnapshot, Alerts, RepositoryActivity } from './schema.ts';
import { toActivity } from './to-activity.ts';

type Context = CollectContext<ActivityOptions, ActivitySnapshot>;
type OnGithub = Repository & { github: GithubAccess };

/** Reads what happens in the repositories entities are about: only where the source saw that something did. */
export default async function collect(context: Context): Promise<CollectResult<ActivitySnapshot>> {
  const { previous, signal } = context;
  const before = new Map(previous?.repositories.map((each) => [each.repository, each]));
  const wanted = wantedRepositories(context);
  const found = new Map<string, RepositoryActivity>();
  const changed: OnGithub[] = [];
  for (const repository of wanted) {
    const known = before.get(repository.id);
    if (known) found.set(repository.id, known);
    if (isOnGithub(repository) && known?.key !== repository.github.activityKey)
      changed.push(repository);
  }

  let left = changed.length;
  for (const batch of batchesOf(changed)) {
    signal.throwIfAborted();
    left -= await readBatch(batch);
    context.progress(changed.length - left, changed.length, 'repositories');
  }
  if (left > 0)
    context.report({
      code: 'activity/not-refreshed',
      message: `The activity of ${left} of ${wanted.length} repositories could not be read; it is shown as the last run left it.`,
    });
  if (context.options.alerts) await addAlerts(context, wanted.filter(isOnGithub), found);

  const failed = new Set(
    context.sources.filter(({ state }) => state === 'failed').map(({ id }) => id),
  );
  for (const known of before.values())
    if (failed.has(known.source) && !found.has(known.repository))
      found.set(known.repository, known);
  const repositories = [...found.values()].sort((a, b) => (a.repository < b.repository ? -1 : 1));
  return { data: { repositories } };

  /** Reads a batch, or its halves where GitHub finds it too much; how many were read. */
  async function readBatch(batch: readonly OnGithub[]): Promise<number> {
    const [first] = batch;
    if (!first) return 0;
    let answers: (ActivityAnswer | null)[] = [];
    try {
      const ids = batch.map(({ github }) => github.nodeId);
      const { data } = await first.github.query<{ nodes: (ActivityAnswer | null)[] }>(
        activityQuery,
        { ids },
      );
      answers = data?.nodes ?? [];
    } catch (error) {
      signal.throwIfAborted();
      if ((error as Error).name === 'RateLimited') return 0;
    }
    const isNothing = answers.every((answer) => !answer?.issues);
    if (isNothing && batch.length > 1) {
      const half = Math.ceil(batch.length / 2);
      return (await readBatch(batch.slice(0, half))) + (await readBatch(batch.slice(half)));
    }
    let read = 0;
    for (const [index, answer] of answers.entries()) {
      const repository = batch[index];
      if (!answer?.issues || !repository) continue;
      found.set(repository.id, toActivity(answer, repository));
      read++;
    }
    return read;
  }
}

/** Repositories that entities are about, each once. */
function wantedRepositories(context: Context): Repository[] {
  const byId = new Map(context.repositories.map((each) => [each.id.toLowerCase(), each]));
  const wanted = new Map<string, Repository>();
  for (const { entity, origin } of collectedEntities(context)) {
    if (!hasActivity(entity.kind)) continue;
    const id = repositoryOf(entity as never, origin.repository, (each) =>
      byId.has(each.toLowerCase()),
    );
    const repository = byId.get(id.toLowerCase());
    if (repository) wanted.set(repository.id, repository);
  }
  return [...wanted.values()];
}

function isOnGithub(repository: Repository): repository is OnGithub {
  return repository.github !== undefined;
}

/** Repositories that are asked for together: those of one account, by one client. */
function* batchesOf(repositories: readonly OnGithub[]): Generator<OnGithub[]> {
  const byAccount = Map.groupBy(
    repositories,
    ({ source, github }) => `${source}\0${github.account}`,
  );
  for (const group of byAccount.values())
    for (let start = 0; start < group.length; start += batchSize)
      yield group.slice(start, start + batchSize);
}

/** Alert counts come by organisation; a repository without alerts has none only where they may be read. */
async function addAlerts(
  context: Context,
  repositories: readonly OnGithub[],
  found: Map<string, RepositoryActivity>,
): Promise<void> {
  const byAccount = Map.groupBy(
    repositories,
    ({ source, github }) => `${source}\0${github.account}`,
  );
  for (const group of byAccount.values()) {
    const { github } = group[0]!;
    for (const kind of ['dependabot', 'code-scanning'] as const) {
      const counts = await readAlerts(context, github, kind);
      if (counts === 'as before') continue;
      for (const repository of group) {
        const activity = found.get(repository.id);
        if (!activity) continue;
        const alerts: Alerts | null = counts && (counts.get(repository.github.nodeId) ?? none);
        const changed = kind === 'dependabot' ? { dependabot: alerts } : { codeScanning: alerts };
        found.set(repository.id, { ...activity, ...changed });
      }
    }
  }
}

const none: Alerts = { critical: 0, high: 0, medium: 0, low: 0 };

async function readAlerts(
  { report, signal }: Context,
  github: GithubAccess,
  kind: AlertKind,
): Promise<Map<string, Alerts> | null | 'as before'> {
  try {
    const counts = await fetchAlerts(github, kind);
    if (!counts)
      report({
        code: 'activity/alerts-not-readable',
        message: `The ${kind} alerts of ${github.account} may not be read with this token.`,
      });
    return counts;
  } catch (error) {
    signal.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    report({
      code: 'activity/not-refreshed',
      message: `The ${kind} alerts of ${github.account} could not be read: ${reason}.`,
    });
    return 'as before';
  }
}
