/**
 * The tree that block rules build: an element with the text before its first child and the text after itself,
 * because Python-Markdown's rules are stated in these terms ("if the item has text, it is not yet in a paragraph").
 */
export class Block {
  tag: string;
  attributes: Record<string, string>;
  children: Block[] = [];
  text = '';
  tail = '';
  /** Its text holds no Markdown. */
  isLiteral = false;
  /** What a rule already knows about it, handed to the mdast node. */
  data: Record<string, unknown> = {};

  constructor(tag: string, attributes: Record<string, string> = {}, text = '') {
    this.tag = tag;
    this.attributes = attributes;
    this.text = text;
  }

  get last(): Block | undefined {
    return this.children[this.children.length - 1];
  }

  append(child: Block): Block {
    this.children.push(child);
    return child;
  }

  hasClass(name: string): boolean {
    return (this.attributes['class'] ?? '').split(' ').includes(name);
  }

  addClass(name: string): void {
    const present = this.attributes['class'];
    this.attributes['class'] = present ? `${present} ${name}` : name;
  }

  /** A list item's own text becomes a paragraph as soon as the item holds more than that. */
  wrapText(): void {
    if (!this.text) return;
    this.children.unshift(new Block('p', {}, this.text));
    this.text = '';
  }

  /** Every element below, itself first, in document order. */
  *walk(): Generator<Block> {
    yield this;
    for (const child of this.children) yield* child.walk();
  }
}

/** Takes `width` spaces off the lines that have them; the rest starts at the first line that has neither them nor is blank. */
export function dedent(text: string, width: number): [inside: string, rest: string] {
  const indent = ' '.repeat(width);
  const lines = text.split('\n');
  const inside: string[] = [];
  for (const line of lines) {
    if (line.startsWith(indent)) inside.push(line.slice(width));
    else if (!line.trim()) inside.push('');
    else break;
  }
  return [inside.join('\n'), lines.slice(inside.length).join('\n')];
}

/** Takes `width` spaces off every line that has them. */
export function looseDedent(text: string, width: number): string {
  const indent = ' '.repeat(width);
  return text
    .split('\n')
    .map((line) => (line.startsWith(indent) ? line.slice(width) : line))
    .join('\n');
}

/** Elements that cannot stand inside a paragraph. */
const blockTags = new Set(
  (
    'address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
    'header hgroup hr main menu nav ol p pre section table ul canvas colgroup dd body dt group iframe li legend ' +
    'math map noscript output object option progress script style summary tbody td textarea tfoot th thead tr video'
  ).split(' '),
);

/** Whether Markdown treats this element as a block. `summary` is one only inside blocks that hold Markdown. */
export function isBlockTag(tag: string): boolean {
  return blockTags.has(tag) && tag !== 'summary';
}
