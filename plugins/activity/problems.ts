import type { ProblemKind } from '../types.ts';

/** What can go wrong while activity is collected. */
export const activityProblems: Readonly<Record<string, ProblemKind>> = {
  'activity/not-refreshed': {
    severity: 'warning',
    title: 'Activity of some repositories could not be read',
    explain:
      'GitHub refused or could not answer, e.g. because a rate limit was reached. Runs, pull requests and releases of these repositories are shown as the last run left them, or as not collected.',
    fix: 'The next run tries again.',
  },
  'activity/alerts-not-readable': {
    severity: 'info',
    title: 'Security alerts may not be read',
    explain:
      "The token may not read the organisation's Dependabot or code-scanning alerts, so their counts show as not collected.",
    fix: 'Give the App the read permission for Dependabot alerts and code-scanning alerts, or switch them off: `plugins: { activity: { alerts: false } }`.',
  },
};
