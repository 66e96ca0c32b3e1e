import type { ReactNode, RefObject } from 'react';

import { toCsv } from '../../../ui/csv.ts';
import { columnsOf, facetLabel } from './columns.ts';
import { facets, type FacetValue } from './facets.ts';
import type { CatalogRow } from './rows.ts';
import type { ChangeView } from './use-view.ts';
import type { ListView } from './view.ts';

interface Props {
  view: ListView;
  changeView: ChangeView;
  search: RefObject<HTMLInputElement | null>;
  shown: readonly CatalogRow[];
  counts: Readonly<Record<string, FacetValue[]>>;
  hasTeam: boolean;
}

/** The words searched for, the reader's own filters, what is chosen, and the list as a file. */
export function Toolbar({ view, changeView, search, shown, counts, hasTeam }: Props): ReactNode {
  const chosen = facets
    .filter(({ id }) => id !== 'kind')
    .flatMap((facet) => (view.chosen[facet.id] ?? []).map((value) => ({ facet, value })));
  function toggleOnly(only: 'mine' | 'starred'): void {
    changeView({ only: view.only === only ? undefined : only });
  }
  return (
    <div className="list-toolbar needs-script">
      <input
        ref={search}
        type="search"
        className="input list-search"
        aria-label="Filter by name, title, description or tag"
        placeholder="Filter by name, title, tag…"
        value={view.query}
        maxLength={200}
        onChange={(event) => changeView({ query: event.target.value })}
      />
      <button
        type="button"
        className="button"
        aria-pressed={view.only === 'mine'}
        onClick={() => toggleOnly('mine')}
        disabled={!hasTeam && view.only !== 'mine'}
        title={hasTeam ? undefined : 'Pick your team on the home page first'}
      >
        My team
      </button>
      <button
        type="button"
        className="button"
        aria-pressed={view.only === 'starred'}
        onClick={() => toggleOnly('starred')}
      >
        Starred
      </button>
      <span className="cluster cluster-s list-chosen">
        {chosen.map(({ facet, value }) => (
          <button
            key={`${facet.id} ${value}`}
            type="button"
            className="chip chip-accent chip-button"
            aria-label={`Remove ${facet.title}: ${value}`}
            onClick={() => changeView({ chosen: without(view, facet.id, value) })}
          >
            {facet.title}:{' '}
            {facetLabel(counts[facet.id]?.find((each) => each.value === value)?.label ?? value)} ×
          </button>
        ))}
      </span>
      <span className="cluster cluster-s push">
        <button
          type="button"
          className="button button-quiet"
          onClick={() => save(csvOf(shown, view), 'catalog.csv', 'text/csv')}
        >
          CSV
        </button>
        <button
          type="button"
          className="button button-quiet"
          onClick={() => save(JSON.stringify(shown, null, 2), 'catalog.json', 'application/json')}
        >
          JSON
        </button>
      </span>
    </div>
  );
}

function without(view: ListView, facet: string, value: string): ListView['chosen'] {
  const rest = (view.chosen[facet] ?? []).filter((each) => each !== value);
  return { ...view.chosen, [facet]: rest };
}

function csvOf(rows: readonly CatalogRow[], view: ListView): string {
  const columns = columnsOf(rows, view.chosen['kind'] ?? []);
  const head = ['Ref', ...columns.map(({ title }) => title), 'Description'];
  return toCsv([
    head,
    ...rows.map((row) => [
      row.ref,
      ...columns.map((column) => column.cellOf(row)?.text ?? ''),
      row.description ?? '',
    ]),
  ]);
}

function save(text: string, name: string, type: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
