/** Ids of headings by Python-Markdown's rule, and the `[TOC]` made of them. */
import type { Heading, Nodes, Root } from 'mdast';

import { unescape } from '../dialect/rules.ts';

export interface PageHeading {
  depth: number;
  id: string;
  text: string;
}

/** How a site wants its slugs: ASCII only, or with all letters. */
export type Slugs = 'ascii' | 'unicode';

/** Letters, digits, hyphens; everything else goes, blanks become hyphens. */
export function slugify(text: string, slugs: Slugs = 'ascii'): string {
  const plain =
    slugs === 'unicode'
      ? text.normalize('NFC').replace(/[^\p{L}\p{N}_\s-]/gu, '')
      : text
          .normalize('NFKD')
          .replace(/[^ -~\s]/gu, '')
          .replace(/[^\w\s-]/gu, '');
  return plain
    .trim()
    .toLowerCase()
    .replace(/[-\s]+/gu, '-');
}

/** Appends `_1`, `_2` until the id is free, and takes it. */
export function uniqueId(id: string, taken: Set<string>): string {
  let candidate = id;
  while (taken.has(candidate) || !candidate) {
    const match = /^(.*)_(\d+)$/u.exec(candidate);
    candidate = match ? `${match[1]}_${Number(match[2]) + 1}` : `${candidate}_1`;
  }
  taken.add(candidate);
  return candidate;
}

type Node = Nodes & {
  data?: { hName?: string; hProperties?: Record<string, unknown>; isEntity?: boolean } | undefined;
};

/** Gives every heading an id and returns them in order. */
export function nameHeadings(tree: Root, slugs: Slugs = 'ascii'): PageHeading[] {
  const taken = new Set<string>();
  const headings: Heading[] = [];
  walk(tree as Node, (node) => {
    const id = node.data?.hProperties?.['id'];
    if (typeof id === 'string') taken.add(id);
    if (node.type === 'heading') headings.push(node);
    const level = /^h([1-6])$/u.exec(node.data?.hName ?? '');
    if (level) headings.push({ ...node, depth: Number(level[1]), type: 'heading' } as Heading);
  });
  return headings.map((node) => {
    const data: { hProperties?: Record<string, unknown> } = (node.data ??= {}) as never;
    const properties = (data.hProperties ??= {});
    const own = properties['id'];
    const id =
      typeof own === 'string'
        ? own
        : uniqueId(slugify(unescape(sourceText(node as Node)), slugs), taken);
    properties['id'] = id;
    const label = properties['data-toc-label'];
    delete properties['data-toc-label'];
    const text = typeof label === 'string' ? label : unescape(plainText(node as Node)).trim();
    return { depth: node.depth, id, text };
  });
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  if ('children' in node) for (const child of node.children) walk(child as Node, visit);
}

/** Text an id is made of: without entities, tags and images. */
function sourceText(node: Node): string {
  if (node.type === 'text') return node.data?.isEntity ? '' : node.value;
  if (node.type === 'inlineCode') return node.value;
  if ('children' in node) return node.children.map((each) => sourceText(each as Node)).join('');
  return '';
}

function plainText(node: Node): string {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value;
  if ('children' in node) return node.children.map((each) => plainText(each as Node)).join('');
  return '';
}

/** Replaces paragraphs that say `[TOC]` with a list of the headings. */
export function placeContents(tree: Root, headings: readonly PageHeading[]): void {
  replaceIn(tree as Node);

  function replaceIn(node: Node): void {
    if (!('children' in node)) return;
    for (const [index, child] of node.children.entries()) {
      if (isMarker(child as Node)) node.children[index] = contents(headings) as never;
      else replaceIn(child as Node);
    }
  }
}

function isMarker(node: Node): boolean {
  if (node.type !== 'paragraph' || node.children.length !== 1) return false;
  const only = node.children[0]!;
  return only.type === 'text' && only.value.trim() === '[TOC]';
}

function contents(headings: readonly PageHeading[]): object {
  const lists: { depth: number; children: { children: object[] }[] }[] = [];
  const root: object[] = [];
  if (headings.length === 0) root.push({ type: 'list', ordered: false, children: [] });
  for (const heading of headings) {
    while (lists.length > 1 && lists[lists.length - 1]!.depth > heading.depth) {
      lists.pop();
    }
    const top = lists[lists.length - 1];
    if (!top || top.depth < heading.depth) {
      const children: { children: object[] }[] = [];
      const list = { type: 'list', ordered: false, spread: false, children };
      const owner = top?.children[top.children.length - 1]?.children;
      (owner ?? root).push(list);
      lists.push({ depth: heading.depth, children });
    } else {
      top.depth = Math.min(top.depth, heading.depth);
    }
    lists[lists.length - 1]!.children.push(entry(heading));
  }
  return {
    type: 'container',
    data: { hName: 'div', hProperties: { className: ['toc'] } },
    children: root,
  };
}

function entry(heading: PageHeading): { children: object[] } {
  const link = {
    type: 'link',
    url: `#${heading.id}`,
    children: [{ type: 'text', value: heading.text }],
  };
  return {
    type: 'listItem',
    spread: true,
    children: [{ type: 'bare', children: [link] }],
  } as never;
}
