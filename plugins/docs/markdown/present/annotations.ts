/** Annotations: `(1)` in a comment of code, or in text marked `annotate`, leads to that entry of the list below. */
import type { Element, ElementContent, Root, Text } from 'hast';

import { findAll, hasClass } from './find.ts';

const marker = /\((\d{1,3})\)(!?)/gu;

/** Links the numbers that have an entry. Runs after code is coloured: that tells where its comments are. */
export function linkAnnotations(tree: Root): void {
  let count = 0;
  for (const { element: list, parent } of findAll(tree, 'ol')) {
    const annotated = elementBefore(list, parent);
    if (!annotated || !mayHold(annotated)) continue;
    const notes = new Notes(list, `note-${count + 1}`);
    link(annotated, notes, hasClass(annotated, 'annotate'));
    if (notes.isUsed) count += 1;
  }
}

function elementBefore(list: Element, parent: Root | Element): Element | undefined {
  const at = parent.children.indexOf(list);
  return parent.children
    .slice(0, Math.max(0, at))
    .findLast((child): child is Element => child.type === 'element');
}

function mayHold(element: Element): boolean {
  return (
    hasClass(element, 'annotate') ||
    hasClass(element, 'code-figure') ||
    (element.tagName === 'pre' && hasClass(element, 'code'))
  );
}

/** The entries of one list. It is marked up as soon as something leads to it. */
class Notes {
  readonly #items: Element[];
  readonly #list: Element;
  readonly #prefix: string;
  isUsed = false;

  constructor(list: Element, prefix: string) {
    this.#list = list;
    this.#prefix = prefix;
    this.#items = list.children.filter(
      (child): child is Element => child.type === 'element' && child.tagName === 'li',
    );
  }

  /** A link to an entry; undefined where there is none of that number. */
  linkTo(number: number): Element | undefined {
    const item = this.#items[number - 1];
    if (!item) return undefined;
    if (!this.isUsed) {
      this.isUsed = true;
      const classes = (this.#list.properties['className'] ?? []) as string[];
      this.#list.properties['className'] = [...classes, 'doc-notes'];
    }
    const id = String((item.properties['id'] ??= `${this.#prefix}-${number}`));
    return {
      type: 'element',
      tagName: 'a',
      properties: {
        className: ['doc-note-link'],
        href: `#${encodeURIComponent(id)}`,
        ariaLabel: `Note ${number}`,
      },
      children: [{ type: 'text', value: String(number) }],
    };
  }
}

/** `isOpen` where numbers count as markers: everywhere in marked text, else in comments only. */
function link(element: Element, notes: Notes, isOpen: boolean): void {
  const isComment = hasClass(element, 't-c');
  const counts = isOpen || isComment || hasClass(element, 'annotate');
  element.children = element.children.flatMap((child): ElementContent[] => {
    if (child.type === 'text') return counts ? linkText(child, notes, isComment) : [child];
    if (child.type === 'element' && child.tagName !== 'ol') link(child, notes, counts);
    return [child];
  });
}

function linkText(text: Text, notes: Notes, isComment: boolean): ElementContent[] {
  const output: ElementContent[] = [];
  let position = 0;
  let isBare = false;
  for (const match of text.value.matchAll(marker)) {
    const anchor = notes.linkTo(Number(match[1]));
    if (!anchor) continue;
    isBare ||= match[2] === '!';
    output.push({ type: 'text', value: text.value.slice(position, match.index) }, anchor);
    position = match.index + match[0].length;
  }
  if (output.length === 0) return [text];
  output.push({ type: 'text', value: text.value.slice(position) });
  return isBare && isComment ? output.filter((each) => !isCommentSign(each)) : output;
}

/** With `(1)!` the comment is there for the number alone, and its signs go. */
function isCommentSign(node: ElementContent): boolean {
  return node.type === 'text' && !/[\p{L}\p{N}]/u.test(node.value);
}
