import { limits } from './limits.ts';

/** A word, sign or text of a protobuf file, with the comment right before it. */
export interface Token {
  text: string;
  line: number;
  column: number;
  comment?: string | undefined;
}

/** Something a protobuf file may not hold. */
export class ProtoError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(message: string, { line, column }: { line: number; column: number }) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

const pattern =
  /(?<space>\s+)|(?<comment>\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(?<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[.\w]+(?:[+-]\d+)?|[^\s\w])/y;

/** Splits a protobuf file into tokens. */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let lineStart = 0;
  let comment: string[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < source.length) {
    const start = pattern.lastIndex;
    const groups = pattern.exec(source)?.groups;
    if (!groups) break;
    const { space, comment: note, text } = groups;
    const place = { line, column: start - lineStart + 1 };
    for (let at = start; at < pattern.lastIndex; at++)
      if (source[at] === '\n') {
        line++;
        lineStart = at + 1;
      }
    // A blank line parts a comment from what follows; one on the line of the token before belongs to that.
    if (space !== undefined && /\n\s*\n/.test(space)) comment = [];
    if (note !== undefined && tokens.at(-1)?.line !== place.line) comment.push(bare(note));
    if (text === undefined) continue;
    if (tokens.length >= limits.tokens)
      throw new ProtoError(`it holds more than ${limits.tokens.toLocaleString('en')} words`, place);
    tokens.push({ text, ...place, ...(comment.length > 0 && { comment: comment.join('\n') }) });
    comment = [];
  }
  return tokens;
}

function bare(comment: string): string {
  return comment
    .replace(/^\/\/+ ?|^\/\*+|\*\/$/g, '')
    .replace(/^[ \t]*\* ?/gm, '')
    .trim();
}
