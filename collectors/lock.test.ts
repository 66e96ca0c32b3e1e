import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withLock } from './lock.ts';

function folderWithLock(holder: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'lock-'));
  mkdirSync(join(directory, '.callboard'));
  writeFileSync(join(directory, '.callboard', 'collect.lock'), holder);
  return directory;
}

test('a second run is refused while the first is at work', async () => {
  const directory = folderWithLock(`${process.pid}\n`);

  await expect(withLock(directory, 'collect', async () => 'done')).rejects.toThrow(
    `Another \`callboard collect\` (process ${process.pid}) is at work in this folder.`,
  );
});

test.each(['999999999\n', 'not a number', ''])(
  'a lock left behind (%j) is taken over',
  async (holder) => {
    const directory = folderWithLock(holder);

    expect(await withLock(directory, 'collect', async () => 'done')).toBe('done');
  },
);

test('the lock goes when the work fails', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'lock-'));

  await expect(
    withLock(directory, 'collect', () => Promise.reject(new Error('no'))),
  ).rejects.toThrow('no');
  expect(existsSync(join(directory, '.callboard', 'collect.lock'))).toBe(false);
});
