import {
  indexPath,
  type IndexStart,
  type Rows,
  type RowText,
  type WordFile,
} from './index-format.ts';

/** Reads a file of the portal by its path below the base; undefined when there is none. */
export type ReadFile = (path: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;

/** A file of the index could not be read. */
export class MissingFile extends Error {
  constructor(path: string, options?: ErrorOptions) {
    super(`${path} could not be read`, options);
    this.name = 'MissingFile';
  }
}

/** The files of one index, each read when it is needed, and once. */
export class IndexFiles {
  readonly start: IndexStart;
  private readonly read: ReadFile;
  private readonly known = new Map<string, Promise<unknown>>();

  private constructor(start: IndexStart, read: ReadFile) {
    this.start = start;
    this.read = read;
  }

  static async open(read: ReadFile): Promise<IndexFiles> {
    return new IndexFiles(await parsed<IndexStart>(read, 'search/index.json'), read);
  }

  async rows(): Promise<Rows> {
    return this.start.whole?.rows ?? this.file(this.start.rows);
  }

  async words(index: 'names' | 'texts', file: number): Promise<WordFile> {
    const whole = index === 'names' ? this.start.whole?.names[file] : undefined;
    return whole ?? this.file(this.start[index].file[file]!);
  }

  /** Words of names that have this many letters. */
  async vocabulary(length: number): Promise<string[]> {
    const { whole, vocabulary } = this.start;
    const file = vocabulary[length];
    if (whole) return whole.vocabulary[length] ?? [];
    return file === undefined ? [] : this.file(file);
  }

  async text(row: number): Promise<RowText> {
    const part = this.start.parts.findLast((each) => each.row <= row)!;
    const file = part.files.findLastIndex((first) => first <= row - part.row);
    const texts = await this.file<RowText[]>(`${part.folder}/${file}`);
    return texts[row - part.row - part.files[file]!]!;
  }

  /** The Markdown of a page; empty when it cannot be read, because nothing depends on it. */
  async markdown(url: string): Promise<string> {
    const bytes = await this.read(`${url.replace(/^\//, '')}index.md`).catch(() => undefined);
    return bytes ? new TextDecoder().decode(bytes) : '';
  }

  private file<T>(name: string): Promise<T> {
    const path = indexPath(name);
    const known = this.known.get(path) as Promise<T> | undefined;
    if (known) return known;
    const file = parsed<T>(this.read, path);
    this.known.set(path, file);
    // What failed is asked for again by the next query.
    file.catch(() => this.known.delete(path));
    return file;
  }
}

async function parsed<T>(read: ReadFile, path: string): Promise<T> {
  try {
    const bytes = await read(path);
    if (bytes) return (await unpacked(bytes).json()) as T;
  } catch (error) {
    throw new MissingFile(path, { cause: error });
  }
  throw new MissingFile(path);
}

/** Files are compressed by the build, because hosts compress only types they know; some hosts send them unpacked. */
function unpacked(bytes: Uint8Array<ArrayBuffer>): Response {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isPacked) return new Response(bytes);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')));
}
