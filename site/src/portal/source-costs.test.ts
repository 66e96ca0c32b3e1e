import { expect, test } from 'vitest';

import { withWholeCosts } from './source-costs.ts';

function state(plugin: string, requests: number, asOf = '2026-11-02T00:00:00Z') {
  const stats = requests > 0 ? { requests } : undefined;
  return { id: 'github:acme', state: 'fresh' as const, asOf, plugin, ...(stats && { stats }) };
}

test('every plugin tells what the last one that asked came to', () => {
  const states = [state('catalog', 80), state('docs', 80), state('activity', 163)];

  expect(withWholeCosts(states).map(({ stats }) => stats?.['requests'])).toEqual([163, 163, 163]);
});

test('what a plugin kept of an older run is not the cost of this one', () => {
  const states = [state('catalog', 80), state('activity', 900, '2026-11-01T00:00:00Z')];

  expect(withWholeCosts(states).map(({ stats }) => stats?.['requests'])).toEqual([80, 80]);
});

test('a source without costs has none', () => {
  expect(withWholeCosts([state('catalog', 0)])[0]).not.toHaveProperty('stats');
});
