import type { CatalogRow } from './rows.ts';

/** A property lists can be narrowed by. */
export interface Facet {
  /** Its name in the address: `?owner=group:default/payments`. */
  id: string;
  title: string;
  valuesOf(row: CatalogRow): string[];
  /** What people read for a value. */
  labels?(row: CatalogRow): [string, string][];
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
    labels: labelOf('owner'),
  },
  { id: 'lifecycle', title: 'Lifecycle', valuesOf: (row) => [row.lifecycle ?? none] },
  {
    id: 'system',
    title: 'Part of',
    valuesOf: (row) => [row.system?.ref ?? none],
    labels: labelOf('system'),
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
  const counts = new Map(facets.map(({ id }) => [id, new Map<string, number>()]));
  const labels = new Map(facets.map(({ id }) => [id, new Map<string, string>()]));
  for (const row of rows) {
    const missed = facets.filter((facet) => !passes(facet, row, chosen));
    // A facet's own choice does not narrow its own values.
    const counted = missed.length === 0 ? facets : missed;
    for (const facet of counted) {
      const counter = counts.get(facet.id)!;
      const isCounted = missed.length <= 1;
      for (const value of facet.valuesOf(row))
        counter.set(value, (counter.get(value) ?? 0) + Number(isCounted));
      for (const [value, label] of facet.labels?.(row) ?? [])
        labels.get(facet.id)!.set(value, label);
    }
  }
  return Object.fromEntries(
    facets.map(({ id }) => [id, valuesOf(counts.get(id)!, labels.get(id)!, chosen[id] ?? [])]),
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
  counter: ReadonlyMap<string, number>,
  labels: ReadonlyMap<string, string>,
  chosen: readonly string[],
): FacetValue[] {
  const values = new Set([...chosen, ...counter.keys()]);
  return [...values]
    .map((value) => ({ value, label: labels.get(value) ?? value, count: counter.get(value) ?? 0 }))
    .filter(({ value, count }) => count > 0 || chosen.includes(value))
    .toSorted(
      (a, b) =>
        Number(a.value === none) - Number(b.value === none) ||
        b.count - a.count ||
        a.label.localeCompare(b.label),
    );
}

function labelOf(field: 'owner' | 'system'): (row: CatalogRow) => [string, string][] {
  return (row) => {
    const link = row[field];
    return link ? [[link.ref, link.title]] : [];
  };
}
