import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { areUnchanged, type BundledFile } from './bundle-files.ts';

/** What a bundle is for. */
export interface BundleTarget {
  /** The organisation's folder. */
  directory: string;
  base: string;
  /** Address of the portal. */
  url: string | undefined;
  /** The configuration has plugins of its own, which are part of the bundle. */
  hasExtensions: boolean;
}

/** The code and the styles of all pages, bundled: `client/` is what browsers load, `server/` makes the pages. */
export interface Bundle {
  /** Changes with anything that could make a page of the same data another. */
  stamp: string;
  /** Name of the module in `server/` that has the pages. */
  entry: string;
  /** Styles of every page, as Astro's build holds them, by its key of the page. */
  pages: [key: string, page: { styles: unknown[] }][];
  /** Code of the service worker, and of the one that takes back what it kept. */
  workers: { worker: string; stop: string };
  /** What the bundle was made of. */
  files: BundledFile[];
  /** What it was made for. */
  key: string;
}

/** Name of the file a bundle is described by. */
export const bundleFile = 'bundle.json';

/** What a bundle is made for, besides its files. */
export function bundleKey({ directory, base, url, hasExtensions }: BundleTarget): string {
  return JSON.stringify([process.version, base, url ?? null, hasExtensions ? directory : null]);
}

/** The bundle in a folder, if it is still what would be made. */
export function readBundle(folder: string, key: string): Bundle | undefined {
  const path = join(folder, bundleFile);
  if (!existsSync(path)) return undefined;
  try {
    const bundle = JSON.parse(readFileSync(path, 'utf8')) as Bundle;
    return bundle.key === key && areUnchanged(bundle.files) ? bundle : undefined;
  } catch {
    // Written half: it is made anew.
    return undefined;
  }
}
