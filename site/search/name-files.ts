import type { SearchRecord } from '../../plugins/types.ts';
import type { HeadingRow, NameRow } from '../src/search/engine/name-index.ts';
import { joinedWord } from '../src/search/engine/words.ts';

/** `search/names.json`: rows, and the values their numbers stand for. */
export interface NameFile {
  types: string[];
  /** Facets by name, e.g. `owner`, each with its values; a row's filters are numbers into `filters`. */
  filters: [facet: string, value: string][];
  rows: NameRow[];
  /** Parts of the full-text index; none in development, and where nothing has a text. */
  parts: number;
}

/** `search/headings.json`: fetched after the names, so that the first result need not wait for it. */
export interface HeadingFile {
  headings: HeadingRow[];
}

/** `search/texts.json`: fetched with the full text. */
export interface TextFile {
  /** Pagefind's name of each row; empty for rows without a text of their own. */
  ids: string[];
}

/** Longest summary that is sent with every row. */
export const summaryLength = 100;

/** The two files the palette searches names and headings in. */
export function nameFiles(
  records: readonly SearchRecord[],
  parts: number,
): { names: NameFile; headings: HeadingFile } {
  const types = new Numbering();
  const filters = new Numbering();
  const rows: NameRow[] = [];
  const headings: HeadingRow[] = [];
  for (const [at, record] of records.entries()) {
    // What kind of thing it is the row says already.
    const { kind: _kind, ...others } = record.filters ?? {};
    const facets = Object.entries(others).flatMap(([facet, values]) =>
      values.map((value) => filters.numberOf(JSON.stringify([facet, value]))),
    );
    rows.push([
      record.title,
      types.numberOf(record.type),
      record.url,
      shortNames(record),
      (record.breadcrumb ?? []).join(' › '),
      shortened(record.summary ?? ''),
      record.weight ?? 1,
      facets,
      dayOf(record.updated),
    ]);
    for (const { title, anchor } of record.sections ?? []) headings.push([at, title, anchor]);
  }
  return {
    names: {
      types: types.values,
      filters: filters.values.map((text) => JSON.parse(text)),
      rows,
      parts,
    },
    headings: { headings },
  };
}

/** Other names, without those that are the title or another name in a different spelling. */
function shortNames({ title, names = [] }: SearchRecord): string[] {
  const known = new Set([joinedWord(title)]);
  return names.filter((name) => {
    const joined = joinedWord(name);
    if (known.has(joined)) return false;
    known.add(joined);
    return true;
  });
}

/** Days since 1970, 0 when nobody knows. */
function dayOf(time: string | undefined): number {
  const days = Math.floor(Date.parse(time ?? '') / 86_400_000);
  return Number.isFinite(days) ? days : 0;
}

function shortened(text: string): string {
  return text.length > summaryLength ? `${text.slice(0, summaryLength - 1)}…` : text;
}

/** Gives every distinct text a number, in the order they come. */
class Numbering {
  readonly values: string[] = [];
  private readonly numbers = new Map<string, number>();

  numberOf(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    this.numbers.set(text, this.values.length);
    this.values.push(text);
    return this.values.length - 1;
  }
}
