/** Addresses and navigation of a site, for pages and checks. Pure. */
import type { DocsPage, DocsSite, NavNode } from './schema.ts';
import { addressOf } from './sites/paths.ts';

/** Address of a page below the base. Pages that would share one with another keep the first. */
export function pageAddress(site: { path: string }, page: DocsPage): string {
  return site.path + addressOf(page.path);
}

/** Whether a site has a page at this address below its own. */
export function hasPageAt({ pages }: Pick<DocsSite, 'pages'>, address: string): boolean {
  return pages.some(({ path }) => addressOf(path) === address);
}

/** Path of a page in its repository. */
export function fileOf(site: Pick<DocsSite, 'docs'>, { file, path }: DocsPage): string {
  return file ?? (site.docs ? `${site.docs}/${path}` : path);
}

/** Whether a page is a README that stands for the documentation of its repository. */
export function isAlone(site: Pick<DocsSite, 'pages'>, page: DocsPage): boolean {
  return site.pages.length === 1 && page.file !== undefined;
}

/** The sections each page is in, outermost first; a page in two places is where it comes first. */
export function trailsOf(nodes: readonly NavNode[]): Map<string, NavNode[]> {
  const trails = new Map<string, NavNode[]>();
  visit(nodes, []);
  return trails;

  function visit(level: readonly NavNode[], trail: NavNode[]): void {
    for (const node of level) {
      if (node.page !== undefined && !trails.has(node.page)) trails.set(node.page, trail);
      if (node.children) visit(node.children, [...trail, node]);
    }
  }
}

/** The part of a navigation around a page: its sections and their entries, no deeper. */
function aroundOf(
  nodes: readonly NavNode[],
  path: string,
  trail: readonly NavNode[],
  most: number,
): NavNode[] {
  const [open, ...rest] = trail;
  const at = nodes.findIndex((node) => node === open || node.page === path);
  const from = Math.max(0, Math.min(at - most / 2, nodes.length - most));
  return nodes.slice(from, from + most).map((node) => {
    if (!node.children) return node;
    const children =
      node === open ? aroundOf(node.children, path, rest, Math.max(2, most / 2)) : [];
    return Object.assign({}, node, { children });
  });
}

/** Bytes of HTML a page spends on the navigation: the whole of a large one is one file for all its pages. */
const mostNavBytes = 1_600;

/** The whole navigation where it is small, else as much of it around a page as fits. */
export function navigationFor(
  nodes: readonly NavNode[],
  path: string,
  trail: readonly NavNode[],
): { nodes: readonly NavNode[]; isWhole: boolean } {
  if (fits(nodes)) return { nodes, isWhole: true };
  const widths = [40, 30, 20, 14, 10, 7, 5, 3, 2];
  for (const most of widths) {
    const around = aroundOf(nodes, path, trail, most);
    if (most === 2 || fits(around)) return { nodes: around, isWhole: false };
  }
  return { nodes: [], isWhole: false };
}

function fits(nodes: readonly NavNode[]): boolean {
  return rest(nodes, mostNavBytes) >= 0;

  function rest(level: readonly NavNode[], bytes: number): number {
    let left = bytes;
    for (const { title, page, url, children } of level) {
      if (left < 0) break;
      left -= 28 + Buffer.byteLength(title) + (page ?? url ?? '').length;
      if (children) left = rest(children, left - 40);
    }
    return left;
  }
}

/** Bytes of HTML a page spends on its table of contents; the script completes a longer one from the page itself. */
const mostContentsBytes = 1_000;

/** Headings for the table of contents: the larger ones alone where both would be too many, and the first of them at least. */
export function headingsFor<Heading extends { depth: number; id: string; text: string }>(
  all: readonly Heading[],
): { headings: readonly Heading[]; isWhole: boolean } {
  const both = all.filter(({ depth }) => depth === 2 || depth === 3);
  if (countThatFit(both) === both.length) return { headings: both, isWhole: true };
  const large = both.filter(({ depth }) => depth === 2);
  const shown = large.length > 1 ? large : both;
  return { headings: shown.slice(0, countThatFit(shown)), isWhole: false };
}

function countThatFit(headings: readonly { depth: number; id: string; text: string }[]): number {
  let left = mostContentsBytes;
  const over = headings.findIndex(({ id, text }) => {
    left -= 34 + encodeURIComponent(id).length + Buffer.byteLength(text);
    return left < 0;
  });
  return over === -1 ? headings.length : over;
}

/** First page of a section, which a folded section leads to. */
export function firstPage(node: NavNode): string | undefined {
  return node.page ?? [...pagesIn(node.children ?? [])][0];
}

/** All pages of a navigation, in order. */
export function* pagesIn(nodes: readonly NavNode[]): Generator<string> {
  for (const { page, children } of nodes) {
    if (page !== undefined) yield page;
    if (children) yield* pagesIn(children);
  }
}
