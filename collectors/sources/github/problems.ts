import type { ProblemKind } from '../../../plugins/types.ts';

/** What can go wrong while GitHub is crawled. */
export const githubProblems: Readonly<Record<string, ProblemKind>> = {
  'github/stopped-early': {
    severity: 'warning',
    title: 'The crawl of GitHub stopped early',
    explain:
      'A rate limit was reached, the credentials were refused or GitHub was down. What was fetched until then is shown, everything else as the last run left it.',
    fix: 'The next run goes on from there. If it happens every time, use a GitHub App: its limits are higher than those of GITHUB_TOKEN.',
  },
  'github/workflow-token': {
    severity: 'warning',
    title: 'GITHUB_TOKEN reads public repositories only',
    explain:
      "The token a workflow gets by itself may read the workflow's own repository and public ones. Private and internal repositories of the organisation are not in the portal.",
    fix: 'Install a GitHub App with read access to contents and metadata, and give the workflow its id and private key; or a fine-grained token.',
  },
  'github/repository-failed': {
    severity: 'warning',
    title: 'GitHub did not answer for a repository',
    explain:
      'GitHub answered for the other repositories, and with an error for this one. It is shown as the last run left it.',
    fix: 'Usually the next run succeeds. If not, look at the repository on GitHub.',
  },
  'github/docs-not-fetched': {
    severity: 'warning',
    title: "A repository's files could not be fetched",
    explain:
      'Its archive was not there, forbidden or broken. Its catalog entities and docs are shown as the last run left them.',
    fix: 'Check that the token may read the contents of the repository. Usually the next run succeeds.',
  },
  'github/file-left-out': {
    severity: 'warning',
    title: 'A file is too large for the portal',
    explain:
      'Files over 10 MB, and what a repository has beyond 200 MB or 20,000 files of docs, are not fetched.',
    fix: 'Keep large files elsewhere and link to them.',
  },
  'github/removals-held-back': {
    severity: 'warning',
    title: 'Many repositories vanished at once',
    explain:
      'More than a fifth of the repositories of the last run are gone from the answer. A token that lost its rights looks just like that, so they are kept until somebody confirms.',
    fix: 'If they are meant to be gone, run `callboard collect --accept-removals` once. Otherwise check what the token may read.',
  },
  'github/people-not-fetched': {
    severity: 'warning',
    title: 'People and teams could not be read',
    explain:
      'GitHub refused to list the members or teams of the organisation. They are shown as the last run left them.',
    fix: 'Give the token or the App the right to read members of the organisation.',
  },
};
