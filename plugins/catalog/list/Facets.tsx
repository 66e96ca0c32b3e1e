import { memo, useEffect, useRef, useState, type ReactNode } from 'react';

import { facetLabel } from './columns.ts';
import { facets, type Facet, type FacetValue } from './facets.ts';
import type { ChangeView } from './use-view.ts';
import type { ListView } from './view.ts';

interface Props {
  counts: Readonly<Record<string, FacetValue[]>>;
  view: ListView;
  changeView: ChangeView;
}

/** Long lists of values are searched, not scrolled. */
const many = 12;
const openAtFirst = new Set(['type', 'owner', 'lifecycle', 'problems']);

/** What the list can be narrowed by, with how many each choice would leave. */
export const Facets = memo(function Facets({ counts, view, changeView }: Props): ReactNode {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (details.current && matchMedia('(max-width: 960px)').matches) details.current.open = false;
  }, []);
  const useful = facets.filter(
    ({ id }) =>
      id !== 'kind' && ((counts[id]?.length ?? 0) > 1 || (view.chosen[id]?.length ?? 0) > 0),
  );
  return (
    <details className="list-facets needs-script" open ref={details}>
      <summary className="button">Filters</summary>
      <fieldset className="facets" aria-label="Filters">
        {useful.map((facet) => (
          <FacetGroup
            key={facet.id}
            facet={facet}
            values={counts[facet.id] ?? []}
            chosen={view.chosen[facet.id] ?? []}
            onChange={(chosen) => changeView({ chosen: { ...view.chosen, [facet.id]: chosen } })}
          />
        ))}
      </fieldset>
    </details>
  );
});

interface GroupProps {
  facet: Facet;
  values: readonly FacetValue[];
  chosen: readonly string[];
  onChange(chosen: string[]): void;
}

function FacetGroup({ facet, values, chosen, onChange }: GroupProps): ReactNode {
  const [words, setWords] = useState('');
  const wanted = words.trim().toLowerCase();
  const shown = values.filter(
    ({ label, value }) => chosen.includes(value) || label.toLowerCase().includes(wanted),
  );
  return (
    <details className="facet" open={openAtFirst.has(facet.id) || chosen.length > 0}>
      <summary>
        {facet.title} {chosen.length > 0 && <span className="count">{chosen.length} chosen</span>}
      </summary>
      {values.length > many && (
        <input
          className="input facet-search"
          type="search"
          aria-label={`Search ${facet.title}`}
          placeholder="Search…"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      )}
      <div className="facet-options" tabIndex={-1}>
        {shown.slice(0, 100).map(({ value, label, count }) => (
          <label key={value} className="facet-option">
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={(event) =>
                onChange(
                  event.target.checked
                    ? [...chosen, value]
                    : chosen.filter((each) => each !== value),
                )
              }
            />
            <span dir="auto" title={value}>
              {facetLabel(label)}
            </span>
            <span className="count">{count.toLocaleString('en')}</span>
          </label>
        ))}
      </div>
    </details>
  );
}
