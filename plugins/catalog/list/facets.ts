import type { CatalogRow } from './rows.ts';

/** A property lists can be narrowed by. */
export interface Facet {
  /** Its name in the address: `?owner=group:default/payments`. */
  id: string;
  title: string;
  valuesOf(row: CatalogRow): string[];
  /** What people read for the row's value. */
  labelOf?(row: CatalogRow): string | undefined;
}

/** Stands for "has none", so that gaps can be found. */
export const none = '(none)';

const severityNames = ['error', 'warning', 'info'] as const;

/** Facets of the catalog, in the order they are shown; `kind` has its own row above the list. */
export const facets: readonly Facet[] = [
  { id: 'kind', title: 'Kind', valuesOf: (row) => [row.kind.toLowerCase()] },
  { id: 'type', title: 'Type', valuesOf: (row) => [row.type ?? none] },
  {
    id: 'owner',
    title: 'Owner',
    valuesOf: (row) => [row.owner?.ref ?? none],
    labelOf: (row) => row.owner?.title,
  },
  { id: 'lifecycle', title: 'Lifecycle', valuesOf: (row) => [row.lifecycle ?? none] },
  {
    id: 'system',
    title: 'Part of',
    valuesOf: (row) => [row.system?.ref ?? none],
    labelOf: (row) => row.system?.title,
  },
  { id: 'tag', title: 'Tag', valuesOf: (row) => row.tags ?? [none] },
  {
    id: 'problems',
    title: 'Problems',
    valuesOf: (row) => {
      const found = severityNames.filter((severity) => row.problems?.[severity]);
      return found.length > 0 ? found : [none];
    },
  },
  { id: 'namespace', title: 'Namespace', valuesOf: (row) => [row.namespace] },
  { id: 'source', title: 'Source', valuesOf: (row) => [row.source] },
];

/** A value of a facet with the number of rows that have it. */
export interface FacetValue {
  value: string;
  label: string;
  count: number;
}

/** Values of each facet and how many rows each would leave, given what is chosen in the other facets. */
export function facetCounts(
  rows: readonly CatalogRow[],
  chosen: Readonly<Record<string, readonly string[]>>,
): Record<string, FacetValue[]> {
  const counters = facets.map(() => new Map<string, { label: string; count: number }>());
  const active = facets.filter(({ id }) => (chosen[id]?.length ?? 0) > 0);
  for (const row of rows) {
    const missed = active.filter((facet) => !passes(facet, row, chosen));
    // A facet's own choice does not narrow its own values; a row that fails in two facets counts nowhere.
    if (missed.length > 1) continue;
    facets.forEach((facet, index) => {
      if (missed.length === 1 && missed[0] !== facet) return;
      for (const value of facet.valuesOf(row)) {
        const counter = counters[index]!.get(value);
        if (counter) counter.count += 1;
        else counters[index]!.set(value, { label: facet.labelOf?.(row) ?? value, count: 1 });
      }
    });
  }
  return Object.fromEntries(
    facets.map(({ id }, index) => [id, valuesOf(counters[index]!, chosen[id] ?? [])]),
  );
}

/** Whether a row has one of the chosen values of a facet; nothing chosen lets all pass. */
export function passes(
  facet: Facet,
  row: CatalogRow,
  chosen: Readonly<Record<string, readonly string[]>>,
): boolean {
  const wanted = chosen[facet.id];
  return (
    !wanted || wanted.length === 0 || facet.valuesOf(row).some((value) => wanted.includes(value))
  );
}

function valuesOf(
  counters: ReadonlyMap<string, { label: string; count: number }>,
  chosen: readonly string[],
): FacetValue[] {
  const values = [...counters].map(([value, { label, count }]) => ({ value, label, count }));
  const empty = chosen
    .filter((value) => !counters.has(value))
    .map((value) => ({ value, label: value, count: 0 }));
  return [...values, ...empty].toSorted(
    (a, b) =>
      Number(a.value === none) - Number(b.value === none) ||
      b.count - a.count ||
      a.label.localeCompare(b.label),
  );
}
