/** The blocks of Markdown itself: headings, rules, quotes, indented code, link references, paragraphs. */
import { Block, dedent } from '../dialect/block.ts';
import type { BlockParser } from '../dialect/block-parser.ts';
import { stashLine, type BlockRule } from '../dialect/rules.ts';

export const coreBlocks: readonly BlockRule[] = [
  { name: 'empty', priority: 100, run: empty },
  { name: 'code', priority: 80, run: indentedCode },
  { name: 'hash-heading', priority: 70, run: hashHeading },
  { name: 'setext-heading', priority: 60, run: setextHeading },
  { name: 'rule', priority: 50, run: thematicBreak },
  { name: 'quote', priority: 20, run: quote },
  { name: 'reference', priority: 15, run: reference },
  { name: 'paragraph', priority: 10, run: paragraph },
];

function empty(parent: Block, blocks: string[]): boolean {
  const block = blocks[0]!;
  if (block && !block.startsWith('\n')) return false;
  blocks.shift();
  let filler = '\n\n';
  if (block) {
    filler = '\n';
    if (block.length > 1) blocks.unshift(block.slice(1));
  }
  const code = codeOf(parent.last);
  if (code) code.text += filler;
  return true;
}

function codeOf(block: Block | undefined): Block | undefined {
  return block?.tag === 'pre' && block.children[0]?.tag === 'code' ? block.children[0] : undefined;
}

function indentedCode(parent: Block, blocks: string[], parser: BlockParser): boolean {
  if (!blocks[0]!.startsWith('    ')) return false;
  const [inside, rest] = dedent(restoreFences(blocks.shift()!, parser), 4);
  const code = codeOf(parent.last);
  if (code) {
    code.text = `${code.text}\n${inside.trimEnd()}\n`;
  } else {
    const pre = parent.append(new Block('pre'));
    pre.append(new Block('code', {}, `${inside.trimEnd()}\n`)).isLiteral = true;
  }
  if (rest) blocks.unshift(rest);
  return true;
}

/** Fences are found before blocks; inside indented code they are text after all. */
function restoreFences(block: string, parser: BlockParser): string {
  return block
    .split('\n')
    .map((line) => {
      const match = stashLine.exec(line);
      const fence = match && parser.page.fences.get(Number(match[2]));
      if (!fence) return line;
      const shift = fence.indent - match![1]!.length;
      return fence.source
        .split('\n')
        .map((each) => each.slice(shift))
        .join('\n');
    })
    .join('\n');
}

const hash = /(?:^|\n)(#{1,6})((?:\\.|[^\\])*?)#*(?:\n|$)/u;

function hashHeading(parent: Block, blocks: string[], parser: BlockParser): boolean {
  const match = blocks[0]!.includes('#') ? hash.exec(blocks[0]!) : null;
  if (!match) return false;
  const block = blocks.shift()!;
  const before = block.slice(0, match.index);
  const after = block.slice(match.index + match[0].length);
  if (before) parser.parse(parent, [before]);
  parent.append(new Block(`h${match[1]!.length}`, {}, match[2]!.trim()));
  if (after) blocks.unshift(after);
  return true;
}

const underlined = /^.*?\n[=-]+ *(?:\n|$)/u;

function setextHeading(parent: Block, blocks: string[]): boolean {
  if (!underlined.test(blocks[0]!)) return false;
  const lines = blocks.shift()!.split('\n');
  const level = lines[1]!.startsWith('=') ? 1 : 2;
  parent.append(new Block(`h${level}`, {}, lines[0]!.trim()));
  if (lines.length > 2) blocks.unshift(lines.slice(2).join('\n'));
  return true;
}

const ruleLine = /^ {0,3}(?:(?:-+ {0,2}){3,}|(?:_+ {0,2}){3,}|(?:\*+ {0,2}){3,}) *$/u;
const ruleStart = /^ {0,3}[-_*]/mu;

function thematicBreak(parent: Block, blocks: string[], parser: BlockParser): boolean {
  if (!ruleStart.test(blocks[0]!)) return false;
  const lines = blocks[0]!.split('\n');
  const at = lines.findIndex((line) => line.length < 1_000 && isRule(line));
  if (at === -1) return false;
  blocks.shift();
  const before = lines.slice(0, at).join('\n').replace(/\n+$/u, '');
  if (before) parser.parse(parent, [before]);
  parent.append(new Block('hr'));
  const after = lines
    .slice(at + 1)
    .join('\n')
    .replace(/^\n+/u, '');
  if (after) blocks.unshift(after);
  return true;
}

function isRule(line: string): boolean {
  // The cheap test first: the repetition of the pattern backtracks on long lines that are no rule.
  return /^ {0,3}([-_*])(?:\1| )*$/u.test(line) && ruleLine.test(line);
}

const quoteLine = /(^|\n) {0,3}> ?(.*)/u;

function quote(parent: Block, blocks: string[], parser: BlockParser): boolean {
  const match = blocks[0]!.includes('>') ? quoteLine.exec(blocks[0]!) : null;
  if (!match) return false;
  const block = blocks.shift()!;
  const before = block.slice(0, match.index);
  parser.parse(parent, [before]);
  const inside = block
    .slice(match.index)
    .split('\n')
    .map((line) => unquote(line))
    .join('\n');
  const last = parent.last;
  const isSame = last?.tag === 'blockquote' && !last.data['isAlert'];
  const target = isSame ? last : parent.append(new Block('blockquote'));
  parser.within('blockquote', () => parser.parseText(target, inside));
  return true;
}

/** Takes the mark of a quote off a line. */
export function unquote(line: string): string {
  if (line.trim() === '>') return '';
  return /^ {0,3}> ?(.*)/u.exec(line)?.[1] ?? line;
}

const referenceLine = /^ {0,3}\[([^[\]]*)\]: *\n? *(\S+) *(?:\n *)?((["'])(.*)\4 *|\((.*)\) *)?$/mu;

function reference(_parent: Block, blocks: string[], parser: BlockParser): boolean {
  const match = blocks[0]!.includes(']:') ? referenceLine.exec(blocks[0]!) : null;
  if (!match) return false;
  const block = blocks.shift()!;
  parser.page.references.set(match[1]!.trim().toLowerCase(), {
    url: match[2]!.replace(/^<+|>+$/gu, ''),
    title: match[5] || match[6] || undefined,
  });
  putBack(blocks, block, match);
  return true;
}

/** What stood around a definition is read again, what was behind it last. */
export function putBack(blocks: string[], block: string, match: RegExpExecArray): void {
  const after = block.slice(match.index + match[0].length);
  const before = block.slice(0, match.index);
  if (after.trim()) blocks.unshift(after.replace(/^\n+/u, ''));
  if (before.trim()) blocks.unshift(before.replace(/\n+$/u, ''));
}

function paragraph(parent: Block, blocks: string[], parser: BlockParser): boolean {
  const block = blocks.shift()!;
  if (!block.trim()) return true;
  if (!parser.isIn('list')) {
    parent.append(new Block('p', {}, block.trimStart()));
    return true;
  }
  const sibling = parent.last;
  if (sibling) sibling.tail = sibling.tail ? `${sibling.tail}\n${block}` : `\n${block}`;
  else parent.text = parent.text ? `${parent.text}\n${block}` : block.trimStart();
  return true;
}
