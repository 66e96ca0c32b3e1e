/** Addresses and navigation of a site, for pages and checks. Pure. */
import type { DocsPage, DocsSite, NavNode } from './schema.ts';
import { addressOf } from './sites/paths.ts';

/** Address of a page below the base. Pages that would share one with another keep the first. */
export function pageAddress(site: { path: string }, page: DocsPage): string {
  return site.path + addressOf(page.path);
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
export function aroundOf(
  nodes: readonly NavNode[],
  path: string,
  trail: readonly NavNode[],
  most = 40,
): NavNode[] {
  const [open, ...rest] = trail;
  const at = nodes.findIndex((node) => node === open || node.page === path);
  const from = Math.max(0, Math.min(at - most / 2, nodes.length - most));
  return nodes.slice(from, from + most).map((node) => {
    if (!node.children) return node;
    const children = node === open ? aroundOf(node.children, path, rest, most / 2) : [];
    return Object.assign({}, node, { children });
  });
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
