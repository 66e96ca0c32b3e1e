import { expect, test } from 'vitest';

import { parseLog } from './git-history.ts';

test('the newest change of each file, with the people who changed it', () => {
  const log = [
    '\u00002026-11-02T10:00:00Z\tMina\n\ndocs/a.md\ndocs/b c.md\n',
    '\u00002026-10-01T10:00:00Z\tJonas\n\ndocs/a.md\n',
    '\u00002026-09-01T10:00:00Z\tMina\n\ndocs/a.md\n',
  ].join('');

  expect(Object.fromEntries(parseLog(log))).toEqual({
    'docs/a.md': { at: '2026-11-02T10:00:00Z', by: ['Mina', 'Jonas'] },
    'docs/b c.md': { at: '2026-11-02T10:00:00Z', by: ['Mina'] },
  });
});
