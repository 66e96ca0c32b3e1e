/** Fenced code as SuperFences reads it: also nested in lists and quotes, with titles, line numbers and marked lines. */
import type { Code } from 'mdast';

import { attributesOf } from './attribute-lists.ts';
import type { Page } from '../dialect/page.ts';
import type { SourceRule } from '../dialect/rules.ts';

/** What the info string of a fence says. */
export interface CodeInfo {
  language: string;
  title?: string;
  /** First line's number. */
  lineNumbers?: number;
  /** Numbers of the lines to mark. */
  marked?: number[];
  /** Numbers in parentheses are markers everywhere, not only in comments. */
  isAnnotated?: boolean;
  classes: string[];
  id?: string;
}

const fenceStart =
  /(~{3,}|`{3,})[ \t]*(?:(\{([^}\n]*)\})?|(?:\.?([\p{L}\p{N}_#.+-]*))?[ \t]*((?:(?:\b[a-zA-Z][a-zA-Z0-9_]*(?:=(["']).*?\6)?[ \t]*)|)*))[ \t]*$/uy;
const option = /([a-zA-Z][a-zA-Z0-9_]*)(?:=(["'])(.*?)\2)?/gu;

/** With `hasOptions` false, `title=` and its like make no fence: SuperFences without Pygments. */
export function fences(hasOptions = true): SourceRule {
  return {
    name: 'fences',
    priority: 25,
    run(source, page) {
      if (!source.includes('```') && !source.includes('~~~')) return source;
      return new FenceReader(source.split('\n'), page, hasOptions).read();
    },
  };
}

interface Fence {
  info: CodeInfo;
  first: string;
  prefix: string;
  mark: RegExp;
  quotes: number;
  start: number;
  code: string[];
  emptyLines: number;
  tail: string;
}

class FenceReader {
  readonly #lines: string[];
  readonly #page: Page;
  readonly #hasOptions: boolean;
  #fence: Fence | undefined;
  #output: string[] = [];

  constructor(lines: string[], page: Page, hasOptions: boolean) {
    this.#lines = lines;
    this.#page = page;
    this.#hasOptions = hasOptions;
  }

  read(): string {
    let unmatched: string[] = [];
    for (const [index, line] of this.#lines.entries()) {
      if (!this.#fence) {
        this.#fence = this.#begin(line, index);
        unmatched = [line];
        if (!this.#fence) this.#output.push(line);
        continue;
      }
      unmatched.push(line);
      const verdict = this.#next(this.#fence, line);
      if (verdict === 'inside') continue;
      if (verdict === 'end') this.#store(this.#fence, line);
      else this.#output.push(...unmatched);
      this.#fence = undefined;
    }
    if (this.#fence) this.#output.push(...unmatched);
    return this.#output.join('\n');
  }

  #begin(line: string, start: number): Fence | undefined {
    const prefix = /^[> ]*/u.exec(line)![0];
    fenceStart.lastIndex = prefix.length;
    const match = fenceStart.exec(line);
    if (!match) return undefined;
    const info = match[3] === undefined ? this.#options(match) : braces(match[3]);
    if (!info) return undefined;
    return {
      info,
      first: line,
      prefix,
      mark: new RegExp(`^${match[1]}[ \\t]*$`, 'u'),
      quotes: prefix.split('>').length - 1,
      start,
      code: [],
      emptyLines: 0,
      tail: '',
    };
  }

  #options(match: RegExpExecArray): CodeInfo | undefined {
    const values = [...(match[5] ?? '').matchAll(option)].map(
      (each) => [each[1]!, each[3] ?? each[1]!] as const,
    );
    if (!this.#hasOptions && values.length > 0) return undefined;
    const info: CodeInfo = { language: match[4] ?? '', classes: [] };
    return values.every(([key, value]) => setOption(info, key, value)) ? info : undefined;
  }

  #next(fence: Fence, line: string): 'inside' | 'end' | 'broken' {
    const width = fence.prefix.length;
    let at = 0;
    while (at < width && (line[at] === '>' || line[at] === ' ')) at += 1;
    const prefix = line.slice(0, at);
    const content = line.slice(at);
    const quotes = prefix.split('>').length - 1;
    if (fence.quotes > 0) return this.#nextQuoted(fence, prefix, content, quotes);
    if (quotes > 0) return 'broken';
    if (line.trim() === '') return this.#push(fence, prefix + content);
    if (prefix.length !== width && content !== '') return 'broken';
    if (fence.mark.test(content)) return 'end';
    return this.#push(fence, prefix + content);
  }

  #nextQuoted(
    fence: Fence,
    prefix: string,
    content: string,
    quotes: number,
  ): 'inside' | 'end' | 'broken' {
    if (quotes > fence.quotes) return 'broken';
    if (content === '') {
      fence.emptyLines += 1;
      return this.#push(fence, prefix + content);
    }
    if (prefix.length < fence.prefix.length) return 'broken';
    if (fence.emptyLines > 0 && quotes < fence.quotes) return 'broken';
    if (fence.mark.test(content)) return 'end';
    fence.emptyLines = 0;
    return this.#push(fence, prefix + content);
  }

  #push(fence: Fence, line: string): 'inside' {
    fence.code.push(line);
    return 'inside';
  }

  #store(fence: Fence, last: string): void {
    const width = fence.prefix.length;
    const value = fence.code.map((line) => line.slice(width)).join('\n');
    const place = this.#page.store({ kind: 'node', node: codeNode(value, fence.info) });
    this.#page.fences.set(this.#page.stash.length - 1, {
      source: [fence.first, ...fence.code, last].join('\n'),
      indent: width,
    });
    this.#output.push(fence.prefix + place);
  }
}

export function codeNode(value: string, info: CodeInfo): Code {
  return { type: 'code', lang: info.language || null, value, data: { info } as never };
}

/** What a highlighter needs to know beyond the language. */
export function infoText(info: CodeInfo): string | undefined {
  const { language: _language, classes: _classes, id: _id, ...rest } = info;
  return Object.keys(rest).length > 0 ? JSON.stringify(rest) : undefined;
}

/** A code block inside raw HTML, which is parsed as a whole. */
export function codeHtml(node: Code): string {
  const info = (node.data as { info?: CodeInfo } | undefined)?.info;
  const text = info && infoText(info);
  const language = node.lang ? ` class="language-${escapeHtml(node.lang)}"` : '';
  const data = text ? ` data-info="${escapeHtml(text)}"` : '';
  return `<pre><code${language}${data}>${escapeHtml(node.value)}\n</code></pre>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function setOption(info: CodeInfo, key: string, value: string): boolean {
  if (key === 'title') info.title = value;
  else if (key === 'linenums' && /^\d+/u.test(value)) info.lineNumbers = Number.parseInt(value, 10);
  else if (key === 'hl_lines' && /^\d[\d\s-]*$/u.test(value)) info.marked = ranges(value);
  else return false;
  return true;
}

/** `1-3 7` as numbers; a range is cut off where no code block reaches. */
function ranges(value: string): number[] {
  return value
    .trim()
    .split(/\s+/u)
    .flatMap((part) => {
      const [from = 0, to = from] = part.split('-').map(Number);
      return Array.from(
        { length: Math.min(Math.max(0, to - from + 1), 5_000) },
        (_, i) => from + i,
      );
    });
}

function braces(text: string): CodeInfo {
  const info: CodeInfo = { language: '', classes: [] };
  for (const [key, value] of attributesOf(text)) {
    if (key === 'class') info.classes.push(value);
    else if (key === 'id') info.id = value;
    else setOption(info, key, value);
  }
  info.language = info.classes.shift() ?? '';
  if (info.classes.includes('annotate')) info.isAnnotated = true;
  return info;
}
