/** Rendered pages on disk: one file each, what is known of the page on its first line, its HTML below. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import type { PageMeta, RenderedPage } from './render-page.ts';

export class PageCache {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** The cache that `prepare` filled last. */
  static current(cache: string): PageCache | undefined {
    const marker = join(cache, 'current');
    if (!existsSync(marker)) return undefined;
    return new PageCache(join(cache, readFileSync(marker, 'utf8').trim()));
  }

  /** The cache of one version of the pipeline; those of other versions are dropped. */
  static open(cache: string, version: string): PageCache {
    const name = `pages-${version}`;
    mkdirSync(join(cache, name), { recursive: true });
    for (const other of readdirSync(cache)) {
      if (other.startsWith('pages-') && other !== name) {
        rmSync(join(cache, other), { recursive: true, force: true });
      }
    }
    writeFileSync(join(cache, 'current'), name);
    return new PageCache(join(cache, name));
  }

  /** Keys of all pages: one listing is cheaper than asking for each of thousands. */
  keys(): Set<string> {
    return new Set(this.#folders().flatMap((folder) => readdirSync(join(this.folder, folder))));
  }

  read(key: string): RenderedPage | undefined {
    const text = this.#text(key);
    if (text === undefined) return undefined;
    const end = text.indexOf('\n');
    return { meta: JSON.parse(text.slice(0, end)) as PageMeta, html: text.slice(end + 1) };
  }

  /** What is known of a page, without what only search needs. */
  readMeta(key: string): PageMeta | undefined {
    const page = this.read(key);
    return page && { ...page.meta, sections: [] };
  }

  write(key: string, page: RenderedPage): void {
    const path = this.#path(key);
    mkdirSync(join(this.folder, key.slice(0, 2)), { recursive: true });
    // Written aside first: a reader must never see half a page.
    const next = `${path}.${process.pid}-${Math.random().toString(36).slice(2)}`;
    writeFileSync(next, `${JSON.stringify(page.meta)}\n${page.html}`);
    renameSync(next, path);
  }

  /** Drops pages that are no longer part of any site. */
  keepOnly(keys: ReadonlySet<string>, cached: Iterable<string> = this.keys()): void {
    for (const key of cached) if (!keys.has(key)) rmSync(this.#path(key), { force: true });
  }

  /** Folders of pages: the first two digits of their keys. */
  #folders(): string[] {
    return readdirSync(this.folder).filter((name) => name.length === 2);
  }

  #text(key: string): string | undefined {
    try {
      return readFileSync(this.#path(key), 'utf8');
    } catch {
      return undefined;
    }
  }

  #path(key: string): string {
    return join(this.folder, key.slice(0, 2), key);
  }
}
