import type { ProblemKind } from '../types.ts';

/** What can be wrong in a changelog. */
export const changelogsProblems: Readonly<Record<string, ProblemKind>> = {
  'changelogs/no-entry': {
    severity: 'info',
    title: 'A changelog without entries',
    explain:
      'The file exists but has no second-level heading, so nobody can see what changed last.',
    fix: 'Start each release with a heading such as `## 1.4.0 (2026-11-23)`.',
  },
};
