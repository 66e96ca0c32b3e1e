/** GitHub's `> [!NOTE]` as admonitions. */
import type { Blockquote, Nodes, Paragraph, Root } from 'mdast';

import { Block } from '../dialect/block.ts';
import type { BlockParser } from '../dialect/block-parser.ts';
import type { BlockRule } from '../dialect/rules.ts';
import { unquote } from './core-blocks.ts';

const first = /^\[!(\w+)\]([+-]?) *(.*?)(?:\n|$)/u;

/** An alert stands alone where other quotes would run together. */
export const alertBlocks: BlockRule = { name: 'alert', priority: 21, run };

function run(parent: Block, blocks: string[], parser: BlockParser): boolean {
  if (!/^ {0,3}> ?\[!\w+\]/u.test(blocks[0]!)) return false;
  const inside = blocks
    .shift()!
    .split('\n')
    .map((line) => unquote(line));
  const target = parent.append(new Block('blockquote'));
  target.data['isAlert'] = true;
  parser.within('blockquote', () => parser.parseText(target, inside.join('\n')));
  return true;
}

const types: Record<string, string> = { caution: 'danger', important: 'important' };

/** Changes quotes that begin with a marker. */
export function remarkAlerts() {
  return function transform(tree: Root): void {
    visit(tree);
  };
}

function visit(node: Nodes): void {
  if (!('children' in node)) return;
  for (const child of node.children as Nodes[]) visit(child);
  if (node.type === 'blockquote') convert(node);
}

function convert(quote: Blockquote): void {
  const paragraph = quote.children[0];
  if (paragraph?.type !== 'paragraph') return;
  const text = paragraph.children[0];
  const match = text?.type === 'text' ? first.exec(text.value) : null;
  if (!match || text?.type !== 'text') return;
  const name = match[1]!.toLowerCase();
  const type = types[name] ?? name;
  text.value = text.value.slice(match[0].length);
  if (paragraph.children.every((child) => child.type === 'text' && !child.value.trim())) {
    quote.children.shift();
  }
  const title = match[3] || name.charAt(0).toUpperCase() + name.slice(1);
  const isFolded = match[2] !== '';
  quote.children.unshift(titleNode(title, isFolded));
  quote.data = {
    hName: isFolded ? 'details' : 'div',
    hProperties: {
      className: isFolded ? [type] : ['admonition', type],
      ...(match[2] === '+' && { open: true }),
    },
  } as never;
}

function titleNode(title: string, isFolded: boolean): Paragraph {
  return {
    type: 'paragraph',
    data: isFolded
      ? ({ hName: 'summary' } as never)
      : ({ hProperties: { className: ['admonition-title'] } } as never),
    children: [{ type: 'text', value: title }],
  };
}
