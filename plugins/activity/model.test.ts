import { expect, test } from 'vitest';

import { alertText, alertTone, ciState, durationText, trendText } from './model.ts';
import { releaseEvents } from './release-events.ts';
import { repositoryOf } from './repository-of.ts';

function workflow(...conclusions: (string | null)[]) {
  const runs = conclusions.map((conclusion, index) => ({
    url: 'https://github.com/acme/checkout/actions/runs/1',
    number: 9 - index,
    event: 'push',
    conclusion,
    startedAt: '2026-11-01T00:00:00Z',
    seconds: 60,
  }));
  return { name: 'CI', runs };
}

test.each([
  [null, 'unknown', 'not collected'],
  [[], 'unknown', 'no runs'],
  [[workflow('success', 'failure')], 'ok', 'passing'],
  [[workflow('success'), workflow('failure')], 'error', 'failing'],
  [[workflow('timed_out')], 'error', 'failing'],
  [[workflow(null, 'success')], 'info', 'running'],
  [[workflow('skipped')], 'unknown', 'skipped'],
])('CI state of %j', (workflows, tone, text) => {
  expect(ciState({ workflows })).toEqual({ tone, text });
});

test.each([
  [null, 'unknown', 'not collected'],
  [{ critical: 0, high: 0, medium: 0, low: 0 }, 'ok', 'none'],
  [{ critical: 1, high: 0, medium: 2, low: 0 }, 'error', '1 critical, 2 medium'],
  [{ critical: 0, high: 0, medium: 0, low: 3 }, 'warn', '3 low'],
])('alerts %j', (alerts, tone, text) => {
  expect(alertTone(alerts)).toBe(tone);
  expect(alertText(alerts)).toBe(text);
});

test.each([
  [59, '59 s'],
  [80, '1 min 20 s'],
  [7260, '2 h 1 min'],
])('%i seconds', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});

test.each([
  [[60, 60], 'too few runs for a trend'],
  [[60, 62, 58], 'as usual (1 min 2 s)'],
  [[120, 60, 60], 'slower than usual (1 min 0 s)'],
  [[30, 60, 60], 'faster than usual (1 min 0 s)'],
])('trend of %j', (seconds, text) => {
  expect(trendText(seconds)).toBe(text);
});

test.each([
  [undefined, 'acme/own', 'acme/own'],
  ['acme/other', 'acme/own', 'acme/other'],
  ['acme/other', 'github.acme.example/acme/own', 'github.acme.example/acme/other'],
])('the repository of slug %s in %s', (slug, own, expected) => {
  const annotations = slug === undefined ? {} : { 'github.com/project-slug': slug };
  const known = new Set(['acme/other', 'github.acme.example/acme/other']);

  expect(
    repositoryOf({ metadata: { name: 'x', namespace: 'default', annotations } }, own, (id) =>
      known.has(id),
    ),
  ).toBe(expected);
});

test('published releases are events, trials and drafts are not', () => {
  const release = { tag: 'v1', isPrerelease: false, publishedAt: '2026-03-09T23:10:00Z' };
  const releases = [
    { ...release, name: 'Spring', url: 'https://github.com/acme/shop/releases/tag/v2' },
    { ...release, name: 'v2-rc.1', url: 'https://github.com/acme/shop/1', isPrerelease: true },
    { ...release, name: 'unpublished', url: 'https://github.com/acme/shop/2', publishedAt: null },
  ];

  expect([...releaseEvents({ releases })]).toEqual([
    {
      date: '2026-03-09',
      title: 'Spring released',
      href: 'https://github.com/acme/shop/releases/tag/v2',
    },
  ]);
  expect([...releaseEvents(undefined)]).toEqual([]);
});
