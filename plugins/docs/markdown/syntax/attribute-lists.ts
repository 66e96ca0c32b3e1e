/** `{: #id .class key=value }` behind spans, headings and at the end of blocks (attr_list). */
import type { Node, Parent } from 'unist';

const pair = /([^ =]+)="(.*?)"|([^ =]+)='(.*?)'|([^ =]+)=([^ =]+)|([^ =]+)/gu;

/** Names with their values; each class comes as a `class` of its own. */
export function attributesOf(text: string): [string, string][] {
  return [...text.matchAll(pair)].map((match) => {
    const bare = match[7];
    if (bare?.startsWith('.')) return ['class', bare.slice(1)];
    if (bare?.startsWith('#')) return ['id', bare.slice(1)];
    if (bare !== undefined) return [bare, bare];
    return [match[1] ?? match[3] ?? match[5]!, match[2] ?? match[4] ?? match[6]!];
  });
}

const list = '\\{:? *([^}\\n ][^}\\n]*) *\\}';
const atEnd = new RegExp(` +${list} *$`, 'u');
const onLastLine = new RegExp(`\\n *${list} *$`, 'u');
const atStart = new RegExp(`^${list}`, 'u');

/** Block nodes whose text may end in a list of attributes, and where it stands. */
const blocks: Record<string, RegExp> = {
  heading: atEnd,
  tableCell: atEnd,
  term: atEnd,
  paragraph: onLastLine,
  bare: onLastLine,
};

/** Sets what attribute lists say on the nodes they belong to, and takes them out of the text. */
export function remarkAttributeLists() {
  return function transform(tree: Node): void {
    visit(tree as Parent, undefined);
  };
}

function visit(node: Parent, parent: Node | undefined): void {
  if (!node.children) return;
  const pattern = blocks[node.type];
  if (pattern) readEnd(node, parent, pattern);
  for (let index = 1; index < node.children.length; index += 1) {
    const text = node.children[index] as { type: string; value?: string };
    const before = node.children[index - 1]!;
    if (text.type !== 'text' || before.type === 'text' || before.type === 'html') continue;
    const match = text.value!.startsWith('{') ? atStart.exec(text.value!) : null;
    if (!match || !isSpan(before)) continue;
    assign(before, match[1]!);
    text.value = text.value!.slice(match[0].length);
  }
  for (const child of node.children) visit(child as Parent, node);
}

const spans = new Set([
  'emphasis',
  'strong',
  'delete',
  'inlineCode',
  'link',
  'image',
  'break',
  'ins',
  'sup',
  'sub',
  'mark',
  'icon',
  'math',
  'keys',
]);

function isSpan(node: Node): boolean {
  return spans.has(node.type);
}

function readEnd(node: Parent, parent: Node | undefined, pattern: RegExp): void {
  const last = node.children[node.children.length - 1] as
    | { type: string; value?: string; data?: unknown }
    | undefined;
  if (last?.type !== 'text' || !last.value!.includes('{')) return;
  const match = pattern.exec(last.value!);
  if (!match) return;
  // A tight list item's text has no paragraph of its own: the attributes are the item's.
  assign(node.type === 'bare' && parent ? parent : node, match[1]!);
  last.value = last.value!.slice(0, match.index);
  if (node.type === 'heading') last.value = last.value.replace(/#+$/u, '').trimEnd();
}

/** Adds attributes to what the node becomes in HTML. */
function assign(node: Node, text: string): void {
  const data: { hProperties?: Record<string, unknown> } = (node.data ??= {});
  const properties = (data.hProperties ??= {});
  for (const [key, value] of attributesOf(text)) {
    if (key !== 'class') {
      properties[key.replace(/[^-\p{L}\p{N}_:.]+/gu, '_')] = value;
      continue;
    }
    const classes = (properties['className'] ??= []) as string[];
    classes.push(value);
  }
}
