import { rehype } from 'rehype';
import rehypeSanitize from 'rehype-sanitize';
import { remark } from 'remark';
import remarkGfm from 'remark-gfm';
import remarkRehype from 'remark-rehype';

import { safeUrl } from './safe-url.ts';

interface Node {
  type: string;
  value?: string;
  alt?: string;
  tagName?: string;
  properties?: Record<string, unknown>;
  children?: Node[];
}

const parser = remark().use(remarkGfm).use(showAsText);
const toHtmlTree = remark()
  .use(remarkRehype)
  .use(rehypeSanitize, {
    tagNames: ['p', 'br', 'strong', 'em', 'del', 'code', 'a'],
    attributes: { a: ['href'] },
    strip: [],
  })
  .use(keepSafeLinks);
const printer = rehype();

/** Longer descriptions are cut before they are parsed. */
const longest = 20_000;

/** Text written as inline Markdown, as HTML that can do nothing but be read: emphasis, code, safe links, paragraphs. */
export function inlineMarkdown(text: string): string {
  const source = text.length > longest ? `${text.slice(0, longest)}…` : text;
  if (isPlain(source)) return escape(source);
  const tree = toHtmlTree.runSync(parser.runSync(parser.parse(source)) as never) as Node;
  const paragraphs = (tree.children ?? []).filter(({ type }) => type === 'element');
  const only =
    paragraphs.length === 1 && paragraphs[0]?.tagName === 'p' ? paragraphs[0] : undefined;
  return printer.stringify({
    type: 'root',
    children: only?.children ?? tree.children ?? [],
  } as never);
}

/** Most descriptions hold no Markdown at all; parsing ten thousand of them would be felt. */
function isPlain(text: string): boolean {
  return !/[*_`[\]<>!\\~#|&\n@]|https?:|www\.|^\s|^\d+[.)]|^[-+=]/.test(text);
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** HTML a contributor wrote is shown as they wrote it; a picture becomes its words. */
function showAsText() {
  return (tree: unknown): void =>
    walk(tree as Node, (node) => {
      if (node.type === 'image') node.value = node.alt ?? '';
      if (node.type === 'html' || node.type === 'image') node.type = 'text';
    });
}

/** Links nowhere safe, or relative to a repository the reader is not in, become plain text. */
function keepSafeLinks() {
  return (tree: unknown): void =>
    walk(tree as Node, (node) => {
      if (node.tagName !== 'a') return;
      const href = safeUrl(String(node.properties?.['href'] ?? ''));
      if (!href) node.tagName = 'span';
      node.properties = href ? { href, rel: ['noopener', 'noreferrer'] } : {};
    });
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const child of node.children ?? []) walk(child, visit);
}
