import type { Element, ElementContent, Root, RootContent } from 'hast';

export interface Section {
  title: string;
  /** Empty for what stands above the first heading. */
  anchor: string;
  text: string;
}

/** The text of a page by its headings, for search. */
export function sectionsOf(tree: Root): Section[] {
  const sections: Section[] = [{ title: '', anchor: '', text: '' }];
  visit(tree);
  return sections
    .map((each) => ({ ...each, text: each.text.replace(/\s+/gu, ' ').trim() }))
    .filter((each) => each.text || each.anchor);

  function visit(node: Root | RootContent | ElementContent): void {
    if (node.type === 'text') {
      sections[sections.length - 1]!.text += node.value;
      return;
    }
    if (node.type === 'element' && /^h[1-6]$/u.test(node.tagName)) {
      const anchor = String(node.properties['id'] ?? '');
      sections.push({ title: plain(node).trim(), anchor, text: '' });
      return;
    }
    if (!('children' in node)) return;
    for (const child of node.children) visit(child);
    if (node.type === 'element' && !inlineTags.has(node.tagName)) {
      sections[sections.length - 1]!.text += ' ';
    }
  }
}

const inlineTags = new Set(
  'a abbr b bdi bdo code del dfn em i ins kbd mark q s samp small span strong sub sup u var'.split(
    ' ',
  ),
);

function plain(node: Element | ElementContent): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map((child) => plain(child)).join('') : '';
}
