import { expect, test } from 'vitest';

import { formatChange, formatMoney, formatPart } from './format.ts';

test.each([
  [0, '0 %'],
  [0.003, '0.3 %'],
  [-0.003, '−0.3 %'],
  [-0.0001, '0.0 %'],
  [0.62, '62 %'],
  [-0.62, '−62 %'],
])('%s of a whole is %s', (part, text) => {
  expect(formatPart(part)).toBe(text);
});

test('amounts below zero carry the same minus as changes do', () => {
  expect(formatMoney(-1_800_000, 'EUR')).toBe('−€180.00');
  expect(formatChange(-1_800_000, 'EUR', false)).toBe('−€180.00');
});
