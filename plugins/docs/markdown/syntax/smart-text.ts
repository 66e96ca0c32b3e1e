/** Typography: `(c)`, `-->`, `1/2`, `1st` (smart symbols), and curly quotes and dashes (smarty). */
import type { Nodes, PhrasingContent, Root, Text } from 'mdast';

const symbols: Record<string, string> = {
  '(tm)': '™',
  '(c)': '©',
  '(r)': '®',
  '+/-': '±',
  '=/=': '≠',
  'c/o': '℅',
  '-->': '→',
  '<--': '←',
  '<-->': '↔',
  '1/4': '¼',
  '1/2': '½',
  '3/4': '¾',
  '1/3': '⅓',
  '2/3': '⅔',
  '1/5': '⅕',
  '2/5': '⅖',
  '3/5': '⅗',
  '4/5': '⅘',
  '1/6': '⅙',
  '5/6': '⅚',
  '1/8': '⅛',
  '3/8': '⅜',
  '5/8': '⅝',
  '7/8': '⅞',
};

const word = '[\\p{L}\\p{N}_]';
const symbol = new RegExp(
  `\\((?:tm|c|r)\\)|\\+/-|=/=|(?<!${word})c/o(?!${word})|<-->|(?<!-)-->|<--(?!-)|(?<!\\d)(?:1/[234568]|2/[35]|3/[458]|4/5|5/[68]|7/8)(?!\\d)`,
  'gu',
);
const ordinal = new RegExp(
  `(?<!${word})((?:[1-9]\\d*)?)((?:(?<=1)[123]th)|1st|2nd|3rd|[04-9]th)(?!${word})`,
  'gu',
);

export interface SmartText {
  symbols: boolean;
  /** Quotes, dashes and ellipses. */
  quotes: boolean;
}

/** Changes text nodes; code, math and HTML stay as they are. */
export function smarten(tree: Root, smart: SmartText): void {
  if (smart.symbols || smart.quotes) visit(tree, smart);
}

function visit(node: Nodes, smart: SmartText): void {
  if (!('children' in node)) return;
  const children: Nodes[] = [];
  for (const child of node.children as Nodes[]) {
    if (child.type !== 'text' || child.data) {
      visit(child, smart);
      children.push(child);
      continue;
    }
    if (smart.symbols) {
      child.value = child.value.replace(symbol, (found) => symbols[found] ?? found);
    }
    if (smart.quotes) child.value = curl(child.value);
    children.push(...(smart.symbols ? raise(child) : [child]));
  }
  node.children = children as never;
}

/** `1st` with its ending raised. */
function raise(text: Text): PhrasingContent[] {
  if (!/\d(?:th|st|nd|rd)/u.test(text.value)) return [text];
  const nodes: PhrasingContent[] = [];
  let position = 0;
  for (const match of text.value.matchAll(ordinal)) {
    const ending = match[2]!.slice(-2);
    const until = match.index + match[0].length - 2;
    nodes.push({ type: 'text', value: text.value.slice(position, until) });
    nodes.push({
      type: 'sup',
      data: { hName: 'sup' },
      children: [{ type: 'text', value: ending }],
    } as never);
    position = until + 2;
  }
  if (position < text.value.length) nodes.push({ type: 'text', value: text.value.slice(position) });
  return nodes;
}

const punctuation = '[!"#$%\'()*+,\\-./:;<=>?@[\\\\\\]^_`{|}~]';
const opening = '(?<=\\s|--|[–—])';
const closing = '(?<=[^ \\t\\r\\n[{(\\-\\u0002\\u0003])';
/** What stands for quotes that are already decided, so that later rules see them as no text. */
const decided = {
  '‘': '\u0002a\u0003',
  '’': '\u0002b\u0003',
  '“': '\u0002c\u0003',
  '”': '\u0002d\u0003',
};

/** SmartyPants' steps, in its order. */
const steps: [RegExp, string][] = (
  [
    ['(?<!-)---(?!-)', '—'],
    ['(?<!-)--(?!-)', '–'],
    [`^'(?=${punctuation}(?!${word}))`, '’'],
    [`^"(?=${punctuation}(?!${word}))`, '”'],
    [`"'(?=${word})`, '“‘'],
    [`'"(?=${word})`, '‘“'],
    [`(?<!${word})'(?=\\d{2}s)`, '’'],
    [`${opening}'(?=${word})`, '‘'],
    [`${closing}'(?!\\s|s(?!${word})|\\d)`, '’'],
    [`${closing}'(?=\\s|s(?!${word}))`, '’'],
    [`'`, '‘'],
    [`${opening}"(?=${word})`, '“'],
    ['"(?=\\s)', '”'],
    [`${closing}"`, '”'],
    ['"', '“'],
    ['(?<!\\.)\\.{3}(?!\\.)', '…'],
  ] as [string, string][]
).map(([source, text]) => [new RegExp(source, 'gu'), text]);

/** Curly quotes, dashes and ellipses. */
function curl(text: string): string {
  if (!/["'.-]/u.test(text)) return text;
  let output = text;
  for (const [pattern, replacement] of steps) {
    const hidden = replacement.replace(/[‘’“”]/gu, (mark) => decided[mark as keyof typeof decided]);
    output = output.replace(pattern, hidden);
  }
  for (const [mark, hidden] of Object.entries(decided)) output = output.replaceAll(hidden, mark);
  return output;
}
