/** A file's text, and what is unusual about its bytes. */
export interface DecodedText {
  text: string;
  /** `utf-16`: by its byte order mark. `not-utf-8`: some bytes are shown as U+FFFD. `binary`: it holds NUL bytes. */
  trouble?: 'utf-16' | 'not-utf-8' | 'binary';
  /** Offset of the first character in trouble. */
  offset: number;
}

/** Text of a UTF-8 file without its byte order mark; other encodings are read as well as they can be. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const mark = (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0);
  if (mark === 0xfffe || mark === 0xfeff) {
    const text = new TextDecoder(mark === 0xfffe ? 'utf-16le' : 'utf-16be').decode(bytes);
    return { text, trouble: 'utf-16', offset: 0 };
  }
  const text = new TextDecoder('utf-8').decode(bytes);
  const nul = text.indexOf('\0');
  if (nul !== -1) return { text, trouble: 'binary', offset: nul };
  const replaced = text.indexOf('\uFFFD');
  if (replaced !== -1 && !isUtf8(bytes)) return { text, trouble: 'not-utf-8', offset: replaced };
  return { text, offset: 0 };
}

/** A file may hold a real U+FFFD. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Line and column of an offset, both from 1. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - lastBreak };
}
