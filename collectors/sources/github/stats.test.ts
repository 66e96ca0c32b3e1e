import { expect, test } from 'vitest';

import { CrawlStats } from './stats.ts';

test('a progress line tells the points left and the time to go', () => {
  let now = 0;
  const stats = new CrawlStats(() => now);
  stats.note('graphql', 5000, 4990, '2026-11-28T17:00:00Z');
  now = 10_000;

  expect(stats.progress(500, 2000, 'repositories')).toBe(
    'repositories, 4990 points left, about 30 s to go',
  );
  expect(stats.progress(2000, 2000, 'repositories')).toBe('repositories, 4990 points left');
});

test('the time to go of a stage is told by its own pace', () => {
  let now = 0;
  const stats = new CrawlStats(() => now);
  now = 80_000;
  stats.progress(2000, 2000, 'repositories');
  stats.progress(0, 800, 'repositories with docs');
  now = 82_000;

  expect(stats.progress(100, 800, 'repositories with docs')).toBe(
    'repositories with docs, about 14 s to go',
  );
});

test('what a crawl cost is told in figures', () => {
  const stats = new CrawlStats(() => 0);
  stats.graphql = 83;
  stats.rest = 2;
  stats.note('core', 5000, 4998, '2026-11-28T17:00:00Z');

  expect(stats.figures()).toEqual({
    requests: 85,
    graphqlRequests: 83,
    restRequests: 2,
    downloads: 0,
    repeated: 0,
    bytes: 0,
    seconds: 0,
    restPointsLeft: 4998,
  });
});
