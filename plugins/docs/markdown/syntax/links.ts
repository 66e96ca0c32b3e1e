/** `[text](url "title")`, `![alt](url)` and their forms by reference. */
import {
  unescape,
  type Draft,
  type InlineResult,
  type InlineRule,
  type Source,
} from '../dialect/rules.ts';

const bracket = /(?<!!)\[/gu;
const imageBracket = /!\[/gu;

export const linkRules: readonly InlineRule[] = [
  rule('reference', 170, bracket, byReference(link, false)),
  rule('link', 160, bracket, direct(link)),
  rule('image', 150, imageBracket, direct(image)),
  rule('image-reference', 140, imageBracket, byReference(image, false)),
  rule('short-reference', 130, bracket, byReference(link, true)),
  rule('short-image-reference', 125, imageBracket, byReference(image, true)),
];

type Make = (
  text: string,
  target: { url: string; title: string | undefined },
  source: Source,
) => Draft;

function rule(name: string, priority: number, pattern: RegExp, run: InlineRule['run']): InlineRule {
  return { name, priority, triggers: ['['], pattern: new RegExp(pattern), run };
}

function link(text: string, target: Parameters<Make>[1], source: Source): Draft {
  return { type: 'link', ...attributes(target, source), children: [text] };
}

function image(text: string, target: Parameters<Make>[1], source: Source): Draft {
  return { type: 'image', ...attributes(target, source), alt: unescape(source.plain(text)) };
}

/** Attribute values hold no spans: an address stays as it was written, a title as it reads. */
function attributes({ url, title }: Parameters<Make>[1], source: Source): Record<string, unknown> {
  return {
    url: unescape(source.written(url)),
    ...(title && { title: unescape(source.plain(title)) }),
  };
}

function direct(make: Make): InlineRule['run'] {
  return function run(match, text, _page, source): InlineResult {
    const label = closingBracket(text, match.index + match[0].length);
    if (!label || text[label.end] !== '(') return undefined;
    const target = readTarget(text, label.end);
    if (!target) return undefined;
    return {
      node: make(label.text, target, source),
      start: match.index,
      end: target.end,
    };
  };
}

function byReference(make: Make, isShort: boolean): InlineRule['run'] {
  return function run(match, text, page, source): InlineResult {
    const label = closingBracket(text, match.index + match[0].length);
    if (!label) return undefined;
    let { end } = label;
    let name = label.text;
    if (!isShort) {
      const second = /\s?\[([^\]]*)\]/suy;
      second.lastIndex = end;
      const found = second.exec(text);
      if (!found) return undefined;
      name = found[1] || label.text;
      end = second.lastIndex;
    }
    const reference = page.references.get(name.toLowerCase().replace(/\s+/gu, ' '));
    if (!reference) return { skipTo: end };
    return { node: make(label.text, reference, source), start: match.index, end };
  };
}

/** The text up to the bracket that closes, brackets inside it paired. */
function closingBracket(text: string, from: number): { text: string; end: number } | undefined {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === ']') depth -= 1;
    else if (text[at] === '[') depth += 1;
    if (depth === 0) return { text: text.slice(from, at), end: at + 1 };
  }
  return undefined;
}

interface Target {
  url: string;
  title: string | undefined;
  end: number;
}

const angled = /\(\s*<([^<>]*)>\s*(?:('[^']*'|"[^"]*")\s*)?\)/suy;

function readTarget(text: string, from: number): Target | undefined {
  angled.lastIndex = from;
  const match = angled.exec(text);
  if (match) {
    return { url: match[1]!.trim(), title: match[2]?.slice(1, -1), end: angled.lastIndex };
  }
  return new TargetReader(text, from).read();
}

/**
 * A target in parentheses: parentheses pair up in it, and a quoted title may end it. Quotes that turn out not to be a
 * title must not hide the closing parenthesis, so the position where it would have closed is kept.
 */
class TargetReader {
  readonly #text: string;
  readonly #start: number;
  #depth = 1;
  #fallbackDepth = 1;
  #fallback = -1;
  #quotes: { mark: string; start: number; end: number }[] = [];

  constructor(text: string, from: number) {
    this.#text = text;
    const spaces = /\s*/uy;
    spaces.lastIndex = from + 1;
    this.#start = from + 1 + (spaces.exec(text)?.[0].length ?? 0);
  }

  read(): Target | undefined {
    let last = '';
    for (let at = this.#start; at < this.#text.length; at += 1) {
      const character = this.#text[at]!;
      this.#see(character, at, last);
      if (this.#depth === 0) return this.#result(at + 1, last);
      if (character !== ' ') last = character;
    }
    if (this.#fallbackDepth !== 0) return undefined;
    return {
      url: this.#text.slice(this.#start, this.#fallback - 1).trim(),
      title: undefined,
      end: this.#fallback,
    };
  }

  #see(character: string, at: number, last: string): void {
    const inQuotes = this.#quotes.length > 0;
    if (character === '(') {
      if (!inQuotes) this.#depth += 1;
      else if (this.#fallbackDepth > 0) this.#fallbackDepth -= 1;
    } else if (character === ')') {
      if (this.#quotes.some((quote) => quote.end !== -1 && quote.mark === last)) this.#depth = 0;
      else if (!inQuotes) this.#depth -= 1;
      else if (this.#fallbackDepth > 0) this.#closeFallback(at);
    } else if (character === '"' || character === "'") {
      this.#seeQuote(character, at);
    }
  }

  #closeFallback(at: number): void {
    this.#fallbackDepth -= 1;
    if (this.#fallbackDepth === 0) this.#fallback = at + 1;
  }

  #seeQuote(mark: string, at: number): void {
    const [first, second] = this.#quotes;
    if (!first) {
      this.#fallbackDepth = this.#depth;
      this.#depth = 1;
      this.#quotes.push({ mark, start: at + 1, end: -1 });
    } else if (mark !== first.mark && !second) {
      this.#quotes.push({ mark, start: at + 1, end: -1 });
    } else {
      const quote = mark === first.mark ? first : second!;
      quote.end = at + 1;
    }
  }

  #result(end: number, last: string): Target {
    const quote = this.#quotes.find((each) => each.end >= 0 && each.mark === last);
    if (!quote) {
      return { url: this.#text.slice(this.#start, end - 1).trim(), title: undefined, end };
    }
    const title = this.#text.slice(quote.start, quote.end - 1).trim();
    return {
      url: this.#text.slice(this.#start, quote.start - 1).trim(),
      title: title.replace(/\s/gu, ' '),
      end,
    };
  }
}
