import { expect, test } from 'vitest';
import { didYouMean } from './did-you-mean.ts';

const known = ['title', 'sources', 'plugins', 'repositories', 'catalogFiles'];

test.each([
  ['titel', 'title'],
  ['source', 'sources'],
  ['repositorys', 'repositories'],
  ['catalogfiles', 'catalogFiles'],
  ['colour', undefined],
  ['x', undefined],
])('%s is likely %s', (word, meant) => {
  expect(didYouMean(word, known)).toBe(meant);
});
