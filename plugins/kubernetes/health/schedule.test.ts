import { expect, test } from 'vitest';

import { lastDue } from './schedule.ts';

const monday = Date.parse('2026-11-23T12:34:00Z');

test.each([
  ['0 * * * *', undefined, '2026-11-23T12:00:00.000Z'],
  ['*/15 * * * *', undefined, '2026-11-23T12:30:00.000Z'],
  ['30 4 * * sun', undefined, '2026-11-22T04:30:00.000Z'],
  ['0 0 1 jan *', undefined, '2026-01-01T00:00:00.000Z'],
  ['0 9 1 * 5', undefined, '2026-11-20T09:00:00.000Z'],
  ['@daily', undefined, '2026-11-23T00:00:00.000Z'],
  ['0 6 * * *', 'Asia/Tokyo', '2026-11-22T21:00:00.000Z'],
  ['0 6 * * *', 'Mars/Olympus', undefined],
  ['61 * * * *', undefined, undefined],
  ['every day', undefined, undefined],
])('%s in %s was last due %s', (schedule, zone, expected) => {
  const due = lastDue(schedule, zone, monday);

  expect(due === undefined ? undefined : new Date(due).toISOString()).toBe(expected);
});
