/** Turns the tree of blocks into mdast, reading the text in it on the way. */
import type { PhrasingContent, Root, RootContent } from 'mdast';

import { type Block, isBlockTag } from './block.ts';
import { readInline } from './inline.ts';
import type { Page } from './page.ts';
import { stashLine, stashParts, unescape } from './rules.ts';
import { backlinks } from '../syntax/footnotes.ts';
import { restoreHtml } from '../syntax/html-blocks.ts';

type Node = RootContent;

export function toMdast(root: Block, page: Page): Root {
  return { type: 'root', children: childrenOf(root, page) };
}

function childrenOf(block: Block, page: Page): Node[] {
  const nodes: Node[] = textOf(block.text, block, page);
  for (const child of block.children) {
    nodes.push(...convert(child, page));
    if (!child.tail) continue;
    const isLiteral = child.data['isTailLiteral'] === true;
    nodes.push(...(isLiteral ? literal(child.tail, page) : readInline(child.tail, page)));
  }
  return nodes;
}

function textOf(text: string, block: Block, page: Page): PhrasingContent[] {
  if (!text) return [];
  return block.isLiteral ? literal(text, page) : readInline(text, page, ancestorsOf(block));
}

function ancestorsOf(block: Block): string[] {
  return block.tag === 'a' ? ['link'] : [];
}

/** Text without Markdown; only what was stashed is put back. */
function literal(text: string, page: Page): PhrasingContent[] {
  return text
    .split(stashParts)
    .filter(Boolean)
    .map((part) => {
      const match = stashLine.exec(part);
      const stashed = match && page.stash[Number(match[2])];
      return stashed?.kind === 'html'
        ? { type: 'html', value: restoreHtml(stashed.value, page) }
        : { type: 'text', value: part };
    });
}

function convert(block: Block, page: Page): Node[] {
  const make = makers[block.tag];
  return make ? make(block, page) : [element(block, page)];
}

const makers: Record<string, (block: Block, page: Page) => Node[]> = {
  p: paragraph,
  h1: heading,
  h2: heading,
  h3: heading,
  h4: heading,
  h5: heading,
  h6: heading,
  hr: (block) => [decorated({ type: 'thematicBreak' }, block)],
  pre: code,
  ol: list,
  ul: list,
  blockquote: (block, page) => [
    decorated({ type: 'blockquote', children: childrenOf(block, page) as never }, block),
  ],
  table,
  math: (block) => [
    {
      type: 'math',
      data: { hName: 'div', hProperties: { className: ['arithmatex'] } },
      children: [{ type: 'text', value: block.text, data: { isMath: true } }],
    } as never,
  ],
};

function paragraph(block: Block, page: Page): Node[] {
  const whole = loneStash(block, page);
  if (whole) return whole;
  const children = childrenOf(block, page) as PhrasingContent[];
  const name = block.data['backlinks'];
  if (typeof name === 'string') {
    for (const link of backlinks(name, page)) {
      children.push({ type: 'text', value: '\u00A0' }, link as unknown as PhrasingContent);
    }
  }
  return split(children).map((part) =>
    Array.isArray(part) ? decorated({ type: 'paragraph', children: part }, block) : part,
  );
}

/** Code that stands between the lines of a paragraph parts it. */
function split(children: PhrasingContent[]): (PhrasingContent[] | Node)[] {
  if (children.every((child) => (child as Node).type !== 'code')) return [children];
  const parts: (PhrasingContent[] | Node)[] = [];
  for (const child of children) {
    const last = parts[parts.length - 1];
    if ((child as Node).type === 'code') parts.push(child);
    else if (Array.isArray(last)) last.push(child);
    else if (child.type !== 'text' || child.value.trim()) parts.push([child]);
  }
  return parts;
}

/** A paragraph that is nothing but a block of HTML or code is that block. */
function loneStash(block: Block, page: Page): Node[] | undefined {
  if (!block.text.startsWith('\u0002h')) return undefined;
  const match = stashLine.exec(block.text.trimEnd());
  const stashed = match && page.stash[Number(match[2])];
  if (!stashed || stashed.kind === 'block') return undefined;
  if (stashed.kind === 'node') {
    return stashed.node.type === 'code' ? [stashed.node] : undefined;
  }
  const tag = /^<\/?([^ >]+)/u.exec(stashed.value)?.[1];
  if (!tag || !(/^[!?@%]/u.test(tag) || isBlockTag(tag))) return undefined;
  return [{ type: 'html', value: restoreHtml(stashed.value, page) }];
}

function heading(block: Block, page: Page): Node[] {
  const depth = Number(block.tag[1]) as 1;
  return [
    decorated(
      { type: 'heading', depth, children: childrenOf(block, page) as PhrasingContent[] },
      block,
    ),
  ];
}

function code(block: Block, page: Page): Node[] {
  const inner = block.children[0];
  if (inner?.tag !== 'code') return [element(block, page)];
  const value = unescape(inner.text).trimEnd();
  return [{ type: 'code', value, data: { info: { language: '', classes: [] } } as never }];
}

function list(block: Block, page: Page): Node[] {
  const { start, ...attributes } = block.attributes;
  const children = block.children.flatMap((item) =>
    item.tag === 'li' ? [listItem(item, page)] : convert(item, page),
  );
  const node = {
    type: 'list',
    ordered: block.tag === 'ol',
    start: start === undefined ? null : Number(start),
    spread: false,
    children,
  } as Node;
  return [decorated(node, { attributes } as Block)];
}

/** Text of an item outside paragraphs is a `bare` node, so that attribute lists find it. */
function listItem(item: Block, page: Page): Node {
  const all = childrenOf(item, page);
  const own = all.findIndex((node) => blockTypes.has(node.type));
  const text = own === -1 ? all : all.slice(0, own);
  const rest = own === -1 ? [] : all.slice(own);
  const children = text.length > 0 ? [{ type: 'bare', children: text } as never, ...rest] : rest;
  return decorated({ type: 'listItem', spread: true, children: children as never }, item);
}

const blockTypes = new Set(
  'paragraph heading code list blockquote table thematicBreak container'.split(' '),
);

function table(block: Block, page: Page): Node[] {
  const align = block.data['align'];
  if (!align) return [element(block, page)];
  const rows = block.children.map((row) => ({
    type: 'tableRow' as const,
    children: row.children.map((cell) => ({
      type: 'tableCell' as const,
      children: childrenOf(cell, page) as PhrasingContent[],
    })),
  }));
  return [{ type: 'table', align: align as never, children: rows }];
}

const names: Record<string, string> = { dt: 'term' };

function element(block: Block, page: Page): Node {
  const node = { type: names[block.tag] ?? 'container', children: childrenOf(block, page) };
  return decorated(node as never, block, block.tag);
}

/** Attributes that are there or not, whatever their value. */
const switches = new Set(['open', 'checked', 'disabled', 'controls', 'loop', 'muted', 'reversed']);

function decorated<T extends Node>(node: T, block: Block, name?: string): T {
  const { class: classes, ...rest } = block.attributes;
  const hasAttributes = classes !== undefined || Object.keys(rest).length > 0;
  if (!name && !hasAttributes) return node;
  const hProperties: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(rest)) {
    hProperties[key] = switches.has(key) ? true : unescape(value);
  }
  if (classes) hProperties['className'] = unescape(classes).split(/\s+/u);
  node.data = { ...(node.data as object), ...(name && { hName: name }), hProperties } as never;
  return node;
}
