/** What a page gets beyond its content: links on headings, tables that scroll, icons, tabs that can be switched. */
import type { Element, Root } from 'hast';

import { findAll, hasClass } from './find.ts';
import { iconFor } from './icons.ts';

export function decorate(tree: Root): void {
  let tabSets = 0;
  for (const { element, parent } of findAll(tree, '*')) {
    if (/^h[1-6]$/u.test(element.tagName)) linkHeading(element);
    else if (element.tagName === 'table') wrapTable(element, parent);
    else if (element.properties['dataIcon'] !== undefined) drawIcon(element);
    else if (hasClass(element, 'tabbed-set')) nameTabs(element, (tabSets += 1));
    rename(element);
  }
}

/** Authors' classes that are also names of the portal's own building blocks. */
const taken = new Set(['card', 'grid', 'icon', 'keys', 'note', 'result']);

function rename({ properties }: Element): void {
  const classes = properties['className'];
  if (!Array.isArray(classes)) return;
  properties['className'] = classes.map((each) => (taken.has(String(each)) ? `doc-${each}` : each));
}

function linkHeading(heading: Element): void {
  const { id } = heading.properties;
  if (id === undefined) return;
  heading.children.push({
    type: 'element',
    tagName: 'a',
    properties: {
      className: ['headerlink'],
      href: `#${encodeURIComponent(String(id))}`,
      ariaLabel: 'Link to this section',
    },
    children: [{ type: 'text', value: '#' }],
  });
}

function wrapTable(table: Element, parent: Root | Element): void {
  const at = parent.children.indexOf(table);
  parent.children[at] = {
    type: 'element',
    tagName: 'div',
    properties: { className: ['table-scroll'], role: 'region', ariaLabel: 'Table', tabIndex: 0 },
    children: [table],
  };
}

function drawIcon(span: Element): void {
  const name = String(span.properties['dataIcon']);
  delete span.properties['dataIcon'];
  span.children = iconFor(name) ?? [];
}

/** Labels become what the script makes tabs of; without it they read as small headings. */
function nameTabs(set: Element, number: number): void {
  set.properties['dataTabs'] = String(number);
  const panels = set.children.filter((child): child is Element => child.type === 'element');
  for (const [index, panel] of panels.entries()) {
    panel.properties['id'] = `tabs-${number}-${index + 1}`;
  }
}
