import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';

/** A column of a DataTable. */
export interface DataColumn<Row> {
  id: string;
  title: string;
  isNumeric?: boolean;
  render(row: Row): ReactNode;
}

interface Props<Row> {
  label: string;
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  keyOf(row: Row): string;
  sort: string;
  isDescending: boolean;
  onSort(column: string): void;
  /** Row the keyboard stands on; -1 for none. */
  active: number;
}

/** Heights of `.data-table` rows in data.css, narrow and wide. */
const heights = { narrow: 56, wide: 36 };
/** Rows in the HTML and in the first render. */
const firstRows = 50;

/** A table of any length: only the rows in the window are in the document. Sorting and filtering are its owner's. */
export function DataTable<Row>(props: Props<Row>): ReactNode {
  const { label, columns, rows, keyOf, sort, isDescending, onSort, active } = props;
  const table = useRef<HTMLTableElement>(null);
  const [place, setPlace] = useState<{ top: number; height: number }>();
  useEffect(() => {
    const narrow = matchMedia('(max-width: 640px)');
    function measure(): void {
      const top = (table.current?.getBoundingClientRect().top ?? 0) + scrollY;
      setPlace({ top, height: narrow.matches ? heights.narrow : heights.wide });
    }
    measure();
    addEventListener('resize', measure);
    return () => removeEventListener('resize', measure);
  }, []);
  // oxlint-disable-next-line react/incompatible-library -- its answers change with scrolling and are not memoised here
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => place?.height ?? heights.wide,
    scrollMargin: place?.top ?? 0,
    overscan: 12,
    enabled: place !== undefined,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, place?.height]);
  useEffect(() => {
    if (active >= 0) virtualizer.scrollToIndex(active, { align: 'auto' });
  }, [virtualizer, active]);

  const items = place ? virtualizer.getVirtualItems() : [];
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? Math.min(firstRows, rows.length) - 1;
  const height = place?.height ?? heights.wide;
  return (
    <table
      className="table data-table"
      ref={table}
      aria-label={label}
      aria-rowcount={rows.length + 1}
    >
      <thead>
        <tr>
          {columns.map(({ id, title, isNumeric }) => (
            <th
              key={id}
              scope="col"
              className={`column-${id}${isNumeric ? ' numeric' : ''}`}
              aria-sort={sortState(id === sort, isDescending)}
            >
              <button type="button" className="sort" onClick={() => onSort(id)}>
                {title}
                <span aria-hidden="true">{id === sort ? sortArrow(isDescending) : ''}</span>
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {first > 0 && <Gap height={first * height} />}
        {rows.slice(first, last + 1).map((row, offset) => (
          <tr
            key={keyOf(row)}
            aria-rowindex={first + offset + 2}
            data-row={first + offset}
            className={first + offset === active ? 'row-active' : undefined}
          >
            {columns.map(({ id, isNumeric, render }, index) => {
              const className = `column-${id}${isNumeric ? ' numeric' : ''}`;
              return index === 0 ? (
                <th key={id} scope="row" className={className}>
                  {render(row)}
                </th>
              ) : (
                <td key={id} className={className}>
                  {render(row)}
                </td>
              );
            })}
          </tr>
        ))}
        {place && last < rows.length - 1 && <Gap height={(rows.length - 1 - last) * height} />}
      </tbody>
    </table>
  );
}

/** Room of the rows that are not in the document. Its height is set from script, which the page's policy allows. */
function Gap({ height }: { height: number }): ReactNode {
  return (
    <tr className="row-gap" aria-hidden="true">
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- room, hidden from assistive technology */}
      <td style={{ height }} />
    </tr>
  );
}

function sortState(
  isSorted: boolean,
  isDescending: boolean,
): 'ascending' | 'descending' | undefined {
  if (!isSorted) return undefined;
  return isDescending ? 'descending' : 'ascending';
}

function sortArrow(isDescending: boolean): string {
  return isDescending ? ' ↓' : ' ↑';
}

/** Whether a key pressed there is text for a field, or part of a browser's own shortcut. */
export function isForTyping(event: globalThis.KeyboardEvent | KeyboardEvent): boolean {
  const target = event.target;
  const isField = target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  return isField || event.metaKey || event.ctrlKey || event.altKey;
}
