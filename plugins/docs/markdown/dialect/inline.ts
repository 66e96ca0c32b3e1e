/**
 * Reads running text: one rule after the other walks over it and puts a placeholder where it found something, so that
 * later rules see through to what is left. That order, not nesting, is what decides in Python-Markdown.
 */
import type { PhrasingContent } from 'mdast';

import type { Page } from './page.ts';
import { restoreHtml } from '../syntax/html-blocks.ts';
import { close, open, type Draft, type InlineRule, type Source } from './rules.ts';

const place = new RegExp(`${open}([ih])(\\d+)${close}`, 'gu');
/** More spans than any paragraph needs. */
const mostSpans = 20_000;

type Child = string | Draft | PhrasingContent;

/** The nodes of `text`, read by the rules from `from` on. */
export function readInline(
  text: string,
  page: Page,
  ancestors: readonly string[] = [],
): PhrasingContent[] {
  if (!text) return [];
  const reader = new InlineReader(page);
  return reader.resolve(reader.read(text, 0, ancestors), ancestors);
}

class InlineReader {
  readonly #page: Page;
  readonly #rules: readonly InlineRule[];
  #found: { node: Draft | PhrasingContent; written: string }[] = [];
  readonly #source: Source = {
    written: (text) => this.#written(text),
    plain: (text) => this.#plain(text),
  };

  constructor(page: Page) {
    this.#page = page;
    this.#rules = page.syntax.inlines;
  }

  read(text: string, from: number, ancestors: readonly string[]): string {
    let data = text;
    for (let index = from; index < this.#rules.length; index += 1) {
      const rule = this.#rules[index]!;
      if (!rule.triggers.some((trigger) => data.includes(trigger))) continue;
      if (rule.notIn?.some((tag) => ancestors.includes(tag))) continue;
      data = this.#apply(rule, index, data, ancestors);
    }
    return data;
  }

  #apply(rule: InlineRule, index: number, text: string, ancestors: readonly string[]): string {
    const { pattern } = rule;
    let data = text;
    let position = 0;
    for (;;) {
      pattern.lastIndex = position;
      const match = pattern.exec(data);
      if (!match || this.#found.length > mostSpans) return data;
      const result = rule.run(match, data, this.#page, this.#source);
      if (!result) {
        position = match.index + Math.max(1, match[0].length);
        continue;
      }
      if ('skipTo' in result) {
        position = Math.max(result.skipTo, match.index + 1);
        continue;
      }
      const written = data.slice(result.start, result.end);
      const made = this.#keep(result.node, written, index, ancestors);
      data = data.slice(0, result.start) + made + data.slice(result.end);
      position = result.start + made.length;
    }
  }

  /** Reads the text inside a match with the rules that follow, and leaves a placeholder. */
  #keep(
    node: Draft | PhrasingContent | string,
    written: string,
    index: number,
    ancestors: readonly string[],
  ): string {
    // Text that stands for itself, an escape or a stashed thing, is seen by the rules that follow.
    if (typeof node === 'string') return node;
    this.#readChildren(node, index, ancestors);
    this.#found.push({ node, written });
    return `${open}i${this.#found.length - 1}${close}`;
  }

  #written(text: string): string {
    if (!text.includes(open)) return text;
    const inner = text.replace(place, (whole, kind: string, index: string) => {
      if (kind === 'h') return whole;
      return this.#written(this.#found[Number(index)]?.written ?? '');
    });
    return restoreHtml(inner, this.#page);
  }

  #plain(text: string): string {
    if (!text.includes(open)) return text;
    return text.replace(place, (_, kind: string, index: string) => {
      if (kind === 'i') return this.#textOf(this.#found[Number(index)]?.node);
      const stashed = this.#page.stash[Number(index)];
      return stashed?.kind === 'node' ? this.#textOf(stashed.node as PhrasingContent) : '';
    });
  }

  #textOf(node: Child | undefined): string {
    if (node === undefined) return '';
    if (typeof node === 'string') return this.#plain(node);
    if ('value' in node && typeof node.value === 'string') return node.value;
    const children = ('children' in node ? node.children : []) as Child[];
    return children.map((child) => this.#textOf(child)).join('');
  }

  #readChildren(node: Draft | PhrasingContent, index: number, ancestors: readonly string[]): void {
    if (!('children' in node) || !node.children) return;
    const inside = [...ancestors, node.type];
    const children = node.children as Child[];
    for (const [at, child] of children.entries()) {
      if (typeof child === 'string') children[at] = this.read(child, index + 1, inside);
      else this.#readChildren(child, index, inside);
    }
  }

  /** Puts nodes in place of their placeholders. */
  resolve(text: string, ancestors: readonly string[]): PhrasingContent[] {
    const nodes: PhrasingContent[] = [];
    let position = 0;
    if (text.includes(open)) {
      for (const match of text.matchAll(place)) {
        if (match.index > position) pushText(nodes, text.slice(position, match.index));
        position = match.index + match[0].length;
        this.#put(match[1]!, Number(match[2]), nodes, ancestors);
      }
    }
    if (position < text.length) pushText(nodes, text.slice(position));
    return nodes;
  }

  #put(kind: string, index: number, nodes: PhrasingContent[], ancestors: readonly string[]): void {
    if (kind === 'i') {
      const found = this.#found[index];
      if (found) nodes.push(this.#finish(found.node, ancestors));
      return;
    }
    const stashed = this.#page.stash[index];
    if (stashed?.kind === 'html')
      nodes.push({ type: 'html', value: restoreHtml(stashed.value, this.#page) });
    else if (stashed?.kind === 'node') nodes.push(stashed.node as PhrasingContent);
  }

  #finish(node: Draft | PhrasingContent, ancestors: readonly string[]): PhrasingContent {
    if (!('children' in node) || !node.children) return node as PhrasingContent;
    const inside = [...ancestors, node.type];
    node.children = (node.children as Child[]).flatMap((child) =>
      typeof child === 'string' ? this.resolve(child, inside) : [this.#finish(child, inside)],
    ) as never;
    return node as PhrasingContent;
  }
}

function pushText(nodes: PhrasingContent[], value: string): void {
  const last = nodes[nodes.length - 1];
  if (last?.type === 'text' && !last.data) last.value += value;
  else nodes.push({ type: 'text', value });
}
