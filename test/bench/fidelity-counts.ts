/** Counts in a page what the oracle counted in its own. */
import type { Element, Nodes, Root } from 'hast';

export interface Counts {
  headings: [number, string | null, string][];
  admonition: number;
  details: number;
  tabsets: number;
  pre: number;
  tables: number;
  imgs: number;
  links: number;
  footnotes: number;
  math: number;
  tasks: number;
  kbd: number;
  dl: number;
  abbr: number;
  ins: number;
  dele: number;
  mark: number;
  ol: number;
  ul: number;
  li: number;
  blockquote: number;
  words: number;
}

type Counted = Exclude<keyof Counts, 'headings' | 'words'>;

const tests: Record<Counted, (element: Element, classes: readonly string[]) => boolean> = {
  admonition: (_, classes) => classes.includes('admonition'),
  details: (element) => element.tagName === 'details',
  tabsets: (_, classes) => classes.includes('tabbed-set'),
  pre: (element) => element.tagName === 'pre',
  tables: (element) => element.tagName === 'table',
  imgs: (element) => element.tagName === 'img',
  links: (element, classes) =>
    element.tagName === 'a' &&
    element.properties['href'] !== undefined &&
    !classes.includes('headerlink'),
  footnotes: () => false,
  math: (_, classes) => classes.includes('arithmatex'),
  tasks: (_, classes) => classes.includes('task-list-item'),
  kbd: (_, classes) => classes.includes('keys'),
  dl: (element) => element.tagName === 'dl',
  abbr: (element) => element.tagName === 'abbr',
  ins: (element) => element.tagName === 'ins',
  dele: (element) => element.tagName === 'del',
  mark: (element) => element.tagName === 'mark',
  ol: (element) => element.tagName === 'ol',
  ul: (element) => element.tagName === 'ul',
  li: (element) => element.tagName === 'li',
  blockquote: (element) => element.tagName === 'blockquote',
};

export const counted = Object.keys(tests) as Counted[];

export function countsOf(root: Root): Counts {
  const counts = Object.fromEntries(counted.map((key) => [key, 0])) as unknown as Counts;
  counts.headings = [];
  const texts: string[] = [];
  visit(root, false);
  counts.words = texts.join(' ').split(/\s+/u).filter(Boolean).length;
  return counts;

  function visit(node: Nodes, isFootnote: boolean): void {
    const read = asOracleWrote(node);
    if (read !== undefined) texts.push(read);
    if (!('children' in node)) return;
    if (isPicture(node)) {
      counts.imgs += isIcon(node) ? 0 : 1;
      return;
    }
    let isInFootnote = isFootnote;
    if (node.type === 'element') {
      const classes = (node.properties['className'] ?? []) as string[];
      for (const key of counted) if (tests[key](node, classes)) counts[key] += 1;
      if (isFootnote && node.tagName === 'li') counts.footnotes += 1;
      isInFootnote ||= classes.includes('footnote');
      const level = /^h([1-6])$/u.exec(node.tagName);
      if (level)
        counts.headings.push([
          Number(level[1]),
          String(node.properties['id'] ?? ''),
          headingText(node),
        ]);
    }
    for (const child of node.children) visit(child as Nodes, isInFootnote);
  }
}

/** The oracle knew no icons, so their names are words there; emoji were images without words. */
function asOracleWrote(node: Nodes): string | undefined {
  if (node.type === 'text') return node.value;
  return node.type === 'element' && isIcon(node)
    ? `:${String(node.properties['dataIcon'])}:`
    : undefined;
}

function isPicture(node: Nodes): boolean {
  if (node.type !== 'element') return false;
  const classes = (node.properties['className'] ?? []) as string[];
  return classes.includes('emoji') || isIcon(node);
}

function isIcon(node: Nodes): boolean {
  return node.type === 'element' && node.properties['dataIcon'] !== undefined;
}

/** The text as the oracle took it: each piece trimmed, joined by blanks, cut off. */
function headingText(element: Element): string {
  const pieces: string[] = [];
  collect(element);
  return pieces.filter(Boolean).join(' ').slice(0, 200);

  function collect(node: Nodes): void {
    const text = asOracleWrote(node);
    if (text !== undefined) pieces.push(text.trim());
    else if (isPicture(node)) return;
    else if ('children' in node) for (const child of node.children) collect(child as Nodes);
  }
}
