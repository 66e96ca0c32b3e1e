import type { Repository } from '../types.ts';
import type { ActivityAnswer, CheckSuite } from './query.ts';
import type { PullRequest, RepositoryActivity, Run, Workflow } from './schema.ts';

const runsKept = 10;
const contributorsKept = 12;

/** GitHub's answer in our terms; alerts are added later. */
export function toActivity(answer: ActivityAnswer, repository: Repository): RepositoryActivity {
  const target = answer.defaultBranchRef?.target;
  return {
    source: repository.source,
    repository: repository.id,
    url: answer.url,
    key: repository.github!.activityKey,
    workflows: workflowsOf(target?.recent),
    releases: answer.releases.nodes
      .filter((release) => !release.isDraft)
      .map(({ name, tagName, url, publishedAt, isPrerelease }) => ({
        name: name || tagName,
        tag: tagName,
        url,
        publishedAt,
        isPrerelease,
      })),
    pullRequests: {
      total: answer.pullRequests.totalCount,
      latest: answer.pullRequests.nodes.map(toPullRequest),
    },
    openIssues: answer.issues.totalCount,
    contributors: contributorsOf(target?.authors),
    languages: (answer.languages?.edges ?? []).map(({ size, node }) => ({
      name: node.name,
      share: Math.round((size / Math.max(1, answer.languages!.totalSize)) * 1000) / 1000,
    })),
    dependabot: null,
    codeScanning: null,
  };
}

type Recent = NonNullable<NonNullable<ActivityAnswer['defaultBranchRef']>['target']>['recent'];
type Authors = NonNullable<NonNullable<ActivityAnswer['defaultBranchRef']>['target']>['authors'];

/** Runs by workflow, newest first; null where check suites may not be read. */
function workflowsOf(recent: Recent): Workflow[] | null {
  if (!recent) return [];
  const suites = recent.nodes.map((commit) => commit.checkSuites);
  if (suites.length > 0 && suites.every((each) => each === null)) return null;
  const byName = new Map<string, Run[]>();
  for (const suite of suites.flatMap((each) => each?.nodes ?? [])) {
    if (!suite?.workflowRun) continue;
    const { name } = suite.workflowRun.workflow;
    byName.set(name, [...(byName.get(name) ?? []), toRun(suite, suite.workflowRun)]);
  }
  return [...byName]
    .map(([name, runs]) => ({ name, runs: runs.toSorted(newestFirst).slice(0, runsKept) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function toRun({ conclusion }: CheckSuite, run: NonNullable<CheckSuite['workflowRun']>): Run {
  const { url, runNumber, event, createdAt, updatedAt } = run;
  const seconds = Math.max(0, Math.round((Date.parse(updatedAt) - Date.parse(createdAt)) / 1000));
  return {
    url,
    number: runNumber,
    event,
    conclusion: conclusion?.toLowerCase() ?? null,
    startedAt: createdAt,
    seconds,
  };
}

function newestFirst(a: Run, b: Run): number {
  return b.startedAt.localeCompare(a.startedAt) || b.number - a.number;
}

const reviews = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes requested',
  REVIEW_REQUIRED: 'review required',
} as const;

function toPullRequest(pull: ActivityAnswer['pullRequests']['nodes'][number]): PullRequest {
  const { number, title, url, createdAt, isDraft, reviewDecision, author } = pull;
  const review = reviewDecision === null ? 'none' : reviews[reviewDecision];
  return { number, title, url, author: author?.login ?? 'ghost', createdAt, isDraft, review };
}

function contributorsOf(authors: Authors): RepositoryActivity['contributors'] {
  const counts = new Map<string, { name: string; login?: string; commits: number }>();
  for (const { author } of authors?.nodes ?? []) {
    if (!author) continue;
    const login = author.user?.login;
    const name = author.name ?? login ?? 'unknown';
    const key = login ?? name;
    const known = counts.get(key) ?? { name, ...(login !== undefined && { login }), commits: 0 };
    known.commits++;
    counts.set(key, known);
  }
  return [...counts.values()]
    .sort((a, b) => b.commits - a.commits || (a.name < b.name ? -1 : 1))
    .slice(0, contributorsKept);
}
