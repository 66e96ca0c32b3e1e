import { useDeferredValue, useEffect, useMemo, useRef, type ReactNode } from 'react';

import { DataTable } from '../../ui/DataTable.tsx';
import { kindLook } from './kind-looks.ts';
import { Cells } from './list/Cells.tsx';
import { columnsOf } from './list/columns.ts';
import { facetCounts, type FacetValue } from './list/facets.ts';
import { Facets } from './list/Facets.tsx';
import { KindTabs } from './list/KindTabs.tsx';
import type { CatalogRow } from './list/rows.ts';
import { Toolbar } from './list/Toolbar.tsx';
import { useAllRows } from './list/use-all-rows.ts';
import { usePersonal } from './list/use-personal.ts';
import { useListKeys } from './list/use-list-keys.ts';
import { useView } from './list/use-view.ts';
import { matchingRows, plainView, shownRows, type ListView } from './list/view.ts';

interface Props {
  /** The portal's base path, with a slash at both ends. */
  base: string;
  /** The first rows of the plain view; the rest is fetched. */
  firstRows: CatalogRow[];
  total: number;
  /** Counts of the plain view, so that nothing jumps when the rest arrives. */
  counts: Record<string, FacetValue[]>;
}

const noKinds: string[] = [];

/** The catalog as one list: narrowed by facets and words, sorted, shared by its address. */
export default function CatalogList({ base, firstRows, total, counts }: Props): ReactNode {
  const [view, setView] = useView();
  const { rows, isWhole, error } = useAllRows(base, firstRows);
  const personal = usePersonal(base);
  const search = useRef<HTMLInputElement>(null);
  const query = useDeferredValue(view.query);
  const matching = useMemo(
    () => matchingRows(rows, { ...view, query }, personal),
    [rows, view, query, personal],
  );
  const shown = useMemo(() => shownRows(matching, view), [matching, view]);
  const found = useMemo(
    () => (isWhole ? facetCounts(matching, view.chosen) : counts),
    [isWhole, matching, view.chosen, counts],
  );
  const kinds = view.chosen['kind'] ?? noKinds;
  const columns = useMemo(() => columnsOf(shown, kinds), [shown, kinds]);
  const { active, reset } = useListKeys({ rows: shown, base, search, star: personal.toggle });
  useEffect(reset, [view, reset]);

  const isPlain = view === plainView || sameFilter(view, plainView);
  const count = isWhole || !isPlain ? shown.length : total;
  return (
    <div className="list">
      <KindTabs
        values={found['kind'] ?? []}
        chosen={kinds}
        onChoose={(kind) =>
          setView({ ...view, chosen: { ...view.chosen, kind: kind ? [kind] : [] } })
        }
      />
      <Toolbar
        view={view}
        setView={setView}
        search={search}
        shown={shown}
        counts={found}
        hasTeam={personal.team.size > 0}
      />
      <div className="list-columns">
        <Facets counts={found} view={view} setView={setView} />
        <div className="list-table">
          <output className="list-count small muted">
            {countText(count, total, isWhole)}
            {error && ` ${error}`}
          </output>
          {shown.length === 0 && isWhole ? (
            <div className="empty">
              <p className="empty-title">Nothing matches</p>
              <button type="button" className="button" onClick={() => setView(plainView)}>
                Show everything
              </button>
            </div>
          ) : (
            <DataTable<CatalogRow>
              label={kinds.length === 1 ? kindLook(kinds[0]!).many : 'Entities'}
              rows={shown}
              keyOf={(row) => row.ref}
              sort={view.sort}
              isDescending={view.isDescending}
              onSort={(sort) =>
                setView({ ...view, sort, isDescending: view.sort === sort && !view.isDescending })
              }
              active={active}
              columns={columns.map((column) => ({
                id: column.id,
                title: column.title,
                isNumeric: column.isNumeric ?? false,
                render: (row) => (
                  <Cells
                    row={row}
                    column={column}
                    base={base}
                    isStarred={personal.starred.has(row.ref)}
                    onStar={() => personal.toggle(row)}
                  />
                ),
              }))}
            />
          )}
        </div>
      </div>
    </div>
  );
}

function sameFilter(a: ListView, b: ListView): boolean {
  return (
    a.query === b.query &&
    a.only === b.only &&
    Object.values(a.chosen).every((values) => values.length === 0)
  );
}

function countText(count: number, total: number, isWhole: boolean): string {
  const entities = `${total.toLocaleString('en')} ${total === 1 ? 'entity' : 'entities'}`;
  if (!isWhole) return `${entities}, loading…`;
  return count === total ? entities : `${count.toLocaleString('en')} of ${entities}`;
}
