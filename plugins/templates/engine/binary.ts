const scannedBytes = 512;

/**
 * Whether a file is copied instead of rendered. The rules are those of `isbinaryfile` 5, which Backstage asks:
 * zero bytes, PDF, or more than a tenth of the first bytes being neither ASCII nor UTF-8.
 */
export function isBinary(bytes: Uint8Array): boolean {
  if (bytes.length === 0) return false;
  const total = Math.min(bytes.length, scannedBytes + 3);
  const scanned = Math.min(total, scannedBytes);
  if (textMarks.some((mark) => startsWith(bytes, mark))) return false;
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46, 0x2d])) return true;
  if (startsWith(bytes, [0xfe, 0xff]) || startsWith(bytes, [0xff, 0xfe])) return false;
  let suspicious = 0;
  for (let at = 0; at < scanned; at++) {
    const byte = bytes[at]!;
    if (byte === 0) return true;
    if ((byte >= 7 && byte <= 14) || (byte >= 32 && byte <= 127)) continue;
    const { length, isValid } = sequenceAt(bytes, at, total);
    at += length;
    if (isValid) continue;
    suspicious++;
    if (at >= 32 && (suspicious * 100) / scanned > 10) return true;
  }
  if ((suspicious * 100) / scanned > 10) return true;
  return suspicious > 1 && isProtocolBuffer(bytes, scanned);
}

/** UTF-8, UTF-32 and GB-18030 byte order marks. */
const textMarks = [
  [0xef, 0xbb, 0xbf],
  [0x00, 0x00, 0xfe, 0xff],
  [0xff, 0xfe, 0x00, 0x00],
  [0x84, 0x31, 0x95, 0x33],
];

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}

/** Bytes after the first of a UTF-8 sequence; an invalid one still uses up its second byte, as upstream does. */
function sequenceAt(
  bytes: Uint8Array,
  at: number,
  total: number,
): { length: number; isValid: boolean } {
  const byte = bytes[at]!;
  function isTail(index: number) {
    return bytes[index]! >= 0x80 && bytes[index]! <= 0xbf;
  }
  const tails = tailsOf(byte);
  if (tails === 0 || at + tails >= total) return { length: 0, isValid: false };
  for (let tail = 1; tail <= tails; tail++) {
    if (!isTail(at + tail)) return { length: 1, isValid: false };
  }
  return { length: tails, isValid: true };
}

function tailsOf(byte: number): number {
  if (byte >= 0xc0 && byte <= 0xdf) return 1;
  if (byte >= 0xe0 && byte <= 0xef) return 2;
  if (byte >= 0xf0 && byte <= 0xf7) return 3;
  return 0;
}

/** Whether the bytes read as Protocol Buffers messages up to where they were cut. */
function isProtocolBuffer(bytes: Uint8Array, size: number): boolean {
  let at = 0;
  let messages = 0;
  function next() {
    return at < size ? bytes[at++]! : undefined;
  }
  function varint() {
    let value = 0;
    for (let index = 0; index <= 10; index++) {
      const byte = next();
      if (byte === undefined) return undefined;
      value |= (byte & 0x7f) << (7 * index);
      if ((byte & 0x80) === 0) return value;
    }
    return undefined;
  }
  function skip(length: number) {
    if (length > size - at) return undefined;
    at += Math.max(0, length);
    return length;
  }
  for (;;) {
    const tag = varint();
    if (tag === undefined) return messages > 0;
    let read: number | undefined;
    switch (tag & 0x7) {
      case 0:
        read = varint();
        break;
      case 1:
        read = skip(8);
        break;
      case 2: {
        const length = varint();
        read = length === undefined ? undefined : skip(length);
        break;
      }
      case 5:
        read = skip(4);
        break;
      default:
        return false;
    }
    if (read === undefined) return messages > 0;
    messages++;
  }
}
