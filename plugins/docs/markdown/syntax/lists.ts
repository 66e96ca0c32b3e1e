/** Python-Markdown's lists: four spaces nest, or two where `mdx_truly_sane_lists` is in use. */
import { Block, looseDedent } from '../dialect/block.ts';
import type { BlockParser } from '../dialect/block-parser.ts';
import type { BlockRule } from '../dialect/rules.ts';

/** The rules for lists nested by `width` spaces. */
export function listRules(width: 2 | 4, isSane: boolean): BlockRule[] {
  const separate = isSane || width === 2;
  return [
    { name: 'indent', priority: 90, run: indented(width, ['li'], ['ul', 'ol'], 'li') },
    { name: 'ordered-list', priority: 40, run: list('ol', width, separate) },
    { name: 'bullet-list', priority: 30, run: list('ul', width, separate) },
  ];
}

/** Text indented below an item belongs to the item. */
export function indented(
  width: number,
  itemTags: readonly string[],
  listTags: readonly string[],
  itemTag: string,
): BlockRule['run'] {
  const indent = ' '.repeat(width);

  function run(parent: Block, blocks: string[], parser: BlockParser): boolean {
    if (!blocks[0]!.startsWith(indent) || parser.isIn('detabbed')) return false;
    const isItem = itemTags.includes(parent.tag);
    if (!isItem && !(parent.last && listTags.includes(parent.last.tag))) return false;

    const [level, sibling] = levelOf(parent, blocks[0]!, parser);
    const block = looseDedent(blocks.shift()!, width * level);
    parser.within('detabbed', () => {
      if (isItem) {
        const nested = parent.last && listTags.includes(parent.last.tag) ? parent.last : parent;
        parser.parse(nested, [block]);
      } else if (itemTags.includes(sibling.tag)) {
        parser.parse(sibling, [block]);
      } else if (sibling.last && itemTags.includes(sibling.last.tag)) {
        sibling.last.wrapText();
        parser.parseText(sibling.last, block);
      } else {
        parser.parse(sibling.append(new Block(itemTag)), [block]);
      }
    });
    return true;
  }

  function levelOf(parent: Block, block: string, parser: BlockParser): [number, Block] {
    const spaces = /^ */u.exec(block)![0].length;
    const wanted = Math.floor(spaces / width);
    let level = parser.isIn('list') ? 1 : 0;
    let target = parent;
    while (wanted > level) {
      const child = target.last;
      if (!child || !(listTags.includes(child.tag) || itemTags.includes(child.tag))) break;
      if (listTags.includes(child.tag)) level += 1;
      target = child;
    }
    return [level, target];
  }

  return run;
}

function list(tag: 'ol' | 'ul', width: number, isSeparate: boolean): BlockRule['run'] {
  const lead = `^ {0,${width - 1}}`;
  const marker = tag === 'ol' ? '\\d+\\.' : '[*+-]';
  const first = new RegExp(`${lead}${marker} +.*`, 'u');
  const item = new RegExp(`${lead}(${isSeparate ? marker : '\\d+\\.|[*+-]'}) +(.*)`, 'u');
  const nested = new RegExp(`^ {${width},${width * 2 - 1}}(?:\\d+\\.|[*+-]) +.*`, 'u');
  const siblings = isSeparate ? [tag] : ['ol', 'ul'];
  // mdx_truly_sane_lists starts a new list where Python-Markdown continues the one before.
  const continues = width === 4;

  function run(parent: Block, blocks: string[], parser: BlockParser): boolean {
    if (!first.test(blocks[0]!)) return false;
    const items = split(blocks.shift()!);
    const start = tag === 'ol' ? /\d+/u.exec(items.start)?.[0] : undefined;
    const target = targetOf(parent, items.texts, parser, start);
    parser.within('list', () => {
      for (const text of items.texts) {
        const isNested = text.startsWith(' '.repeat(width)) && target.last;
        parser.parse(isNested ? target.last! : target.append(new Block('li')), [text]);
      }
    });
    return true;
  }

  function targetOf(
    parent: Block,
    items: string[],
    parser: BlockParser,
    start: string | undefined,
  ): Block {
    const sibling = parent.last;
    if (continues && sibling && siblings.includes(sibling.tag) && sibling.last) {
      const previous = sibling.last;
      previous.wrapText();
      const tail = previous.last?.tail;
      if (tail) {
        previous.last!.tail = '';
        previous.append(new Block('p', {}, tail.trimStart()));
      }
      const next = sibling.append(new Block('li'));
      const text = items.shift()!;
      parser.within('looselist', () => parser.parse(next, [text]));
      return sibling;
    }
    if (parent.tag === 'ol' || parent.tag === 'ul') return parent;
    const isShifted = start !== undefined && start !== '1';
    return parent.append(new Block(tag, isShifted ? { start: String(Number(start)) } : {}));
  }

  function split(block: string): { texts: string[]; start: string } {
    const texts: string[] = [];
    let start = '';
    for (const line of block.split('\n')) {
      const match = item.exec(line);
      if (match) {
        if (texts.length === 0) start = match[1]!;
        texts.push(match[2]!);
        continue;
      }
      const previous = texts.length - 1;
      const startsNested = nested.test(line) && !texts[previous]!.startsWith(' '.repeat(width));
      if (startsNested) texts.push(line);
      else texts[previous] += `\n${line}`;
    }
    return { texts, start };
  }

  return run;
}
