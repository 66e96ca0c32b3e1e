/** Terms with `: definitions` below them. */
import { Block, dedent } from '../dialect/block.ts';
import type { BlockParser } from '../dialect/block-parser.ts';
import type { BlockRule } from '../dialect/rules.ts';
import { indented } from './lists.ts';

export const definitionLists: readonly BlockRule[] = [
  {
    name: 'definition-indent',
    priority: 85,
    run: indented(4, ['dd', 'li'], ['dl', 'ol', 'ul'], 'dd'),
  },
  { name: 'definition', priority: 25, run: definition },
];

const marker = /(^|\n) {0,3}: {1,3}(.*?)(\n|$)/u;

function definition(parent: Block, blocks: string[], parser: BlockParser): boolean {
  const raw = blocks[0]!;
  const match = raw.includes(':') ? marker.exec(raw) : null;
  if (!match) return false;
  let terms = raw
    .slice(0, match.index)
    .split('\n')
    .map((term) => term.trim())
    .filter(Boolean);
  let sibling = parent.last;
  // A colon that starts a document or a list defines nothing.
  if (terms.length === 0 && !sibling) return false;

  blocks.shift();
  const behind = raw.slice(match.index + match[0].length);
  const isFlush = /^ {0,3}[^ :]/u.test(behind);
  const [inside, rest] = isFlush ? [behind, ''] : dedent(behind, 4);
  const text = inside ? `${match[2]}\n${inside}` : match[2]!;

  let state = 'list';
  if (terms.length === 0 && sibling!.tag === 'p') {
    state = 'looselist';
    terms = sibling!.text.split('\n');
    parent.children.pop();
    sibling = parent.last;
  }
  let list = sibling;
  if (list?.tag !== 'dl') {
    list = parent.append(new Block('dl'));
  } else if (terms.length === 0 && list.last?.tag === 'dd' && list.last.children.length > 0) {
    state = 'looselist';
  }
  for (const term of terms) list.append(new Block('dt', {}, term));
  const target = list.append(new Block('dd'));
  parser.within(state, () => parser.parse(target, [text]));
  if (rest) blocks.unshift(rest);
  return true;
}
