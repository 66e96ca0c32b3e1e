/** `*[HTML]: Hyper Text Markup Language` explains a word wherever it stands. */
import type { Root, Text } from 'mdast';
import { findAndReplace } from 'mdast-util-find-and-replace';

import type { Block } from '../dialect/block.ts';
import type { BlockParser } from '../dialect/block-parser.ts';
import type { BlockRule } from '../dialect/rules.ts';
import { putBack } from './core-blocks.ts';

export const abbreviations: BlockRule = { name: 'abbreviation', priority: 16, run };

const line = /^\*\[([^\]]*)\] ?: *\n? *(.*)$/mu;

function run(_parent: Block, blocks: string[], parser: BlockParser): boolean {
  const match = blocks[0]!.includes('*[') ? line.exec(blocks[0]!) : null;
  if (!match) return false;
  const block = blocks.shift()!;
  const word = match[1]!.trim();
  if (word) parser.page.abbreviations.set(word, match[2]!.trim());
  putBack(blocks, block, match);
  return true;
}

/** Marks up the words that were explained. */
export function explain(tree: Root, meanings: ReadonlyMap<string, string>): void {
  if (meanings.size === 0) return;
  const words = [...meanings.keys()]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&'));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${words.join('|')})(?![\\p{L}\\p{N}_])`, 'gu');
  findAndReplace(
    tree,
    [pattern, (word: string) => abbreviation(word, meanings.get(word)!) as unknown as Text],
    { ignore: ['inlineCode', 'code', 'abbreviation'] },
  );
}

function abbreviation(word: string, title: string): object {
  return {
    type: 'abbreviation',
    data: { hName: 'abbr', hProperties: { title } },
    children: [{ type: 'text', value: word }],
  };
}
