import type { Filter, Results } from './engine/messages.ts';

/** Values of one facet that are offered; rarer ones can be typed. */
const mostValues = 12;

/** One group of boxes for each facet, with how many results each value has; always in one order, so that they stay put. */
export function facetGroups(results: Results): HTMLElement[] {
  const names = new Set([
    ...Object.keys(results.facets),
    ...results.filters.map(({ name }) => name),
  ]);
  return [...names].toSorted(byName).flatMap((name) => {
    const chosen = results.filters.filter((filter) => filter.name === name);
    const counts = new Map(Object.entries(results.facets[name] ?? {}));
    for (const { value } of chosen) counts.set(value, counts.get(value) ?? 0);
    if (counts.size < 2 && chosen.length === 0) return [];
    const values = [...counts].toSorted((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
    return [facetGroup(name, values.slice(0, mostValues), chosen)];
  });
}

/** The kind of thing first: everything has one. */
function byName(a: string, b: string): number {
  return Number(b === 'kind') - Number(a === 'kind') || a.localeCompare(b);
}

function facetGroup(
  name: string,
  values: readonly [string, number][],
  chosen: readonly Filter[],
): HTMLElement {
  const group = document.createElement('fieldset');
  group.className = 'facet';
  const legend = document.createElement('legend');
  legend.textContent = name;
  const options = document.createElement('div');
  options.className = 'facet-options';
  group.append(legend, options);
  for (const [value, count] of values) {
    const isChosen = chosen.some((filter) => filter.value === value);
    options.append(facetOption(name, value, count, isChosen));
  }
  return group;
}

function facetOption(
  name: string,
  value: string,
  count: number,
  isChosen: boolean,
): HTMLLabelElement {
  const label = document.createElement('label');
  label.className = 'facet-option';
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.name = name;
  box.value = value;
  box.checked = isChosen;
  const text = document.createElement('span');
  text.dir = 'auto';
  text.textContent = value;
  text.title = value;
  const number = document.createElement('span');
  number.className = 'muted';
  number.textContent = String(count);
  label.append(box, text, ' ', number);
  return label;
}
