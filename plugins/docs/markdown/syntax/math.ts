/** Math between `$`, `$$`, `\(` and `\[` (arithmatex), kept as text here; KaTeX sets it later. */
import { Block } from '../dialect/block.ts';
import { escaped, type BlockRule, type InlineResult, type InlineRule } from '../dialect/rules.ts';

export const mathSpans: InlineRule = {
  name: 'math',
  priority: 189.9,
  triggers: ['$', '\\('],
  pattern:
    /(?<!\\)((?:\\{2})+)(?=\$)|(?<!\\)\$(?!\s)((?:\\.|[^\\$])+?)(?<!\s)\$|(?<!\\)((?:\\{2})+?)(?=\\\()|(?<!\\)\\\(((?:\\[^)]|[^\\])+?)\\\)/gsu,
  run: span,
};

export const mathBlocks: BlockRule = { name: 'math', priority: 79.9, run: block };

function span(match: RegExpExecArray): InlineResult {
  const range = { start: match.index, end: match.index + match[0].length };
  const slashes = match[1] ?? match[3];
  if (slashes) return { node: slashes.replaceAll('\\\\', escaped('\\')), ...range };
  return { node: mathNode((match[2] ?? match[4])!), ...range };
}

function mathNode(tex: string): { type: string } {
  return {
    type: 'math',
    data: { hName: 'span', hProperties: { className: ['arithmatex'] } },
    children: [{ type: 'text', value: `\\(${tex}\\)`, data: { isMath: true } }],
  } as never;
}

const whole =
  /^(?:\$\$((?:\\.|[^\\])+?)\$\$|\\\[((?:\\[^\]]|[^\\])+?)\\\]|(\\begin\{([a-z]+\*?)\}(?:\\.|[^\\])+?\\end\{\4\})) *$/su;

function block(parent: Block, blocks: string[]): boolean {
  const first = blocks[0]!;
  if (!/^(?:\$\$|\\\[|\\begin)/u.test(first)) return false;
  const match = whole.exec(first);
  if (!match) return false;
  blocks.shift();
  const tex = match[1] ?? match[2] ?? match[3]!;
  parent.append(new Block('math', {}, `\\[${tex}\\]`)).isLiteral = true;
  return true;
}
