import { stretchOf, textOf } from './excerpt.ts';
import { RowFacets } from './facets.ts';
import { fuse } from './fuse.ts';
import { IndexFiles, MissingFile, type ReadFile } from './index-files.ts';
import { markdownText, noText, type Rows } from './index-format.ts';
import type { Excerpt, Found, Results, SearchRequest, TextRequest } from './messages.ts';
import { lookUp, rankNames, type NameHit, type NameMatches } from './name-index.ts';
import { plainText } from './plain-text.ts';
import { parseQuery } from './query.ts';
import { rankTexts, rankWord } from './text-index.ts';
import { WordSearch } from './word-search.ts';
import { isIdentifier, isQuestion, joinedWord, meaningfulWords, wordsOf } from './words.ts';

/** Hits that facets are counted over. */
const mostHits = 500;
/** A heading that more pages than this have asks for none of them. */
const mostSameHeadings = 2;
/** What names count for that share only parts of an identifier; its whole is in the text. */
const partsOnly = 0.25;
/** An identifier typed as words has no more of them, and no more letters. */
const mostJoined = 5;
const longestJoined = 40;
/** Fewer texts than this, and the query is asked again with its typos put right. */
const enoughTexts = 3;

/** A ranked list of rows and how much it counts. */
interface TextRanking {
  keys: readonly number[];
  weight: number;
}

interface Texts {
  rankings: TextRanking[];
  corrected: string | undefined;
  /** Some text has the identifier that was asked for. */
  hasWhole: boolean;
}

/** A query understood, and what names have for it. */
interface Asked {
  text: string;
  words: string[];
  filters: Results['filters'];
  allows: (row: number) => boolean;
  matches: NameMatches;
  named: NameHit[];
  limit: number;
}

/** Answers queries over one index: by names, then by names and texts together. */
export class PortalSearch {
  private readonly files: IndexFiles;
  private readonly rows: Rows;
  private readonly facets: RowFacets;
  private readonly names: WordSearch;
  private readonly texts: WordSearch;

  private constructor(files: IndexFiles, rows: Rows) {
    this.files = files;
    this.rows = rows;
    this.facets = new RowFacets(rows);
    this.names = new WordSearch(files, 'names');
    this.texts = new WordSearch(files, 'texts');
  }

  static async open(read: ReadFile): Promise<PortalSearch> {
    const files = await IndexFiles.open(read);
    return new PortalSearch(files, await files.rows());
  }

  get version(): string {
    return this.files.start.version;
  }

  /** Shows what names have, then, unless there is a newer query by then, what texts add. */
  async search(
    request: Omit<SearchRequest, 'id'>,
    show: (results: Results) => void,
    isOutdated: () => boolean = () => false,
  ): Promise<void> {
    const asked = await this.askNames(request);
    const isWhole =
      request.isNamesOnly || asked.text === '' || this.files.start.texts.file.length === 0;
    const named = this.joined(asked, []);
    show(this.results(asked, named, { isFinal: isWhole }));
    if (isWhole || isOutdated()) return;
    try {
      const { rankings, corrected, hasWhole } = await this.askTexts(asked);
      const order = this.joined(asked, rankings, hasWhole);
      show(this.results(asked, order, { isFinal: true, corrected }));
    } catch (error) {
      if (!(error instanceof MissingFile)) throw error;
      show(this.results(asked, named, { isFinal: true, isNamesOnly: true }));
    }
  }

  /** What the text of a result shows. */
  async excerpt({ row, heading, hasPlace, words }: Omit<TextRequest, 'id'>): Promise<Excerpt> {
    const { summaries, text, titles } = this.rows;
    const isMarkdown = text[row] === markdownText;
    const needsRow = !isMarkdown || heading !== undefined || summaries === undefined;
    const known = needsRow ? await this.files.text(row) : { summary: '', text: '', sections: [] };
    const [title, anchor, body] = heading === undefined ? [] : known.sections[heading]!;
    const whole =
      isMarkdown && hasPlace
        ? plainText(await this.files.markdown(titles[2 * row + 1]!), title)
        : (body ?? textOf(known));
    return {
      summary: known.summary,
      heading: title === undefined ? undefined : { title, anchor: anchor! },
      parts: stretchOf(whole, words),
    };
  }

  private async askNames({ typed, filters, limit }: Omit<SearchRequest, 'id'>): Promise<Asked> {
    const query = parseQuery(typed, this.facets.names);
    const all = wordsOf(query.text);
    const words = isQuestion(all) ? meaningfulWords(all) : all;
    const inForce = [...filters, ...query.filters].map((filter) => this.facets.spelled(filter));
    const allows = this.facets.filter(inForce);
    const matches = await lookUp(query.text, words, this.names);
    const named =
      query.text === '' && inForce.length > 0
        ? this.everyRow(allows)
        : rankNames(matches, { rows: this.rows, units: this.files.start.units }, mostHits, allows);
    return { text: query.text, words, filters: inForce, allows, matches, named, limit };
  }

  /** Texts asked for the query as one word, by its words, and with its typos put right. */
  private async askTexts({ text, words, allows, matches }: Asked): Promise<Texts> {
    const rankings: TextRanking[] = [];
    const isName = isIdentifier(text);
    const joined = joinedWord(text);
    const isOne =
      isName || (words.length > 1 && words.length <= mostJoined && joined.length <= longestJoined);
    const [first, whole, isMisspelt] = await Promise.all([
      rankTexts(words, this.texts, this.rows, allows),
      isOne ? rankWord(joined, this.texts, allows) : [],
      this.isMisspelt(words, matches.corrected),
    ]);
    rankings.push({ keys: whole, weight: isName ? 1.5 : 0.7 });
    const usual = isName ? 0.5 : 1;
    rankings.push({ keys: first, weight: isMisspelt ? 0.3 : usual });
    let corrected: string | undefined;
    if (matches.corrected && (isMisspelt || first.length + whole.length < enoughTexts)) {
      const keys = await rankTexts(matches.corrected, this.texts, this.rows, allows);
      rankings.push({ keys, weight: isMisspelt ? 1 : 0.8 });
      if (isMisspelt || keys.length > 0) corrected = matches.corrected.join(' ');
    }
    return {
      rankings: rankings.filter(({ keys }) => keys.length > 0),
      corrected,
      hasWhole: isName && whole.length > 0,
    };
  }

  /** Whether a word that no name has is in no text either. */
  private async isMisspelt(
    words: readonly string[],
    right: readonly string[] | undefined,
  ): Promise<boolean> {
    if (!right) return false;
    const unknown = words.filter((word, at) => word !== right[at]);
    const places = await Promise.all(unknown.map((word) => this.texts.places(word)));
    return places.some((each) => each.length === 0);
  }

  /** Rows in one order: the very names asked for, then a very heading, then what names and texts agree on. */
  private joined({ named }: Asked, texts: readonly TextRanking[], hasWhole = false): number[] {
    const weight = hasWhole ? partsOnly : 1;
    const order = fuse([
      { keys: named.map(({ row }) => row), weight },
      // Nothing is known of these but their names: without this a page that names them would come first.
      ...(texts.length > 0
        ? [
            {
              keys: named.map(({ row }) => (this.rows.text[row] === noText ? row : undefined)),
              weight,
            },
          ]
        : []),
      ...texts,
    ]);
    const exact = named.flatMap((hit) => (hit.isExact ? [hit.row] : []));
    const headed = named.flatMap((hit) => (hit.isHeading ? [hit.row] : []));
    return [...new Set([...exact, ...(headed.length > mostSameHeadings ? [] : headed), ...order])];
  }

  private results(
    { filters, words, named, limit }: Asked,
    order: readonly number[],
    state: Partial<Results>,
  ): Results {
    const headings = new Map(named.map((hit) => [hit.row, hit.heading]));
    return {
      hits: order.slice(0, limit).map((row) => this.found(row, headings.get(row))),
      total: order.length,
      facets: this.facets.count(order),
      filters,
      words,
      corrected: undefined,
      isFinal: false,
      isNamesOnly: false,
      error: undefined,
      ...state,
    };
  }

  private found(row: number, heading: number | undefined): Found {
    const { titles, types, type, breadcrumbs, breadcrumb, summaries, day, text } = this.rows;
    return {
      row,
      title: titles[2 * row]!,
      type: types[type[row]!]!,
      url: titles[2 * row + 1]!,
      breadcrumb: breadcrumbs[breadcrumb[row]!]!,
      summary: summaries?.[row] ?? '',
      heading,
      day: day[row]!,
      hasMore: text[row] !== noText || heading !== undefined || summaries === undefined,
    };
  }

  /** Without words the heaviest come first. */
  private everyRow(allows: (row: number) => boolean): NameHit[] {
    const { weight } = this.rows;
    return weight
      .flatMap((_, row) => (allows(row) ? [row] : []))
      .toSorted((a, b) => weight[b]! - weight[a]! || a - b)
      .slice(0, mostHits)
      .map((row) => ({ row, heading: undefined, score: 0, isExact: false, isHeading: false }));
  }
}
