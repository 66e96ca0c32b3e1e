/** One entry of an archive. `body` must be read or skipped before the next entry is asked for. */
export interface TarEntry {
  path: string;
  type: 'file' | 'link' | 'folder' | 'other';
  size: number;
  isExecutable: boolean;
  /** Where a link leads. */
  target: string;
  body(): Promise<Uint8Array>;
}

const block = 512;
const decoder = new TextDecoder();

/**
 * Reads a tar archive as it arrives, holding one entry at most. Written for archives others can shape: names are handed
 * over as they are, and an archive that is cut, has nonsense for sizes or endless headers ends in an error.
 */
export async function* readTar(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const reader = new ByteReader(chunks);
  let extended: Record<string, string> = {};
  for (;;) {
    const header = await reader.take(block);
    if (header.every((byte) => byte === 0)) return;
    const type = String.fromCharCode(header[156] || 48);
    const size = sizeOf(header, extended);
    const rest = (block - (size % block)) % block;
    if ('xgLK'.includes(type)) {
      if (size > 1_048_576) throw new Error('the archive has a header of over 1 MB');
      const text = await reader.take(size);
      await reader.skip(rest);
      if (type === 'x') Object.assign(extended, paxFields(text));
      if (type === 'L') extended['path'] = textOf(text);
      if (type === 'K') extended['linkpath'] = textOf(text);
      continue;
    }
    let isTaken = false;
    yield {
      path: extended['path'] ?? nameOf(header),
      type: kindOf(type),
      size,
      isExecutable: (Number.parseInt(textOf(header.subarray(100, 108)).trim(), 8) & 0o100) !== 0,
      target: extended['linkpath'] ?? textOf(header.subarray(157, 257)),
      async body() {
        isTaken = true;
        return reader.take(size);
      },
    };
    if (!isTaken) await reader.skip(size);
    await reader.skip(rest);
    extended = {};
  }
}

function sizeOf(header: Uint8Array, extended: Record<string, string>): number {
  const written = extended['size'];
  const size =
    written === undefined
      ? Number.parseInt(textOf(header.subarray(124, 136)).trim() || '0', 8)
      : Number(written);
  if (!Number.isSafeInteger(size) || size < 0)
    throw new Error('the archive has an entry of no size');
  return size;
}

function nameOf(header: Uint8Array): string {
  const name = textOf(header.subarray(0, 100));
  const isPosix = textOf(header.subarray(257, 262)) === 'ustar';
  const prefix = isPosix ? textOf(header.subarray(345, 500)) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

function kindOf(type: string): TarEntry['type'] {
  if (type === '0' || type === '7') return 'file';
  if (type === '5') return 'folder';
  return type === '1' || type === '2' ? 'link' : 'other';
}

function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return decoder.decode(end === -1 ? bytes : bytes.subarray(0, end));
}

/** `<length> <key>=<value>\n`, the length counting the whole line. */
function paxFields(bytes: Uint8Array): Record<string, string> {
  const fields: Record<string, string> = Object.create(null) as Record<string, string>;
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(32, at);
    const length = Number(decoder.decode(bytes.subarray(at, space)));
    if (space === -1 || !(length > 0)) throw new Error('the archive has a broken header');
    const line = decoder.decode(bytes.subarray(space + 1, at + length - 1));
    const equals = line.indexOf('=');
    fields[line.slice(0, equals)] = line.slice(equals + 1);
    at += length;
  }
  return fields;
}

/** Takes exact numbers of bytes from chunks of any size. */
class ByteReader {
  private readonly chunks: AsyncIterator<Uint8Array>;
  private current: Uint8Array = new Uint8Array();

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.chunks = chunks[Symbol.asyncIterator]();
  }

  async take(size: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for await (const part of this.parts(size)) parts.push(part);
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  }

  async skip(size: number): Promise<void> {
    for await (const _ of this.parts(size));
  }

  private async *parts(size: number): AsyncGenerator<Uint8Array> {
    for (let left = size; left > 0;) {
      if (this.current.length === 0) {
        const next = await this.chunks.next();
        if (next.done) throw new Error('the archive ends in the middle');
        this.current = next.value;
        continue;
      }
      const part = this.current.subarray(0, left);
      this.current = this.current.subarray(part.length);
      left -= part.length;
      yield part;
    }
  }
}
