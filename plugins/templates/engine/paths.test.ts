import { expect, test } from 'vitest';

import { insideWorkspace, staysInside } from './paths.ts';

test.each([
  ['a/b', 'a/b'],
  ['./a//b/', 'a/b'],
  ['a/../b', 'b'],
  ['.', ''],
  ['', ''],
  ['..a/b..', '..a/b..'],
])('%s is %s', (path, expected) => {
  expect(insideWorkspace(path)).toBe(expected);
});

test.each([
  ['a/l', '../b', true],
  ['a/l', 'b/c', true],
  ['l', '.hidden/x', true],
  ['a/l', '..', true],
  ['l', '..', false],
  ['a/l', '../../b', false],
  ['a/l', '/etc', false],
  ['a/l', 'b/../c', false],
  ['a/l', '.x/..', false],
  ['a/l', '...x/../..', false],
  ['a/l', '.../..', false],
  ['a/l', '', false],
])('a link at %s to %s stays inside: %s', (path, target, expected) => {
  expect(staysInside(path, target)).toBe(expected);
});
