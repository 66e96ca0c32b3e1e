/** The order of a site's pages: from `nav`, from order files, or from the files themselves. */
import { decodeNamedCharacterReference } from 'decode-named-character-reference';
import ignore from 'ignore';
import picomatch from 'picomatch';

import { linkSchemes } from '../markdown/sanitize.ts';
import type { NavNode } from '../schema.ts';
import { folderOf, isPage, joinPath, nameOf } from './paths.ts';

export interface NavInput {
  nav: unknown;
  /** Paths of all pages below the docs folder, sorted. */
  pages: readonly string[];
  /** First headings by page. */
  titles: ReadonlyMap<string, string>;
  /** Text of `.pages`, `.nav.yml` or `SUMMARY.md` by folder, already parsed. */
  orders: ReadonlyMap<string, FolderOrder>;
}

/** What an order file says about its folder. */
export interface FolderOrder {
  title?: string | undefined;
  hide?: boolean | undefined;
  /** What it does not order is from Z to A. */
  isDescending?: boolean | undefined;
  /** As in `nav`, relative to the folder; `...` stands for the rest. */
  nav?: unknown[] | undefined;
}

export interface Navigation {
  nodes: NavNode[];
  /** Entries without a page, with their place in `nav`. */
  missing: { entry: string; path: (string | number)[] }[];
}

const deepest = 12;

export function navigationOf(input: NavInput): Navigation {
  const missing: Navigation['missing'] = [];
  const pages = new Set(input.pages);
  if (!Array.isArray(input.nav)) {
    const order = input.orders.get('');
    const nodes = order?.nav ? entries(order.nav, '', ['nav'], 0) : folder('', 0);
    return { nodes, missing };
  }
  return { nodes: entries(input.nav, '', ['nav'], 0), missing };

  function entries(
    list: unknown[],
    base: string,
    path: (string | number)[],
    depth: number,
  ): NavNode[] {
    if (depth > deepest) return [];
    const named = new Set(list.flatMap((entry) => namedBy(entry, base)));
    const picked = list.flatMap((entry) => pickedBy(entry, base));
    for (const page of picked) named.add(page);
    return list.flatMap((entry, index) => {
      const place = [...path, index];
      if (entry === '...' || entry === '*') return rest(base, named, depth);
      const some = pickedBy(entry, base);
      if (some.length > 0) return some.map((page) => ({ title: titleOf(page), page }));
      if (typeof entry === 'string')
        return /[*?]/u.test(entry)
          ? globbed(entry, base, depth, named)
          : target(undefined, entry, base, place, depth);
      if (typeof entry !== 'object' || entry === null) return [];
      return Object.entries(entry).flatMap(([written, value]) => {
        const title = plainTitle(written);
        if (Array.isArray(value)) {
          return [{ title, children: entries(value, base, [...place, written], depth + 1) }];
        }
        return typeof value === 'string' ? target(title, value, base, place, depth) : [];
      });
    });
  }

  /** Pages that awesome-pages' `... | flat | pattern` stands for. */
  function pickedBy(entry: unknown, base: string): string[] {
    const match = /^\.\.\.\s*\|\s*(flat\s*\|\s*)?(?:glob=)?([^=|]+)$/u.exec(String(entry));
    if (!match) return [];
    const pattern = joinPath(base, match[1] ? `**/${match[2]!.trim()}` : match[2]!.trim());
    return pattern === undefined ? [] : pagesLike(pattern);
  }

  function target(
    title: string | undefined,
    value: string,
    base: string,
    path: (string | number)[],
    depth: number,
  ): NavNode[] {
    const scheme = /^([a-z][a-z0-9+.-]*):|^\/\//iu.exec(value);
    if (scheme) {
      const isSafe = linkSchemes.includes(scheme[1]?.toLowerCase() ?? 'https');
      if (isSafe) return [{ title: title ?? value, url: value }];
      missing.push({ entry: value, path });
      return [];
    }
    if (/[*?]/u.test(value)) return globbed(value, base, depth);
    const page = joinPath(base, value.replace(/#.*$/u, ''));
    if (page !== undefined && pages.has(page)) {
      return [{ title: title ?? titleOf(page), page }];
    }
    if (page !== undefined && hasPages(page)) {
      const children = folder(page, depth + 1);
      return title === undefined && value.endsWith('/')
        ? [section(page, children)]
        : [{ title: title ?? folderTitle(page), children }];
    }
    if (page !== undefined && !isPage(page) && title && /\.[a-z0-9]+$/iu.test(page)) {
      return [{ title, url: value }];
    }
    missing.push({ entry: value, path });
    return [];
  }

  function globbed(
    pattern: string,
    base: string,
    depth: number,
    except: ReadonlySet<string> = new Set(),
  ): NavNode[] {
    const rule = joinPath(base, pattern);
    if (depth > deepest || rule === undefined) return [];
    return pagesLike(rule)
      .filter((page) => !except.has(page))
      .map((page) => ({ title: titleOf(page), page }));
  }

  function pagesLike(pattern: string): string[] {
    const isMatch = picomatch(pattern);
    return input.pages.filter((page) => isMatch(page));
  }

  /** Entries of a folder in the order of its files, or of its order file. */
  function folder(path: string, depth: number): NavNode[] {
    if (depth > deepest) return [];
    const order = input.orders.get(path);
    if (order?.nav && path !== '') return entries(order.nav, path, ['nav'], depth + 1);
    return rest(path, new Set(), depth);
  }

  function rest(path: string, except: ReadonlySet<string>, depth: number): NavNode[] {
    const prefix = path === '' ? '' : `${path}/`;
    const inside = input.pages.filter((page) => page.startsWith(prefix));
    const direct = inside.filter((page) => folderOf(page) === path && !except.has(page));
    const folders = [
      ...new Set(
        inside
          .filter((page) => folderOf(page) !== path)
          .map((page) => prefix + page.slice(prefix.length).split('/')[0]!),
      ),
    ].filter((each) => !except.has(each) && !input.orders.get(each)?.hide);
    const compare = input.orders.get(path)?.isDescending
      ? (a: string, b: string): number => order(b, a)
      : order;
    direct.sort((a, b) => Number(isIndex(b)) - Number(isIndex(a)) || compare(a, b));
    return [
      ...direct.map((page) => ({ title: titleOf(page), page })),
      ...folders.sort(compare).map((each) => section(each, folder(each, depth + 1))),
    ];
  }

  function section(path: string, children: NavNode[]): NavNode {
    return { title: folderTitle(path), children };
  }

  function hasPages(path: string): boolean {
    return input.pages.some((page) => path === '' || page.startsWith(`${path}/`));
  }

  function titleOf(page: string): string {
    return input.titles.get(page) ?? titleFromName(page);
  }

  function folderTitle(path: string): string {
    return input.orders.get(path)?.title ?? humanise(nameOf(path));
  }

  function namedBy(entry: unknown, base: string): string[] {
    if (typeof entry === 'object' && entry !== null) {
      return Object.values(entry).flatMap((value) => namedBy(value, base));
    }
    // All of a folder stands for the folder.
    return typeof entry === 'string'
      ? [joinPath(base, entry.replace(/\/(?:\*{1,2})?$/u, '')) ?? '']
      : [];
  }
}

function isIndex(page: string): boolean {
  return /^(?:index|readme)\.(?:md|markdown)$/iu.test(nameOf(page));
}

const collator = new Intl.Collator('en', { numeric: true });

function order(a: string, b: string): number {
  return collator.compare(a, b);
}

/** A title as it is read: in `nav` and front matter it may hold markup, for a theme to show. */
export function plainTitle(title: string): string {
  const plain = title
    .replace(/<\/?[a-z][^<>]*>/giu, '')
    .replace(
      /&([a-z]\w*);/giu,
      (whole, name: string) => decodeNamedCharacterReference(name) || whole,
    )
    .replace(/\s+/gu, ' ')
    .trim();
  return plain || title;
}

/** What MkDocs calls a page without a title. */
export function titleFromName(page: string): string {
  if (isIndex(page)) return folderOf(page) === '' ? 'Home' : humanise(nameOf(folderOf(page)));
  return humanise(nameOf(page).replace(/\.(?:md|markdown)$/iu, ''));
}

function humanise(name: string): string {
  const text = name.replace(/[-_]+/gu, ' ').trim();
  return text.toLowerCase() === text ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** Whether a page matches a list of patterns in the manner of .gitignore, as `exclude_docs` and `not_in_nav` use. */
export function matcherOf(patterns: unknown): (path: string) => boolean {
  if (typeof patterns !== 'string' || patterns.trim() === '') return () => false;
  const rules = ignore().add(patterns);
  return (path) => rules.ignores(path);
}
