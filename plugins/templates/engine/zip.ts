import { zipSync, type Zippable } from 'fflate';

import { linkMode } from './workspace.ts';

/** The earliest time ZIP knows: the same files give the same bytes. */
const time = new Date(1980, 0, 2);
const unix = 3;

/** A ZIP archive whose files keep what git keeps of them: whether they can be run, and where links lead. */
export function zipOf(
  files: readonly { path: string; mode: number; content: Uint8Array }[],
): Uint8Array<ArrayBuffer> {
  const entries: Zippable = {};
  for (const { path, mode, content } of files) {
    const attributes = mode === linkMode ? linkMode | 0o777 : mode;
    // The shift may reach the sign bit, which a field of four bytes without a sign does not have.
    entries[path] = [content, { os: unix, attrs: (attributes << 16) >>> 0, mtime: time }];
  }
  return zipSync(entries) as Uint8Array<ArrayBuffer>;
}
