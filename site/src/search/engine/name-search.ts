import type { NameFile } from '../../../search/name-files.ts';
import { fuse } from './fuse.ts';
import type { Filter, Found, NameAnswer, NameRequest, TextRanking } from './messages.ts';
import { NameIndex, type HeadingRow, type NameHit } from './name-index.ts';
import { parseQuery } from './query.ts';
import { isIdentifier, isQuestion, joinedWord, meaningfulWords, wordsOf } from './words.ts';

/** Hits that facets are counted over. */
const mostHits = 500;
/** A heading that more pages than this have asks for none of them. */
const mostSameHeadings = 2;
/** What names count for that share only parts of an identifier; its whole is in the text. */
const partsOnly = 0.25;

/** Answers queries over the names, and joins in what the full text found. */
export class NameSearch {
  private readonly file: NameFile;
  private readonly headings: readonly HeadingRow[];
  private readonly index: NameIndex;
  private readonly facets: ReadonlySet<string>;
  private rowsById: ReadonlyMap<string, number> = new Map();
  /** Pagefind's name of each row's text; empty for rows without one. */
  private ids: readonly string[] = [];

  constructor(file: NameFile, headings: readonly HeadingRow[]) {
    this.file = file;
    this.headings = headings;
    this.index = new NameIndex(file.rows, headings);
    this.facets = new Set(['kind', ...file.filters.map(([facet]) => facet)]);
  }

  /** Tells which row each text of the full-text index belongs to. */
  knowTexts(ids: readonly string[]): void {
    this.rowsById = new Map(ids.map((id, row) => [id, row]));
    this.ids = ids;
  }

  answer({ id, typed, filters, limit, texts }: NameRequest): NameAnswer {
    const query = parseQuery(typed, this.facets);
    const all = wordsOf(query.text);
    const words = isQuestion(all) ? meaningfulWords(all) : all;
    const inForce = [...filters, ...query.filters].map((filter) => this.spelled(filter));
    const allows = rowFilter(this.file, inForce);
    const named =
      query.text === '' && inForce.length > 0
        ? everyRow(this.file, allows)
        : this.index.search(query.text, words, mostHits, allows);
    const rows = this.joined(named, isIdentifier(query.text) ? partsOnly : 1, texts, allows);
    const byRow = new Map(named.map((hit) => [hit.row, hit]));
    const idByRow = this.textsOf(texts);
    return {
      id,
      text: query.text,
      filters: inForce,
      hits: rows
        .slice(0, limit)
        .map((row) => this.found(row, byRow.get(row)?.heading, idByRow.get(row) ?? '')),
      total: rows.length,
      facets: countFacets(this.file, rows),
      words,
      corrected: this.index.corrected(words)?.join(' '),
      parts: this.file.parts,
      error: undefined,
    };
  }

  /** Rows in one order: the very names asked for, then a very heading, then what names and texts agree on. */
  private joined(
    named: readonly NameHit[],
    weight: number,
    texts: readonly TextRanking[],
    allows: (row: number) => boolean,
  ): number[] {
    const rankings = texts.map(({ ids, weight }) => ({
      keys: ids.flatMap((id) => {
        const row = this.rowsById.get(id);
        return row !== undefined && allows(row) ? [row] : [];
      }),
      weight,
    }));
    const order = fuse([
      { keys: named.map(({ row }) => row), weight },
      // Nothing is known of these but their names: without this a page that names them would come first.
      ...(rankings.length > 0
        ? [{ keys: named.map(({ row }) => (this.ids[row] ? undefined : row)), weight }]
        : []),
      ...rankings,
    ]);
    const exact = named.flatMap((hit) => (hit.isExact ? [hit.row] : []));
    const headed = named.flatMap((hit) => (hit.isHeading ? [hit.row] : []));
    return [...new Set([...exact, ...(headed.length > mostSameHeadings ? [] : headed), ...order])];
  }

  private textsOf(texts: readonly TextRanking[]): Map<number, string> {
    const ids = new Map<number, string>();
    for (const id of texts.flatMap((ranking) => ranking.ids)) {
      const row = this.rowsById.get(id);
      if (row !== undefined) ids.set(row, id);
    }
    return ids;
  }

  private found(row: number, heading: number | undefined, textId: string): Found {
    const [title, type, url, , breadcrumb, summary, , , day] = this.file.rows[row]!;
    const [, text, anchor] = heading === undefined ? [] : this.headings[heading]!;
    return {
      title,
      type: this.file.types[type]!,
      url: anchor ? `${url}#${anchor}` : url,
      breadcrumb,
      summary,
      heading: text,
      day,
      textId,
    };
  }

  /** A filter with its value as the facet spells it; what nothing has stays and fits nothing. */
  private spelled({ name, value }: Filter): Filter {
    const wanted = joinedWord(value);
    const values =
      name === 'kind'
        ? this.file.types
        : this.file.filters.flatMap(([facet, each]) => (facet === name ? [each] : []));
    const fitting =
      values.find((each) => each === value) ??
      values.find((each) => joinedWord(each) === wanted) ??
      values.find((each) => joinedWord(each).startsWith(wanted));
    return { name, value: fitting ?? value };
  }
}

function everyRow(file: NameFile, allows: (row: number) => boolean): NameHit[] {
  const hits: NameHit[] = [];
  for (let row = 0; row < file.rows.length && hits.length < mostHits; row++) {
    if (allows(row))
      hits.push({ row, heading: undefined, score: 0, isExact: false, isHeading: false });
  }
  return hits;
}

/** A row fits when every facet named has one of the values named for it. */
function rowFilter(file: NameFile, filters: readonly Filter[]): (row: number) => boolean {
  if (filters.length === 0) return () => true;
  const groups = Map.groupBy(filters, (filter) => filter.name);
  const tests = Array.from(groups, ([name, wanted]) => {
    const values = wanted.map((filter) => filter.value);
    const numbers = new Set(
      file.filters.flatMap(([facet, value], at) =>
        facet === name && values.includes(value) ? [at] : [],
      ),
    );
    return (row: number) => {
      const [, type, , , , , , facets] = file.rows[row]!;
      if (name === 'kind') return values.includes(file.types[type]!);
      return facets.some((facet) => numbers.has(facet));
    };
  });
  return (row) => tests.every((test) => test(row));
}

function countFacets(file: NameFile, rows: readonly number[]): NameAnswer['facets'] {
  const counts: NameAnswer['facets'] = {};
  for (const row of rows) {
    const [, type, , , , , , facets] = file.rows[row]!;
    count(counts, 'kind', file.types[type]!);
    for (const facet of facets) count(counts, ...file.filters[facet]!);
  }
  return counts;
}

function count(counts: NameAnswer['facets'], facet: string, value: string): void {
  const values = (counts[facet] ??= {});
  values[value] = (values[value] ?? 0) + 1;
}
