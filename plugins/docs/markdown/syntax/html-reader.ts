/** Takes HTML blocks out of a text: what they are is decided by where their tags stand. */
import { Block, isBlockTag } from '../dialect/block.ts';
import type { TagHandler } from '../dialect/html-tokens.ts';
import type { Page } from '../dialect/page.ts';

const spanTags = new Set('address dd dt h1 h2 h3 h4 h5 h6 legend li p summary td th'.split(' '));
const rawTags = new Set('canvas math option pre script style textarea'.split(' '));
const blankLines = /^(?: *\n){2}/u;

/** How the content of an element with a `markdown` attribute is read. */
export type MarkdownState = 'block' | 'span' | 'off' | undefined;

interface OpenElement {
  block: Block;
  tag: string;
  state: MarkdownState;
}

export class HtmlReader implements TagHandler {
  readonly #source: string;
  readonly #page: Page;
  #clean: string[] = [];
  /** Text of the raw block being read, and the tags open in it. */
  #raw: string[] = [];
  #rawTags: string[] = [];
  #isRaw = false;
  /** Right behind a block, on the same line. */
  #isTail = false;
  /** Open elements whose content is Markdown, with how it is read. */
  #open: OpenElement[] = [];

  constructor(source: string, page: Page) {
    this.#source = source;
    this.#page = page;
  }

  finish(): string {
    if (this.#open.length > 0) this.#closeTo(this.#open[0]!.tag, this.#source.length);
    if (this.#raw.length > 0) this.#clean.push(this.#page.storeHtml(this.#raw.join('')));
    return this.#clean.join('');
  }

  holdsData(name: string): boolean {
    return this.#isRaw && (name === 'script' || name === 'style');
  }

  mayDeclare(at: number): boolean {
    return this.#startsLine(at) || this.#isTail || this.#open.length > 0;
  }

  startTag(name: string, attributes: Map<string, string | null>, source: string, at: number): void {
    const mayStart = this.#startsLine(at) || this.#isTail;
    if (name === 'hr' && mayStart) {
      this.#emptyTag(source, at, true);
      return;
    }
    const isBlock = isBlockTag(name) || (name === 'summary' && this.#open.length > 0);
    if (!isBlock || !mayStart) {
      if (this.#isRaw) this.#pushRaw(name, source);
      else this.#inlineTag(source);
      return;
    }
    const state = this.#stateOf(name, attributes.get('markdown'), attributes.has('markdown'));
    if (this.#isRaw || ((state === undefined || state === 'off') && this.#open.length === 0)) {
      this.#startRaw(name, withoutMarkdown(source), at);
      return;
    }
    if (this.#open.some((each) => each.tag === 'p')) this.#closeTo('p', at);
    const kept = [...attributes].filter(([key]) => key !== 'markdown' && safeName.test(key));
    const block = new Block(name, Object.fromEntries(kept.map(([k, v]) => [k, v ?? k])));
    this.#open[this.#open.length - 1]?.block.append(block);
    this.#open.push({ block, tag: name, state });
  }

  startEndTag(
    name: string,
    _attributes: Map<string, string | null>,
    source: string,
    at: number,
  ): void {
    this.#emptyTag(source, at, isBlockTag(name));
  }

  endTag(name: string, source: string, at: number): void {
    if (this.#isRaw) {
      this.#endRaw(name, source, at);
      return;
    }
    const isOpen = this.#open.some((each) => each.tag === name);
    if (isOpen && (isBlockTag(name) || name === 'summary')) this.#closeTo(name, at + source.length);
    else this.#inlineTag(source);
  }

  data(text: string): void {
    if (this.#isTail && text.includes('\n')) this.#isTail = false;
    if (this.#isRaw) this.#raw.push(text);
    else if (this.#open.length > 0) this.#addText(text);
    else this.#clean.push(text);
  }

  comment(source: string, at: number): void {
    this.#emptyTag(source, at, true);
  }

  declaration(source: string, at: number): void {
    this.#emptyTag(source, at, true);
  }

  #startsLine(at: number): boolean {
    const start = this.#source.lastIndexOf('\n', at - 1) + 1;
    return at - start <= 3 && this.#source.slice(start, at).trim() === '';
  }

  /** How the content of an element is read, given what surrounds it. */
  #stateOf(tag: string, value: string | null | undefined, isSet: boolean): MarkdownState {
    let mode = isSet ? (value ?? '1') : '0';
    if (mode === 'markdown' || mode === '') mode = '1';
    const around = this.#open[this.#open.length - 1]?.state;
    if (around === 'off' || (around === 'span' && mode !== '0')) mode = around;
    const isSpan = spanTags.has(tag);
    const isBlock = isBlockTag(tag) && !isSpan && !rawTags.has(tag) && tag !== 'hr';
    if ((mode === '1' && isBlock) || (mode === 'block' && (isBlock || isSpan))) return 'block';
    if ((mode === '1' && isSpan) || (mode === 'span' && (isBlock || isSpan))) return 'span';
    return 'off';
  }

  #startRaw(name: string, source: string, at: number): void {
    if (!this.#isRaw && (this.#isTail || this.#startsLine(at))) {
      this.#isRaw = true;
      this.#clean.push('\n');
    }
    this.#pushRaw(name, source);
  }

  #pushRaw(name: string, source: string): void {
    if (!voidTags.has(name)) this.#rawTags.push(name);
    this.#raw.push(source);
  }

  #endRaw(name: string, source: string, at: number): void {
    this.#raw.push(source);
    const opened = this.#rawTags.lastIndexOf(name);
    if (opened !== -1) this.#rawTags.length = opened;
    if (this.#rawTags.length > 0) return;
    if (blankLines.test(this.#source.slice(at + source.length, at + source.length + 200))) {
      this.#raw.push('\n');
    } else {
      this.#isTail = true;
    }
    this.#isRaw = false;
    this.#clean.push(this.#page.storeHtml(this.#raw.join('')), '\n\n');
    this.#raw = [];
  }

  #emptyTag(source: string, at: number, isBlock: boolean): void {
    const startsLine = this.#startsLine(at);
    if (this.#open.length > 0 && !this.#isRaw) {
      const place = this.#page.storeHtml(source);
      this.data(startsLine && isBlock ? `\n${place}\n\n` : place);
      return;
    }
    if (this.#isRaw || this.#isTail) {
      this.#raw.push(source);
      return;
    }
    if (!startsLine || !isBlock) {
      this.#clean.push(source);
      return;
    }
    let stored = source;
    if (blankLines.test(this.#source.slice(at + source.length, at + source.length + 200))) {
      stored += '\n';
    } else {
      this.#isTail = true;
    }
    this.#separate();
    this.#clean.push(this.#page.storeHtml(stored), '\n\n');
  }

  /** A block placed right under text gets a line of its own. */
  #separate(): void {
    const last = this.#clean[this.#clean.length - 1] ?? '';
    if (last.endsWith('\n') && !last.endsWith('\n\n')) this.#clean.push('\n');
  }

  #inlineTag(source: string): void {
    const state = this.#open[this.#open.length - 1]?.state;
    this.data(state === 'off' ? this.#page.storeHtml(source) : source);
  }

  #addText(text: string): void {
    const { block } = this.#open[this.#open.length - 1]!;
    if (block.last) block.last.tail += text;
    else block.text += text;
  }

  #closeTo(tag: string, end: number): void {
    let closed: OpenElement | undefined;
    while (this.#open.length > 0) {
      closed = this.#open.pop()!;
      closed.block.data['markdown'] = closed.state;
      if (closed.tag === tag) break;
    }
    if (this.#open.length > 0 || !closed) return;
    this.#separate();
    this.#clean.push(this.#page.storeBlock(closed.block), '\n\n');
    if (!blankLines.test(this.#source.slice(end, end + 200))) this.#isTail = true;
  }
}

const voidTags = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
);
const safeName = /^[a-z][-a-z0-9:_]*$/u;

function withoutMarkdown(source: string): string {
  return source.replace(/\s+markdown(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+))?(?=[\s/>])/iu, '');
}
