import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
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
  copy(path: string, source: string): void;
}

/** Compressed bytes up to which names are sent with `index.json`: more files would take longer. */
const mostWhole = 100_000;
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
    const names = [...wordFiles(sorted)];
    const texts = [...wordFiles(this.texts.sorted())];
    const vocabulary = vocabularyOf(sorted);
    const rows = rowColumns(this.records);
    const forNames = await packed([
      ['rows', await withoutLongSummaries(rows)],
      ...names.map((file, at): NamedFile => [`names-${at}`, file]),
      ...vocabulary.map((words, length): NamedFile => [`words-${length}`, words]),
    ]);
    const forTexts = await packed(texts.map((file, at): NamedFile => [`texts-${at}`, file]));
    const isSmall = forNames.reduce((sum, [, body]) => sum + body.length, 0) <= mostWhole;
    const version = hashOf([...forNames, ...forTexts]);
    const start: IndexStart = {
      version,
      names: names.map(({ words }) => words[0]!),
      texts: texts.map(({ words }) => words[0]!),
      units: this.units,
      longestWord: vocabulary.length - 1,
      parts: this.parts,
      ...(isSmall && { whole: { rows, names, vocabulary } }),
    };
    for (const [name, body] of [...(isSmall ? [] : forNames), ...forTexts])
      output.write(indexPath(version, name), body);
    output.write('search/index.json', JSON.stringify(start));
  }
}

type NamedFile = [name: string, content: unknown];

async function withoutLongSummaries(rows: Rows): Promise<Rows> {
  const [[, body]] = (await packed([['rows', rows]])) as [[string, Buffer]];
  if (body.length <= mostRows) return rows;
  const { summaries: _summaries, ...others } = rows;
  return others;
}

/** Compressed by the platform's own threads, some at once. */
async function packed(files: readonly NamedFile[]): Promise<[name: string, body: Buffer][]> {
  const pack = promisify(gzip);
  const done: [string, Buffer][] = [];
  for (let at = 0; at < files.length; at += atOnce) {
    const some = files.slice(at, at + atOnce);
    done.push(
      ...(await Promise.all(
        some.map(async ([name, content]): Promise<[string, Buffer]> => [
          name,
          await pack(JSON.stringify(content)),
        ]),
      )),
    );
  }
  return done;
}

/** Files compressed at the same time. */
const atOnce = 32;

/** The same content has the same name. */
function hashOf(files: readonly (readonly [string, Buffer])[]): string {
  const hash = createHash('sha256');
  for (const [name, body] of files) hash.update(name).update(body);
  return hash.digest('hex').slice(0, 16);
}
