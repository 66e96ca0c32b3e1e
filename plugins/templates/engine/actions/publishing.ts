/** What the actions that reach GitHub and the catalog are. What they do is Node's: plugins/templates/github/. */
import type { ActionDescription, Schema } from '../types.ts';
import { flag, list, number, object, record, text } from './schemas.ts';

const repoUrl = text('github.com?owner=acme&repo=checkout');
const token = text('Token for GitHub; the one of the run by default');
const names = list(text());
const protection = {
  requireCodeOwnerReviews: flag(),
  dismissStaleReviews: flag(),
  requiredApprovingReviewCount: number(),
  requiredStatusCheckContexts: names,
  requireBranchesToBeUpToDate: flag(),
  requiredConversationResolution: flag(),
  requireLastPushApproval: flag(),
  requiredCommitSigning: flag(),
  requiredLinearHistory: flag(),
  bypassPullRequestAllowances: record(),
  restrictions: record(),
};
const repository = {
  repoUrl,
  description: text(),
  homepage: text(),
  access: text('User or org/team that becomes administrator'),
  repoVisibility: { type: 'string', enum: ['private', 'public', 'internal'] },
  deleteBranchOnMerge: flag(),
  allowMergeCommit: flag(),
  allowSquashMerge: flag(),
  squashMergeCommitTitle: { type: 'string', enum: ['PR_TITLE', 'COMMIT_OR_PR_TITLE'] },
  squashMergeCommitMessage: { type: 'string', enum: ['PR_BODY', 'COMMIT_MESSAGES', 'BLANK'] },
  allowRebaseMerge: flag(),
  allowAutoMerge: flag(),
  allowUpdateBranch: flag(),
  collaborators: list(record()),
  hasProjects: flag(),
  hasWiki: flag(),
  hasIssues: flag(),
  topics: names,
  repoVariables: record(),
  customProperties: record(),
  token,
} satisfies Record<string, Schema>;
const push = {
  sourcePath: text('Folder of the workspace to publish; all of it by default'),
  defaultBranch: text('main by default'),
  gitCommitMessage: text(),
  gitAuthorName: text(),
  gitAuthorEmail: text(),
  protectDefaultBranch: flag('true by default'),
  protectEnforceAdmins: flag(),
  ...protection,
} satisfies Record<string, Schema>;
const pushed = object({ remoteUrl: text(), repoContentsUrl: text(), commitHash: text() });

export const publishingActions: readonly ActionDescription[] = [
  {
    id: 'publish:github',
    description: 'Creates a repository on GitHub with the content of the workspace.',
    input: object({ ...repository, ...push }, ['repoUrl']),
    output: pushed,
    supportsDryRun: false,
  },
  {
    id: 'publish:github:pull-request',
    description: 'Opens a pull request with the content of the workspace.',
    input: object(
      {
        repoUrl,
        branchName: text(),
        targetBranchName: text(),
        title: text(),
        description: text(),
        draft: flag(),
        sourcePath: text(),
        targetPath: text('Folder of the repository the changes go to'),
        filesToDelete: names,
        reviewers: names,
        assignees: names,
        teamReviewers: names,
        commitMessage: text(),
        update: flag('Add to the pull request when it is there already'),
        createWhenEmpty: flag(),
        gitAuthorName: text(),
        gitAuthorEmail: text(),
        token,
      },
      ['repoUrl', 'branchName', 'title', 'description'],
    ),
    output: object({ targetBranchName: text(), remoteUrl: text(), pullRequestNumber: number() }),
    supportsDryRun: false,
  },
  {
    id: 'github:repo:create',
    description: 'Creates an empty repository on GitHub.',
    input: object(repository, ['repoUrl']),
    output: object({ remoteUrl: text(), repoContentsUrl: text() }),
    supportsDryRun: false,
  },
  {
    id: 'github:repo:push',
    description: 'Pushes the content of the workspace to an empty repository.',
    input: object({ repoUrl, token, ...push }, ['repoUrl']),
    output: pushed,
    supportsDryRun: false,
  },
  {
    id: 'github:actions:dispatch',
    description: 'Starts a workflow of GitHub Actions.',
    input: object(
      { repoUrl, workflowId: text(), branchOrTagName: text(), workflowInputs: record(), token },
      ['repoUrl', 'workflowId', 'branchOrTagName'],
    ),
    supportsDryRun: false,
  },
  {
    id: 'github:webhook',
    description: 'Adds a webhook to a repository.',
    input: object(
      {
        repoUrl,
        webhookUrl: text(),
        webhookSecret: text(),
        events: names,
        active: flag(),
        contentType: { type: 'string', enum: ['form', 'json'] },
        insecureSsl: flag(),
        token,
      },
      ['repoUrl', 'webhookUrl'],
    ),
    supportsDryRun: false,
  },
  {
    id: 'github:issues:label',
    description: 'Adds labels to an issue or pull request.',
    input: object({ repoUrl, number: number(), labels: names, token }, [
      'repoUrl',
      'number',
      'labels',
    ]),
    supportsDryRun: false,
  },
  {
    id: 'github:issues:create',
    description: 'Opens an issue.',
    input: object(
      {
        repoUrl,
        title: text(),
        body: text(),
        assignees: names,
        milestone: { type: ['string', 'number'] },
        labels: names,
        token,
      },
      ['repoUrl', 'title'],
    ),
    output: object({ issueUrl: text(), issueNumber: number() }),
    supportsDryRun: false,
  },
  {
    id: 'github:branch-protection:create',
    description: 'Protects a branch.',
    input: object({ repoUrl, branch: text(), enforceAdmins: flag(), ...protection, token }, [
      'repoUrl',
    ]),
    supportsDryRun: false,
  },
  {
    id: 'github:environment:create',
    description: 'Creates a deployment environment.',
    input: object(
      {
        repoUrl,
        name: text(),
        deploymentBranchPolicy: object({
          protected_branches: flag(),
          custom_branch_policies: flag(),
        }),
        customBranchPolicyNames: names,
        environmentVariables: record(),
        waitTimer: number(),
        preventSelfReview: flag(),
        token,
      },
      ['repoUrl', 'name'],
    ),
    supportsDryRun: false,
  },
  {
    id: 'github:pages:enable',
    description: 'Switches GitHub Pages on.',
    input: object(
      {
        repoUrl,
        buildType: { type: 'string', enum: ['legacy', 'workflow'] },
        sourceBranch: text(),
        sourcePath: { type: 'string', enum: ['/', '/docs'] },
        token,
      },
      ['repoUrl'],
    ),
    supportsDryRun: false,
  },
  {
    id: 'github:autolinks:create',
    description: 'Makes references such as TICKET-1 into links.',
    input: object(
      { repoUrl, keyPrefix: text(), urlTemplate: text(), isAlphanumeric: flag(), token },
      ['repoUrl', 'keyPrefix', 'urlTemplate'],
    ),
    supportsDryRun: false,
  },
  {
    id: 'catalog:register',
    description:
      'Makes sure that the portal finds the new entity: by itself, or by a pull request.',
    input: object({
      catalogInfoUrl: text(),
      repoContentsUrl: text(),
      catalogInfoPath: text('/catalog-info.yaml by default'),
      optional: flag(),
    }),
    output: object({ entityRef: text(), catalogInfoUrl: text() }),
    supportsDryRun: false,
  },
];
