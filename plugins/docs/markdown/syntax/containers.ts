/** Blocks with an indented body: admonitions `!!!`, details `???` and tabs `===`. */
import { Block, dedent } from '../dialect/block.ts';
import type { BlockParser } from '../dialect/block-parser.ts';
import type { BlockRule, TreeRule } from '../dialect/rules.ts';

interface Container {
  name: string;
  start: RegExp;
  /** Whether a block that went before is one whose body may go on. */
  is(block: Block): boolean;
  /** The element that holds the body. */
  body(container: Block): Block;
  create(parent: Block, match: RegExpExecArray): Block;
}

const lists = new Set(['ul', 'ol', 'dl']);

function rule(container: Container): BlockRule {
  function run(parent: Block, blocks: string[], parser: BlockParser): boolean {
    const match = container.start.exec(blocks[0]!);
    if (match) {
      const block = blocks.shift()!;
      if (match.index > 0) parser.parse(parent, [block.slice(0, match.index)]);
      const [inside, rest] = dedent(block.slice(match.index + match[0].length), 4);
      parser.parseText(container.create(parent, match), inside);
      if (rest) blocks.unshift(rest);
      return true;
    }
    const last = parent.last;
    const place = last && container.is(last) && placeOf(last, blocks[0]!);
    if (!place) return false;
    const [inside, rest] = dedent(blocks.shift()!, place.indent);
    if (place.target.tag === 'li' || place.target.tag === 'dd') place.target.wrapText();
    parser.parseText(place.target, inside);
    if (rest) blocks.unshift(rest);
    return true;
  }

  /** Where an indented block belongs: the container, or the last item of a list that ends it. */
  function placeOf(element: Block, block: string): { target: Block; indent: number } | undefined {
    let target = container.body(element);
    let last = target.last;
    let rest = block;
    let indent = 0;
    while (last && last.children.length > 0 && rest.startsWith('        ') && lists.has(last.tag)) {
      target = last.last!;
      last = target.last;
      rest = rest.slice(4);
      indent += 4;
    }
    return rest.startsWith('    ') ? { target, indent: indent + 4 } : undefined;
  }

  return { name: container.name, priority: 105, run };
}

const word = '[\\p{L}\\p{N}_-]+';

export const admonitions = rule({
  name: 'admonition',
  start: new RegExp(`(?:^|\\n)!!! ?(${word}(?: +${word})*)(?: +"(.*?)")? *(?:\\n|$)`, 'u'),
  // Its title counts too: what is indented twice right behind it is no code.
  is: (block) => block.hasClass('admonition') || block.hasClass('admonition-title'),
  body: (block) => block,
  create(parent, match) {
    const classes = match[1]!.toLowerCase().replace(/ {2,}/gu, ' ');
    const title = match[2] ?? capitalise(classes.split(' ')[0]!);
    const block = parent.append(new Block('div', { class: `admonition ${classes}` }));
    if (title) block.append(new Block('p', { class: 'admonition-title' }, title));
    return block;
  },
});

/** Takes out of titles what was read into them. */
export const admonitionTitles: TreeRule = {
  name: 'admonition-title',
  priority: 40,
  run(root) {
    for (const block of root.walk()) {
      const [title] = block.children;
      if (!title?.hasClass('admonition-title')) continue;
      block.children.splice(1, 0, ...title.children.splice(0));
    }
  },
};

export const details = rule({
  name: 'details',
  start: new RegExp(
    `(?:^|\\n)\\?{3}(\\+)? ?(?:(${word}(?: +${word})*?)?(?: +"(.*?)")|(${word}(?: +${word})*?)) *(?:\\n|$)`,
    'u',
  ),
  is: (block) => block.tag === 'details',
  body: (block) => block,
  create(parent, match) {
    const classes = (match[4] ?? match[2] ?? '').toLowerCase().replace(/ {2,}/gu, ' ');
    const title = match[4] === undefined ? match[3]! : capitalise(classes.split(' ')[0]!);
    const block = parent.append(new Block('details'));
    if (match[1]) block.attributes['open'] = '';
    if (classes) block.attributes['class'] = classes;
    block.append(new Block('summary', {}, title));
    return block;
  },
});

export const tabs = rule({
  name: 'tabs',
  start: /(?:^|\n)={3}(\+|\+!|!\+|!)? +"(.*?)" *(?:\n|$)/u,
  is: (block) => block.hasClass('tabbed-set'),
  body: (block) => block.last!,
  create(parent, match) {
    const isNew = match[1]?.includes('!') ?? false;
    const last = parent.last;
    const set =
      last?.hasClass('tabbed-set') && !isNew
        ? last
        : parent.append(new Block('div', { class: 'tabbed-set' }));
    const panel = set.append(new Block('section', { class: 'tabbed-block' }));
    if (match[1]?.includes('+')) panel.attributes['class'] += ' tabbed-selected';
    // A heading-like label that stays readable without scripts and in print.
    panel.append(new Block('p', { class: 'tabbed-label' }, match[2]!));
    return panel;
  },
});

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
