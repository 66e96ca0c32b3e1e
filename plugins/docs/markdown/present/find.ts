import type { Element, Root, RootContent } from 'hast';

export interface Found {
  element: Element;
  parent: Root | Element;
}

/** Elements of one name with what holds them, in document order; a `*` finds all. */
export function findAll(tree: Root | Element, tagName: string): Found[] {
  const found: Found[] = [];
  visit(tree);
  return found as (Found & { parent: Element })[];

  function visit(parent: Root | Element): void {
    for (const child of parent.children) {
      if (child.type !== 'element') continue;
      if (tagName === '*' || child.tagName === tagName) found.push({ element: child, parent });
      visit(child);
    }
  }
}

export function hasClass(element: Element, name: string): boolean {
  const classes = element.properties['className'];
  return Array.isArray(classes) && classes.includes(name);
}

/** All text below a node. */
export function textOf(node: Root | RootContent): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map((child) => textOf(child)).join('') : '';
}
