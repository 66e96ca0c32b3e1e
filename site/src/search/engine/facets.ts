import type { Rows } from './index-format.ts';
import type { Facets, Filter } from './messages.ts';
import { joinedWord, wordsOf } from './words.ts';

/** What rows can be narrowed to. The kind of thing is a facet as well. */
export class RowFacets {
  readonly names: ReadonlySet<string>;
  private readonly rows: Rows;

  constructor(rows: Rows) {
    this.rows = rows;
    this.names = new Set(['kind', ...rows.filters.map(([facet]) => facet)]);
  }

  /** A filter with its value as the facet spells it; what nothing has stays and fits nothing. */
  spelled({ name, value }: Filter): Filter {
    const wanted = joinedWord(value);
    const values =
      name === 'kind'
        ? this.rows.types
        : this.rows.filters.flatMap(([facet, each]) => (facet === name ? [each] : []));
    const fitting =
      values.find((each) => each === value) ??
      values.find((each) => joinedWord(each) === wanted) ??
      values.find((each) => joinedWord(each).startsWith(wanted)) ??
      // `owner:payments` means the group payments too.
      values.find((each) => wordsOf(each).includes(wanted) || joinedWord(each).endsWith(wanted));
    return { name, value: fitting ?? value };
  }

  /** A row fits when every facet named has one of the values named for it. */
  filter(filters: readonly Filter[]): (row: number) => boolean {
    const { types, type, filters: known, facets } = this.rows;
    const groups = Map.groupBy(filters, (filter) => filter.name);
    const tests = Array.from(groups, ([name, wanted]) => {
      const values = wanted.map((filter) => filter.value);
      if (name === 'kind') return (row: number) => values.includes(types[type[row]!]!);
      const numbers = new Set(
        known.flatMap(([facet, value], at) =>
          facet === name && values.includes(value) ? [at] : [],
        ),
      );
      return (row: number) => facets[row]!.some((facet) => numbers.has(facet));
    });
    return (row) => tests.every((test) => test(row));
  }

  /** How many of the rows have each value. */
  count(rows: readonly number[]): Facets {
    const counts: Facets = {};
    for (const row of rows) {
      count(counts, 'kind', this.rows.types[this.rows.type[row]!]!);
      for (const facet of this.rows.facets[row]!) count(counts, ...this.rows.filters[facet]!);
    }
    return counts;
  }
}

function count(counts: Facets, facet: string, value: string): void {
  const values = (counts[facet] ??= {});
  values[value] = (values[value] ?? 0) + 1;
}
