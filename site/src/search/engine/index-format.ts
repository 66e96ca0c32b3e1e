/** What the build writes to `search/` and the search worker reads: one place for both. */

/** Address of a file of the index below the base. It is named by its content, so it never changes. */
export function indexPath(name: string): string {
  return `search/files/${name}.idx`;
}

/** `search/index.json`, what every search begins with. */
export interface IndexStart {
  /** Another one for any other content. */
  version: string;
  /** Words of names and headings. */
  names: WordFiles;
  texts: WordFiles;
  /** Titles and headings. */
  units: number;
  /** Name of the file with the rows, and of those with the words of names of each length, for typos. */
  rows: string;
  vocabulary: string[];
  /** Where the texts of each part of the rows are, to show where a word stands. */
  parts: TextPart[];
  /** All that names are found with, where that is little: no more files are asked for then. */
  whole?: { rows: Rows; names: WordFile[]; vocabulary: string[][] };
}

export type TextPlace = typeof noText | typeof ownText | typeof markdownText;
/** Nothing is known of it but its names and its summary. */
export const noText = 0;
/** With its summary and sections. */
export const ownText = 1;
/** In a file of Markdown at its address. */
export const markdownText = 2;

/** Files of words in order: the first word of each, and its name. */
export interface WordFiles {
  first: string[];
  file: string[];
}

/** Rows that are cached together by the build. Their texts are in files of a few rows each. */
export interface TextPart {
  /** Folder of its files, named by their content. */
  folder: string;
  /** Row it begins with. */
  row: number;
  /** Row of the part each of its files begins with. */
  files: number[];
}

/** Everything there is to find, in columns. */
export interface Rows {
  types: string[];
  /** Facets by name, e.g. `owner`, each with its values; a row's facets are numbers into these. */
  filters: [facet: string, value: string][];
  breadcrumbs: string[];
  /** Title and address of each row, in turn: side by side they compress best. */
  titles: string[];
  type: number[];
  breadcrumb: number[];
  weight: number[];
  facets: number[][];
  /** Day of the last change since 1970; 0 when nobody knows. */
  day: number[];
  /** Where the text of each is. */
  text: TextPlace[];
  /** One line of each; left out where that is too much to send with every row. */
  summaries?: string[];
}

/** Words in order, each with where it stands. */
export interface WordFile {
  words: string[];
  lists: number[][];
}

/** One row of a part's files; the texts are empty where they are in a file of Markdown. */
export interface RowText {
  summary: string;
  text: string;
  sections: [title: string, anchor: string, text: string][];
}

/**
 * Where a word stands in names: pairs of the distance from the row before and a code. Codes below `firstHeading` say in
 * what; others are a heading, its number in the page and how many words it has.
 */
export const inTitle = 0;
export const isTitle = 1;
export const inName = 2;
export const isName = 3;
export const inSummary = 4;
const firstHeading = 5;
const longestHeading = 15;

export interface HeadingPlace {
  heading: number;
  length: number;
  /** The word is the whole heading, joined. */
  isWhole: boolean;
}

export function headingCode({ heading, length, isWhole }: HeadingPlace): number {
  const size = Math.min(length, longestHeading);
  return firstHeading + (heading * (longestHeading + 1) + size) * 2 + Number(isWhole);
}

/** The heading a code stands for, or undefined when it stands for something else. */
export function headingOf(code: number): HeadingPlace | undefined {
  if (code < firstHeading) return undefined;
  const packed = code - firstHeading;
  const rest = packed >> 1;
  return {
    heading: Math.floor(rest / (longestHeading + 1)),
    length: rest % (longestHeading + 1),
    isWhole: packed % 2 === 1,
  };
}

/**
 * Where a word stands in texts: the distance from the row before, times this, and a level: how much the word counts there,
 * from 0 to `textLevels / 2` - 1, and half of the levels more when it stands in the title.
 */
export const textLevels = 64;
