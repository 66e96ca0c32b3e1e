import { useDeferredValue, useEffect, useMemo, useRef, type ReactNode } from 'react';

import { facetCounts, type FacetValue } from './list/facets.ts';
import { Facets } from './list/Facets.tsx';
import { KindTabs } from './list/KindTabs.tsx';
import { ListTable } from './list/ListTable.tsx';
import type { CatalogRow } from './list/rows.ts';
import { Toolbar } from './list/Toolbar.tsx';
import { useAllRows } from './list/use-all-rows.ts';
import { useListKeys } from './list/use-list-keys.ts';
import { usePersonal } from './list/use-personal.ts';
import { useView } from './list/use-view.ts';
import { matchingRows, plainView, shownRows } from './list/view.ts';

interface Props {
  /** The portal's base path, with a slash at both ends. */
  base: string;
  /** The first rows of the plain view; the rest is fetched. */
  firstRows: CatalogRow[];
  total: number;
  /** Counts of the plain view, so that nothing jumps when the rest arrives. */
  counts: Record<string, FacetValue[]>;
}

/** The catalog as one list: narrowed by facets and words, sorted, shared by its address. */
export default function CatalogList({ base, firstRows, total, counts }: Props): ReactNode {
  const [latest, changeView] = useView();
  // What is typed shows at once; the list follows when there is time.
  const view = useDeferredValue(latest);
  const { rows, isWhole, error } = useAllRows(base, firstRows);
  const personal = usePersonal(base);
  const search = useRef<HTMLInputElement>(null);
  const { query, only, chosen } = view;
  const matching = useMemo(
    () => matchingRows(rows, { query, only }, personal),
    [rows, query, only, personal],
  );
  const shown = useMemo(() => shownRows(matching, view), [matching, view]);
  const found = useMemo(
    () => (isWhole ? facetCounts(matching, chosen) : counts),
    [isWhole, matching, chosen, counts],
  );
  const { active, reset } = useListKeys({ rows: shown, base, search, star: personal.toggle });
  useEffect(reset, [latest, reset]);

  return (
    <div className="list needs-script">
      <KindTabs counts={found} view={view} changeView={changeView} />
      <Toolbar
        view={latest}
        changeView={changeView}
        search={search}
        shown={shown}
        counts={found}
        hasTeam={personal.team.size > 0}
      />
      <div className="list-columns">
        <Facets counts={found} view={view} changeView={changeView} />
        <div className="list-table">
          <output className="list-count small muted">
            {countText(shown.length, isWhole ? rows.length : total, isWhole)}
            {error && ` ${error}`}
          </output>
          {shown.length === 0 && isWhole ? (
            <div className="empty">
              <p className="empty-title">Nothing matches</p>
              <button type="button" className="button" onClick={() => changeView(plainView)}>
                Show everything
              </button>
            </div>
          ) : (
            <ListTable
              base={base}
              rows={shown}
              view={view}
              changeView={changeView}
              starred={personal.starred}
              onStar={personal.toggle}
              active={active}
            />
          )}
        </div>
      </div>
    </div>
  );
}

function countText(count: number, total: number, isWhole: boolean): string {
  const entities = `${total.toLocaleString('en')} ${total === 1 ? 'entity' : 'entities'}`;
  if (!isWhole) return `${entities}, loading…`;
  return count === total ? entities : `${count.toLocaleString('en')} of ${entities}`;
}
