/** A query as typed, taken apart. */
export interface Query {
  /** What is looked for, filters taken out. */
  text: string;
  /** Filters typed as `owner:payments kind:api`. */
  filters: { name: string; value: string }[];
}

/** Longest query looked at; what comes after it is not read. */
const longest = 200;

/** Splits `owner:payments kind:api refund` into its filters and its text; a word before a colon that is no filter stays text. */
export function parseQuery(typed: string, known: ReadonlySet<string>): Query {
  const filters: Query['filters'] = [];
  const text = typed
    .slice(0, longest)
    .replaceAll(
      /(?:^|\s)([a-z]+):(?:"([^"]*)"|([^\s"]+))/gi,
      (whole, name: string, quoted?: string, plain?: string) => {
        const value = quoted ?? plain ?? '';
        if (!known.has(name.toLowerCase()) || value === '') return whole;
        filters.push({ name: name.toLowerCase(), value });
        return ' ';
      },
    )
    .trim();
  return { text, filters };
}
