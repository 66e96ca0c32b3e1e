/** Generic blocks `/// note | Title` … `///` (pymdownx.blocks). */
import { Block } from '../dialect/block.ts';
import type { BlockParser } from '../dialect/block-parser.ts';
import type { BlockRule } from '../dialect/rules.ts';

export const slashBlocks: BlockRule = { name: 'slash-block', priority: 106, run };

const header = /^(\/{3,}) *([\w-]+)(?: *\| *(.*?))? *(?:\n|$)/u;
const optionLine = /^ {4}([\w-]+): *(.*)$/u;

interface Head {
  type: string;
  title: string | undefined;
  options: Map<string, string>;
}

function run(parent: Block, blocks: string[], parser: BlockParser): boolean {
  const match = blocks[0]!.startsWith('///') ? header.exec(blocks[0]!) : null;
  if (!match) return false;
  const head: Head = { type: match[2]!, title: match[3], options: new Map() };
  const make = makers[head.type] ?? (admonitionTypes.has(head.type) ? admonition : undefined);
  if (!make) return false;
  const [inside, rest] = bodyOf(blocks, match, head);
  blocks.splice(0, blocks.length, ...rest);
  const body = numberOf(head, parser) + inside;
  const block = make(parent, head);
  parser.within('block', () => parser.parseText(block, body));
  if (block.tag === 'dl') define(block);
  return true;
}

/** Everything up to the line with as many slashes as opened the block; all of the rest where there is none. */
function bodyOf(blocks: readonly string[], match: RegExpExecArray, head: Head): [string, string[]] {
  const lines = blocks.join('\n\n').slice(match[0].length).split('\n');
  while (lines.length > 0) {
    const option = optionLine.exec(lines[0]!);
    if (!option) break;
    head.options.set(option[1]!, option[2]!.replace(/^(['"])(.*)\1$/u, '$2'));
    lines.shift();
  }
  const end = lines.findIndex((line) => line.trimEnd() === match[1]);
  if (end === -1) return [lines.join('\n'), []];
  const rest = lines
    .slice(end + 1)
    .join('\n')
    .replace(/^\n+/u, '');
  return [lines.slice(0, end).join('\n').trim(), rest ? rest.split('\n\n') : []];
}

const admonitionTypes = new Set(
  'note abstract info tip success question warning failure danger bug example quote important caution attention hint error seealso'.split(
    ' ',
  ),
);

const makers: Record<string, (parent: Block, head: Head) => Block> = {
  admonition,
  details(parent, head) {
    const type = head.options.get('type');
    const block = parent.append(new Block('details', type ? { class: type } : {}));
    if (/^true$/iu.test(head.options.get('open') ?? '')) block.attributes['open'] = '';
    block.append(new Block('summary', {}, head.title || type || 'Details'));
    return withAttributes(block, head);
  },
  tab(parent, head) {
    const last = parent.last;
    const isNew = /^true$/iu.test(head.options.get('new') ?? '');
    const set =
      last?.hasClass('tabbed-set') && !isNew
        ? last
        : parent.append(new Block('div', { class: 'tabbed-set' }));
    const panel = set.append(new Block('section', { class: 'tabbed-block' }));
    panel.append(new Block('p', { class: 'tabbed-label' }, head.title ?? ''));
    return panel;
  },
  html(parent, head) {
    const name = /^[a-z][a-z0-9]*/u.exec(head.title ?? '')?.[0] ?? 'div';
    const block = parent.append(new Block(name));
    for (const part of (head.title ?? '').matchAll(/([.#])([\w-]+)/gu)) {
      if (part[1] === '.') block.addClass(part[2]!);
      else block.attributes['id'] = part[2]!;
    }
    return withAttributes(block, head);
  },
  define: (parent) => parent.append(new Block('dl')),
  definition: (parent) => parent.append(new Block('div', { class: 'definition' })),
  caption,
  'figure-caption': caption,
  'table-caption': caption,
};

/** What is no list is a term, the entries of lists are its definitions. */
function define(list: Block): void {
  list.children = list.children.flatMap((child) => {
    if (child.tag === 'ul' || child.tag === 'ol') {
      for (const item of child.children) item.tag = 'dd';
      return child.children;
    }
    if (child.tag === 'p') {
      child.tag = 'dt';
      return [child];
    }
    const term = new Block('dt');
    term.append(child);
    return [term];
  });
}

/** Puts what stands before into a figure; `| <` has the caption above it. */
function caption(parent: Block, head: Head): Block {
  const before = parent.children.pop();
  const figure = parent.append(withAttributes(new Block('figure'), head));
  const text = new Block('figcaption');
  const isAbove = head.title?.startsWith('<') ?? false;
  figure.children = [before, text].filter((each) => each !== undefined);
  if (isAbove) figure.children.reverse();
  return text;
}

const numbered: Record<string, string> = { 'figure-caption': 'Figure', 'table-caption': 'Table' };

/** `Figure 1. ` and so on, by kind. */
function numberOf({ type }: Head, { page }: BlockParser): string {
  const name = numbered[type];
  if (!name) return '';
  const number = (page.captions.get(type) ?? 0) + 1;
  page.captions.set(type, number);
  return `${name} ${number}. `;
}

function admonition(parent: Block, head: Head): Block {
  const type = head.type === 'admonition' ? (head.options.get('type') ?? 'note') : head.type;
  const block = parent.append(new Block('div', { class: `admonition ${type}` }));
  const title = head.title ?? type.charAt(0).toUpperCase() + type.slice(1);
  if (title) block.append(new Block('p', { class: 'admonition-title' }, title));
  return withAttributes(block, head);
}

/** `attrs: {class: a b, id: c}`. */
function withAttributes(block: Block, head: Head): Block {
  const attributes = head.options.get('attrs');
  if (!attributes) return block;
  for (const match of attributes.matchAll(/(class|id) *: *(?:"([^"]*)"|'([^']*)'|([^,}]*))/gu)) {
    const value = (match[2] ?? match[3] ?? match[4] ?? '').trim();
    if (match[1] === 'id') block.attributes['id'] = value;
    else if (value) block.addClass(value);
  }
  return block;
}
