/** What the page and the search worker say to each other. */

/** A facet narrowed to a value, e.g. owner: payments. */
export interface Filter {
  name: string;
  value: string;
}

/** Counts of each facet's values. */
export type Facets = Record<string, Record<string, number>>;

/** A query as typed, and the filters chosen beside it. */
export interface SearchRequest {
  id: number;
  typed: string;
  filters: readonly Filter[];
  limit: number;
  /** Texts are not asked. */
  isNamesOnly: boolean;
}

/** What of a row's text is shown with a result. */
export interface TextRequest {
  id: number;
  row: number;
  heading: number | undefined;
  /** The place where the words stand is wanted too: another file. */
  hasPlace: boolean;
  words: readonly string[];
}

/** One thing found, with what is known of it at once. */
export interface Found {
  row: number;
  title: string;
  type: string;
  /** Address below the base. */
  url: string;
  breadcrumb: string;
  summary: string;
  /** Number of the heading that fits better than the title. */
  heading: number | undefined;
  /** Day of the last change since 1970; 0 when nobody knows. */
  day: number;
  /** There is more to show of it: a heading, or the place where the words stand. */
  hasMore: boolean;
}

/** Results as far as they are known. Names come first, texts are joined in when they have been asked. */
export interface Results {
  hits: readonly Found[];
  total: number;
  /** Counts among all that fits. */
  facets: Facets;
  /** Filters in force: those chosen and those typed, as the facets spell them. */
  filters: readonly Filter[];
  /** Words to show in the texts. */
  words: readonly string[];
  /** What was searched for as well, when few texts had the words as typed. */
  corrected: string | undefined;
  isFinal: boolean;
  /** The full text could not be asked. */
  isNamesOnly: boolean;
  error: string | undefined;
}

/** What a text shows of itself. */
export interface Excerpt {
  summary: string;
  heading: { title: string; anchor: string } | undefined;
  /** Where the words stand; empty when they stand nowhere. */
  parts: { text: string; isMatch: boolean }[];
}

export type SearchAnswer = { id: number; results: Results } | { id: number; excerpt?: Excerpt };
