import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip, gzipSync } from 'node:zlib';
import type { SearchRecord } from '../../plugins/types.ts';
import {
  indexPath,
  textLevels,
  type IndexStart,
  type Rows,
} from '../src/search/engine/index-format.ts';
import type { KeptPart } from './index-parts.ts';
import { MergedWords } from './merged-words.ts';
import { rowColumns } from './row-columns.ts';
import { vocabularyOf } from './vocabulary.ts';
import { wordFiles } from './word-files.ts';

/** Where the files of an index go. */
export interface IndexOutput {
  write(path: string, body: string | Uint8Array): void;
  /** Whether a file that was made of the same things is there already. */
  keeps(path: string, stamp: string): boolean;
  /** Writes one that is not. */
  make(path: string, body: Uint8Array): void;
  copy(path: string, source: string): void;
}

/** Compressed bytes up to which names are sent with `index.json`: more files would take longer. */
const mostWhole = 100_000;
/** More things and headings than this take more, whatever they are called: it need not be tried. */
const mostUnits = mostWhole / 5;
/** Compressed bytes of rows up to which their summaries are sent with them. */
const mostRows = 500_000;

/** Makes one index of its parts, in files small enough to fetch those that a query needs. */
export class IndexBuilder {
  private readonly names = new MergedWords(1);
  private readonly texts = new MergedWords(textLevels);
  private readonly records: SearchRecord[] = [];
  private readonly parts: IndexStart['parts'] = [];
  private units = 0;

  add({ records, words, key, files }: KeptPart): void {
    const row = this.records.length;
    this.parts.push({ folder: key, row, files });
    for (const record of records) {
      this.records.push(record);
      this.units += 1 + (record.sections?.length ?? 0);
    }
    this.names.add(words.names, row);
    this.texts.add(words.texts, row);
  }

  /** Writes everything but the texts themselves. */
  async write(output: IndexOutput): Promise<void> {
    const sorted = this.names.sorted();
    const whole = {
      rows: rowColumns(this.records),
      names: [...wordFiles(sorted)],
      vocabulary: vocabularyOf(sorted),
    };
    const texts = [...wordFiles(this.texts.sorted())];
    const isSmall = this.units <= mostUnits && packedSize(whole) <= mostWhole;
    const files = new ContentFiles();
    const start: Omit<IndexStart, 'version'> = {
      names: {
        first: whole.names.map(({ words }) => words[0]!),
        file: isSmall ? [] : whole.names.map((file) => files.add('names', file)),
      },
      texts: {
        first: texts.map(({ words }) => words[0]!),
        file: texts.map((file) => files.add('texts', file)),
      },
      units: this.units,
      rows: isSmall ? '' : files.add('rows', withoutLongSummaries(whole.rows)),
      vocabulary: isSmall ? [] : whole.vocabulary.map((words) => files.add('words', words)),
      parts: this.parts,
      ...(isSmall && { whole }),
    };
    await files.write(output);
    const version = hashOf(JSON.stringify(start));
    output.write('search/index.json', JSON.stringify({ version, ...start } satisfies IndexStart));
  }
}

/** Files named by what is in them. */
class ContentFiles {
  private readonly bodies = new Map<string, string>();

  /** Returns the name. */
  add(kind: string, content: unknown): string {
    const body = JSON.stringify(content);
    const name = `${kind}-${hashOf(body)}`;
    this.bodies.set(name, body);
    return name;
  }

  /** Compresses those that are new by the platform's own threads, some at once. */
  async write(output: IndexOutput): Promise<void> {
    const pack = promisify(gzip);
    const missing = [...this.bodies].filter(([name]) => !output.keeps(indexPath(name), name));
    for (let at = 0; at < missing.length; at += atOnce) {
      const some = missing.slice(at, at + atOnce);
      const packed = await Promise.all(some.map(([, body]) => pack(body)));
      for (const [index, [name]] of some.entries()) output.make(indexPath(name), packed[index]!);
    }
  }
}

/** Files compressed at the same time. */
const atOnce = 32;

function withoutLongSummaries(rows: Rows): Rows {
  if (packedSize(rows) <= mostRows) return rows;
  const { summaries: _summaries, ...others } = rows;
  return others;
}

function packedSize(content: unknown): number {
  return gzipSync(JSON.stringify(content), { level: 1 }).length;
}

/** The same content has the same name; 48 bits tell a few thousand files apart. */
function hashOf(body: string): string {
  return createHash('sha256').update(body).digest('base64url').slice(0, 8);
}
