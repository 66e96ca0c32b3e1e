import { expect, test } from 'vitest';

import { withWholeStats } from './source-stats.ts';

function state(plugin: string, requests: number, asOf = '2026-11-02T00:00:00Z') {
  const stats = requests > 0 ? { requests } : undefined;
  return { id: 'github:acme', state: 'fresh' as const, asOf, plugin, ...(stats && { stats }) };
}

test('every plugin tells what the last one that asked came to', () => {
  const states = [state('one', 80), state('two', 80), state('three', 163)];

  expect(withWholeStats(states).map(({ stats }) => stats?.['requests'])).toEqual([163, 163, 163]);
});

test('what a plugin kept of an older run is not the cost of this one', () => {
  const states = [state('one', 80), state('three', 900, '2026-11-01T00:00:00Z')];

  expect(withWholeStats(states).map(({ stats }) => stats?.['requests'])).toEqual([80, 80]);
});

test('a source without stats has none', () => {
  expect(withWholeStats([state('one', 0)])[0]).not.toHaveProperty('stats');
});
