/** One thing people can find. */
export interface SearchRecord {
  /** Address below the base. */
  url: string;
  title: string;
  /** Kind of result as people say it: Component, Team, Page. */
  type: string;
  /** One line under the title. */
  summary?: string;
  /** Full text, not shown whole. */
  text?: string;
  /** The text is also at the address + `index.md`: the place where words stand is shown from there. */
  hasMarkdown?: boolean;
  /** Its sections, for pages with headings: found by their title, opened at their anchor. */
  sections?: { title: string; anchor: string; text: string }[];
  /** Other names it must be found by: refs, identifiers. */
  names?: string[];
  /** Where it belongs, outermost first. */
  breadcrumb?: string[];
  /** Facets with their values, e.g. `{ owner: ['payments'] }`. */
  filters?: Record<string, string[]>;
  /** ISO 8601 of the last change. */
  updated?: string;
  /** 1 is usual; more ranks higher. */
  weight?: number;
}
