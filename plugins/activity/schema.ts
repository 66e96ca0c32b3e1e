import * as z from 'zod';

/** Options below `plugins.activity`. */
export const ActivityOptions = z.strictObject({
  /** Whether the counts of Dependabot and code-scanning alerts are read: a few requests per organisation. Default true. */
  alerts: z.boolean().default(true),
});
export type ActivityOptions = z.infer<typeof ActivityOptions>;

/** What pages link to. */
const WebAddress = z.string().regex(/^https?:\/\//);

export const Run = z.object({
  url: WebAddress,
  number: z.number(),
  event: z.string(),
  /** `success`, `failure`, `cancelled`, …; null while it runs. */
  conclusion: z.string().nullable(),
  startedAt: z.string(),
  /** From start to last change. */
  seconds: z.number(),
});
export type Run = z.infer<typeof Run>;

/** The latest runs of one workflow on the default branch, newest first. */
export const Workflow = z.object({ name: z.string(), runs: z.array(Run) });
export type Workflow = z.infer<typeof Workflow>;

export const PullRequest = z.object({
  number: z.number(),
  title: z.string(),
  url: WebAddress,
  author: z.string(),
  createdAt: z.string(),
  isDraft: z.boolean(),
  review: z.enum(['approved', 'changes requested', 'review required', 'none']),
});
export type PullRequest = z.infer<typeof PullRequest>;

/** Open alerts by severity. */
export const Alerts = z.object({
  critical: z.number(),
  high: z.number(),
  medium: z.number(),
  low: z.number(),
});
export type Alerts = z.infer<typeof Alerts>;

/** What happens in one repository. Null is "not collected", never "none". */
export const RepositoryActivity = z.object({
  source: z.string(),
  repository: z.string(),
  url: WebAddress,
  /** While it stays the same, the rest holds. */
  key: z.string(),
  workflows: z.array(Workflow).nullable(),
  releases: z.array(
    z.object({
      name: z.string(),
      tag: z.string(),
      url: WebAddress,
      publishedAt: z.string().nullable(),
      isPrerelease: z.boolean(),
    }),
  ),
  pullRequests: z.object({ total: z.number(), latest: z.array(PullRequest) }),
  openIssues: z.number(),
  /** Of the last hundred commits. */
  contributors: z.array(
    z.object({ name: z.string(), login: z.string().optional(), commits: z.number() }),
  ),
  /** Shares from 0 to 1, largest first. */
  languages: z.array(z.object({ name: z.string(), share: z.number() })),
  dependabot: Alerts.nullable(),
  codeScanning: Alerts.nullable(),
});
export type RepositoryActivity = z.infer<typeof RepositoryActivity>;

export const ActivitySnapshot = z.object({ repositories: z.array(RepositoryActivity) });
export type ActivitySnapshot = z.infer<typeof ActivitySnapshot>;
