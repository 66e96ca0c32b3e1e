import { readFileSync } from 'node:fs';
import type { Portal } from '../../plugins/types.ts';
import { searchRecords } from './records.ts';
import { writeIndex } from './write.ts';

/** The index while somebody writes: in memory, and made anew whenever a page begins to search. */
export class DevIndex {
  private files = new Map<string, string | Uint8Array | { source: string }>();
  private readonly cache: string;

  constructor(cache: string) {
    this.cache = cache;
  }

  /** Content of a file below `/search/`, or undefined when the index has no such file. */
  async file(path: string, portal: Portal): Promise<string | Uint8Array | undefined> {
    if (path === '/search/index.json') await this.build(portal);
    const file = this.files.get(path.slice(1));
    return typeof file === 'object' && 'source' in file ? readFileSync(file.source) : file;
  }

  private async build(portal: Portal): Promise<void> {
    const files: typeof this.files = new Map();
    await writeIndex(
      searchRecords(portal),
      {
        write: (path, body) => files.set(path.replace(/^\//, ''), body),
        keeps: () => false,
        make: (path, body) => files.set(path, body),
        copy: (path, source) => files.set(path, { source }),
      },
      this.cache,
    );
    this.files = files;
  }
}
