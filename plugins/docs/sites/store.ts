/** The files of all sites below the plugin's folder: what `collect` leaves for the build. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { safePath, sitePath } from './paths.ts';

export class SiteStore {
  readonly #root: string;
  readonly #written = new Set<string>();

  constructor(folder: string) {
    this.#root = folder;
  }

  /** Where a file of a site lies. `path` has been resolved before; it is checked again all the same. */
  path(entity: string, kind: 'files' | 'includes', path: string): string {
    const safe = safePath(path.replaceAll('%', '%2525'))?.replaceAll('%25', '%');
    const own = safePath(sitePath(entity));
    if (safe === undefined || own === undefined) throw new Error(`Not a path: ${path}`);
    return join(this.#root, own, kind, ...path.split('/'));
  }

  write(entity: string, kind: 'files' | 'includes', path: string, body: Uint8Array | string): void {
    const file = this.path(entity, kind, path);
    this.#written.add(file);
    const bytes = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body);
    if (existsSync(file) && readFileSync(file).equals(bytes)) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }

  /** Keeps the files of a site that was not read this time. */
  keep(entity: string): void {
    this.#written.add(join(this.#root, sitePath(entity)));
  }

  read(entity: string, kind: 'files' | 'includes', path: string): string | undefined {
    try {
      return readFileSync(this.path(entity, kind, path), 'utf8');
    } catch {
      return undefined;
    }
  }

  /** Drops what nobody wrote or kept. */
  prune(): void {
    if (existsSync(this.#root)) this.#pruneFolder(this.#root);
  }

  #pruneFolder(folder: string): boolean {
    if (this.#written.has(folder)) return false;
    let isEmpty = true;
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!this.#pruneFolder(path)) isEmpty = false;
      } else if (this.#written.has(path)) {
        isEmpty = false;
      } else {
        rmSync(path, { force: true });
      }
    }
    if (isEmpty) rmSync(folder, { recursive: true, force: true });
    return isEmpty;
  }
}
