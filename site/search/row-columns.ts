import type { SearchRecord } from '../../plugins/types.ts';
import {
  markdownText,
  noText,
  ownText,
  type Rows,
  type TextPlace,
} from '../src/search/engine/index-format.ts';
import { shortened } from './name-words.ts';
import { hasText } from './text-words.ts';

/** Everything there is to find, in columns. */
export function rowColumns(records: readonly SearchRecord[]): Rows {
  const types = new Numbering();
  const filters = new Numbering();
  const breadcrumbs = new Numbering();
  const facets = records.map((record) => {
    // What kind of thing it is the row says already.
    const { kind: _kind, ...others } = record.filters ?? {};
    return Object.entries(others).flatMap(([facet, values]) =>
      values.map((value) => filters.numberOf(JSON.stringify([facet, value]))),
    );
  });
  return {
    titles: records.flatMap(({ title, url }) => [title, url]),
    type: records.map(({ type }) => types.numberOf(type)),
    breadcrumb: records.map(({ breadcrumb = [] }) => breadcrumbs.numberOf(breadcrumb.join(' › '))),
    weight: records.map(({ weight = 1 }) => weight),
    facets,
    day: records.map(({ updated }) => dayOf(updated)),
    text: records.map(placeOf),
    summaries: records.map(({ summary = '' }) => shortened(summary)),
    types: types.values,
    filters: filters.values.map((text) => JSON.parse(text)),
    breadcrumbs: breadcrumbs.values,
  };
}

function placeOf(record: SearchRecord): TextPlace {
  if (!hasText(record)) return noText;
  return record.hasMarkdown ? markdownText : ownText;
}

/** Days since 1970, 0 when nobody knows. */
function dayOf(time: string | undefined): number {
  const days = Math.floor(Date.parse(time ?? '') / 86_400_000);
  return Number.isFinite(days) ? days : 0;
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
