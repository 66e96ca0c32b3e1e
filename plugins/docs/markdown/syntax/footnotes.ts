/** `[^1]` and `[^1]: text`, listed at the end or where `///Footnotes Go Here///` stands. */
import { Block, looseDedent } from '../dialect/block.ts';
import type { BlockParser } from '../dialect/block-parser.ts';
import type { Page } from '../dialect/page.ts';
import type { BlockRule, InlineResult, InlineRule, TreeRule } from '../dialect/rules.ts';

export const footnoteBlocks: BlockRule = { name: 'footnote', priority: 17, run: collect };
export const footnoteList: TreeRule = { name: 'footnotes', priority: 50, run: list };
export const footnoteMarks: InlineRule = {
  name: 'footnote',
  priority: 175,
  triggers: ['[^'],
  pattern: /\[\^([^\]]*)\]/gu,
  run: mark,
};

const start = /^ {0,3}\[\^([^\]]*)\]: *(.*)$/mu;

function collect(_parent: Block, blocks: string[], parser: BlockParser): boolean {
  const match = blocks[0]!.includes('[^') ? start.exec(blocks[0]!) : null;
  if (!match) return false;
  const block = blocks.shift()!;
  const behind = block.slice(match.index + match[0].length).replace(/^\n+/u, '');
  const texts = [match[2]!];
  const next = start.exec(behind);
  if (next) {
    const own = behind.slice(0, next.index).replace(/\n+$/u, '');
    texts[0] = `${texts[0]}\n${looseDedent(own, 4)}`.replace(/^\n+/u, '');
    blocks.unshift(behind.slice(next.index));
  } else {
    texts[0] = `${texts[0]}\n${looseDedent(behind, 4)}`.replace(/^\n+|\n+$/gu, '');
    texts.push(...continuation(blocks));
  }
  parser.page.footnotes.set(match[1]!, texts.join('\n\n').trimEnd());
  const before = block.slice(0, match.index);
  if (before.trim()) blocks.unshift(before.replace(/\n+$/u, ''));
  return true;
}

/** Indented blocks below a footnote are its own. */
function continuation(blocks: string[]): string[] {
  const texts: string[] = [];
  while (blocks[0]?.startsWith('    ')) {
    const block = blocks.shift()!;
    const next = start.exec(block);
    if (!next) {
      texts.push(looseDedent(block, 4));
      continue;
    }
    texts.push(looseDedent(block.slice(0, next.index).replace(/\n+$/u, ''), 4));
    blocks.unshift(block.slice(next.index));
    break;
  }
  return texts;
}

function mark(match: RegExpExecArray, _text: string, page: Page): InlineResult {
  const name = match[1]!;
  const number = [...page.footnotes.keys()].indexOf(name) + 1;
  if (number === 0) return undefined;
  const use = (page.footnoteUses.get(name) ?? 0) + 1;
  page.footnoteUses.set(name, use);
  return {
    node: {
      type: 'footnoteMark',
      data: { hName: 'sup', hProperties: { id: referenceId(name, use) } },
      children: [
        {
          type: 'link',
          url: `#fn:${name}`,
          data: { hProperties: { className: ['footnote-ref'] } },
          children: [{ type: 'text', value: String(number) }],
        },
      ],
    },
    start: match.index,
    end: match.index + match[0].length,
  };
}

function referenceId(name: string, use: number): string {
  return use === 1 ? `fnref:${name}` : `fnref${use}:${name}`;
}

const marker = '///Footnotes Go Here///';

function list(root: Block, page: Page, parser: BlockParser): void {
  if (page.footnotes.size === 0) return;
  const section = new Block('div', { class: 'footnote' });
  section.append(new Block('hr'));
  const items = section.append(new Block('ol'));
  for (const [name, text] of page.footnotes) {
    const item = items.append(new Block('li', { id: `fn:${name}` }));
    const holder = new Block('div');
    parser.parseText(holder, text);
    item.children.push(...holder.children);
    if (item.children.length === 0) continue;
    const target = item.last!.tag === 'p' ? item.last! : item.append(new Block('p'));
    target.data['backlinks'] = name;
  }
  place(root, section);
}

function place(root: Block, section: Block): void {
  for (const parent of root.walk()) {
    const at = parent.children.findIndex((child) => child.text.includes(marker));
    if (at === -1) continue;
    parent.children[at] = section;
    return;
  }
  root.append(section);
}

/** Links back to where a footnote was referred to; made when all references are known. */
export function backlinks(name: string, page: Page): Record<string, unknown>[] {
  const number = [...page.footnotes.keys()].indexOf(name) + 1;
  const uses = Math.max(1, page.footnoteUses.get(name) ?? 1);
  return Array.from({ length: uses }, (_, index) => ({
    type: 'link',
    url: `#${referenceId(name, index + 1)}`,
    title: `Jump back to footnote ${number} in the text`,
    data: { hProperties: { className: ['footnote-backref'] } },
    children: [{ type: 'text', value: '↩' }],
  }));
}
