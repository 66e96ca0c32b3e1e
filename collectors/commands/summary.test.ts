import { expect, test } from 'vitest';

import type { Problem, SourceState } from '../../plugins/types.ts';
import { staleText, summaryText, worstStates } from './summary.ts';

const fresh: SourceState = {
  id: 'github:acme',
  state: 'fresh',
  asOf: '2026-11-02T00:00:00.000Z',
  stats: { requests: 83, downloads: 4, bytes: 1_500_000, seconds: 12.5 },
};
const stale: SourceState = {
  id: 'github:acme',
  state: 'stale',
  asOf: '2026-11-01T00:00:00.000Z',
  detail: 'the limit is reached | <b>',
};
const now = Date.parse('2026-11-02T12:00:00Z');

function problem(owner: string | undefined, severity: Problem['severity']): Problem {
  return { code: 'catalog/x', severity, message: 'm', docs: '/problems/catalog/x/', owner };
}

test('the worst and then the oldest state of a source counts', () => {
  expect(worstStates([fresh, stale, fresh])).toEqual([stale]);
});

test('a summary tells sources, costs and problems by owner, as text and never as markup', () => {
  const text = summaryText(
    'Acme',
    [fresh, stale],
    [
      problem('group:default/pay', 'error'),
      problem('group:default/pay', 'warning'),
      problem(undefined, 'warning'),
    ],
  );

  expect(text.split('\n')).toEqual([
    '## Acme',
    '',
    '| Source | State | As of | Cost |',
    '|---|---|---|---|',
    '| github:acme | fresh | 2026-11-02T00:00:00.000Z | 83 requests, 4 downloads, 1.5 MB, 12.5 s |',
    '| github:acme | stale: the limit is reached &#124; &#60;b&#62; | 2026-11-01T00:00:00.000Z |  |',
    '',
    '| Owner | Errors | Warnings |',
    '|---|---:|---:|',
    '| group:default/pay | 1 | 1 |',
    '| nobody | 0 | 1 |',
    '| **all** | 1 | 2 |',
  ]);
});

test.each([
  [
    24,
    'These sources could not be read for more than 24 hours:\n\n- **github:acme** is stale: its data is of 2026-11-01T00:00:00.000Z, 36 hours ago. the limit is reached &#124; &#60;b&#62;',
  ],
  [48, ''],
])('what was stale for more than %i hours', (hours, text) => {
  expect(staleText([stale], hours, now)).toBe(text);
  expect(staleText([fresh], hours, now)).toBe('');
});
