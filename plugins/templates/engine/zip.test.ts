import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';

import { executableMode, linkMode, regularMode } from './workspace.ts';
import { zipOf } from './zip.ts';

const files = [
  { path: 'a/readme.md', mode: regularMode, content: Buffer.from('# A') },
  { path: 'a/run.sh', mode: executableMode, content: Buffer.from('true') },
  { path: 'a/latest', mode: linkMode, content: Buffer.from('run.sh') },
];

/** Name, system and permissions of each entry, as the archive's directory at its end holds them. */
function listed(archive: Uint8Array): string[] {
  const bytes = Buffer.from(archive);
  const found: string[] = [];
  let at = bytes.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
  while (bytes.readUInt32LE(at) === 0x02014b50) {
    const length = bytes.readUInt16LE(at + 28);
    const name = bytes.subarray(at + 46, at + 46 + length).toString();
    const mode = bytes.readUInt32LE(at + 38) >>> 16;
    found.push(`${name} ${bytes[at + 5]} ${mode.toString(8)}`);
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return found;
}

test('files keep whether they can be run, links what they are', () => {
  const archive = zipOf(files);

  expect(listed(archive)).toEqual([
    'a/readme.md 3 100644',
    'a/run.sh 3 100755',
    'a/latest 3 120777',
  ]);
  expect(Buffer.from(unzipSync(archive)['a/latest']!).toString()).toBe('run.sh');
});

test('the same files make the same archive', () => {
  expect(zipOf(files)).toEqual(zipOf(files));
});
