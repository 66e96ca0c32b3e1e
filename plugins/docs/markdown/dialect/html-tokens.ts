/**
 * Finds tags in text the way Python's HTML parser does. What it calls a tag decides where HTML blocks start and end,
 * so its tolerance of broken markup is kept, including the characters Python-Markdown excludes from names.
 */
export interface TagHandler {
  startTag(name: string, attributes: Map<string, string | null>, source: string, at: number): void;
  startEndTag(
    name: string,
    attributes: Map<string, string | null>,
    source: string,
    at: number,
  ): void;
  endTag(name: string, source: string, at: number): void;
  data(text: string): void;
  comment(source: string, at: number): void;
  declaration(source: string, at: number): void;
  /** `<!…>` and `<?…?>` count only where a block may start. */
  mayDeclare(at: number): boolean;
  /** Whether the content of this tag is not searched for tags: `script` and `style` outside code spans. */
  holdsData(name: string): boolean;
}

const tagOpen =
  /<[a-zA-Z][^`\t\n\r\f />\0]*(?:[\s/]*(?:(?<=['"\s/])[^`\s/>][^\s/=>]*(?:\s*=+\s*(?:'[^']*'|"[^"]*"|(?!['"])[^`>\s]*)(?:\s*,)*)?(?:\s|\/(?!>))*)*)?\s*/uy;
const tagName = /([a-zA-Z][^\t\n\r\f />\0]*)(?:\s|\/(?!>))*/uy;
const attribute =
  /((?<=['"\s/])[^\s/>][^\s/=>]*)(\s*=+\s*('[^']*'|"[^"]*"|(?!['"])[^>\s]*))?(?:\s|\/(?!>))*/uy;
const endTagExact = /<\/\s*([a-zA-Z][-.a-zA-Z0-9:_]*)\s*>/uy;

export function walkTags(text: string, handler: TagHandler): void {
  let at = 0;
  let rawName = '';

  while (at < text.length) {
    const next = nextTag(text, at, rawName);
    if (next > at) handler.data(text.slice(at, next));
    at = next;
    if (at >= text.length) return;
    at = tag(at);
  }

  function tag(start: number): number {
    if (text.startsWith('</', start)) return end(start);
    if (text.startsWith('<!--', start)) return comment(start);
    if (text.startsWith('<?', start)) return declaration(start, '?>', 2);
    if (text.startsWith('<!', start)) return declaration(start, '>', 2);
    if (/[a-zA-Z]/u.test(text[start + 1] ?? '')) return begin(start);
    handler.data('<');
    return start + 1;
  }

  function begin(start: number): number {
    tagOpen.lastIndex = start;
    let stop = start + (tagOpen.exec(text)?.[0].length ?? 0);
    if (text[stop] === '>') stop += 1;
    else if (text.startsWith('/>', stop)) stop += 2;
    else if (stop >= text.length || /[a-zA-Z=/]/u.test(text[stop]!)) return data(start, start + 1);

    tagName.lastIndex = start + 1;
    const name = tagName.exec(text);
    if (!name) return data(start, start + 1);
    let position = tagName.lastIndex;
    const attributes = new Map<string, string | null>();
    while (position < stop) {
      attribute.lastIndex = position;
      const match = attribute.exec(text);
      if (!match || match[0] === '') break;
      attributes.set(match[1]!.toLowerCase(), match[2] ? unquote(match[3]!) : null);
      position = attribute.lastIndex;
    }
    const ending = text.slice(position, stop).trim();
    if (ending !== '>' && ending !== '/>') return data(start, stop);
    const source = text.slice(start, stop);
    const tag = name[1]!.toLowerCase();
    if (ending === '/>') {
      handler.startEndTag(tag, attributes, source, start);
      return stop;
    }
    handler.startTag(tag, attributes, source, start);
    if (handler.holdsData(tag)) rawName = tag;
    return stop;
  }

  function end(start: number): number {
    const stop = text.indexOf('>', start + 1);
    if (stop === -1) return unfinished(start);
    endTagExact.lastIndex = start;
    const exact = endTagExact.exec(text);
    tagName.lastIndex = start + 2;
    const name = exact ?? (rawName ? null : tagName.exec(text));
    if (!name) return data(start, stop + 1);
    const tag = name[1]!.toLowerCase();
    if (rawName && tag !== rawName) return data(start, stop + 1);
    rawName = '';
    handler.endTag(tag, text.slice(start, stop + 1), start);
    return stop + 1;
  }

  function comment(start: number): number {
    const closing = /--\s*>/gu;
    closing.lastIndex = start + 4;
    const match = closing.exec(text);
    if (!match) return unfinished(start);
    const stop = match.index + match[0].length;
    if (match[0] !== '-->') {
      // `-- >` does not close for Markdown: the `<` is text and the search goes on right behind it.
      return data(start, start + 1);
    }
    handler.comment(text.slice(start, stop), start);
    return stop;
  }

  function declaration(start: number, closing: string, width: number): number {
    if (!handler.mayDeclare(start)) return data(start, start + width);
    const found = text.indexOf(closing, start + width);
    if (found === -1) return unfinished(start);
    const stop = found + closing.length;
    handler.declaration(text.slice(start, stop), start);
    return stop;
  }

  /** A tag that never closes is text up to the next bracket. */
  function unfinished(start: number): number {
    const greater = text.indexOf('>', start + 1);
    const less = text.indexOf('<', start + 1);
    if (greater !== -1) return data(start, greater + 1);
    return data(start, less === -1 ? start + 1 : less);
  }

  function data(start: number, stop: number): number {
    handler.data(text.slice(start, stop));
    return stop;
  }
}

function nextTag(text: string, from: number, rawName: string): number {
  if (!rawName) {
    const found = text.indexOf('<', from);
    return found === -1 ? text.length : found;
  }
  const closing = new RegExp(`</${rawName}\\s*>`, 'giu');
  closing.lastIndex = from;
  return closing.exec(text)?.index ?? text.length;
}

function unquote(value: string): string {
  const quoted = /^(['"])(.*)\1$/su.exec(value);
  return quoted ? quoted[2]! : value;
}
