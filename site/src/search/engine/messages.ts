/** What the page and the search worker say to each other. */

/** A facet narrowed to a value, e.g. owner: payments. */
export interface Filter {
  name: string;
  value: string;
}

/** Texts that fit, best first, by Pagefind's names for them, and how much the list counts. */
export interface TextRanking {
  ids: readonly string[];
  weight: number;
}

/** A query as typed, the filters chosen beside it, and what the full text answered so far. */
export interface NameRequest {
  id: number;
  typed: string;
  filters: readonly Filter[];
  limit: number;
  texts: readonly TextRanking[];
}

/** One thing found, with all that is needed to show it. */
export interface Found {
  title: string;
  type: string;
  /** Address below the base, with the anchor of the heading. */
  url: string;
  breadcrumb: string;
  summary: string;
  /** The heading that fits better than the title. */
  heading: string | undefined;
  /** Day of the last change since 1970; 0 when nobody knows. */
  day: number;
  /** Pagefind's name of its text; empty when the text was not among what it found. */
  textId: string;
}

export interface NameAnswer {
  id: number;
  /** The query without its filters. */
  text: string;
  /** Filters in force: those chosen and those typed, as the facets spell them. */
  filters: Filter[];
  hits: Found[];
  total: number;
  /** Counts of each facet's values among all that fits. */
  facets: Record<string, Record<string, number>>;
  /** Words worth asking the full text for. */
  words: string[];
  /** The query with its misspelt words put right. */
  corrected: string | undefined;
  /** Parts the full-text index has. */
  parts: number;
  error: string | undefined;
}
