import type { ReactNode } from 'react';

import { Dot } from '../../../ui/Dot.tsx';
import { kindLook } from '../kind-looks.ts';
import type { CatalogColumn } from './columns.ts';
import type { CatalogRow } from './rows.ts';

interface Props {
  row: CatalogRow;
  column: CatalogColumn;
  base: string;
  isStarred: boolean;
  onStar(): void;
}

/** What stands in one cell of the list. */
export function Cells({ row, column, base, isStarred, onStar }: Props): ReactNode {
  if (column.id === 'name')
    return <Name row={row} base={base} isStarred={isStarred} onStar={onStar} />;
  const cell = column.cellOf(row);
  if (!cell) return <span className="muted">–</span>;
  if (cell.path)
    return (
      <a className="truncate" href={base + cell.path.slice(1)} title={cell.text} dir="auto">
        {cell.text}
      </a>
    );
  if (cell.tone)
    return (
      <span className={`status status-${cell.tone}`} title={cell.text}>
        <Dot tone={cell.tone} />
        <span className="truncate">{cell.text}</span>
      </span>
    );
  return (
    <span className={cell.isMissing ? 'truncate muted' : 'truncate'} title={cell.text} dir="auto">
      {cell.text}
      {cell.isMissing && ' (missing)'}
    </span>
  );
}

function Name({ row, base, isStarred, onStar }: Omit<Props, 'column'>): ReactNode {
  const look = kindLook(row.kind);
  const second = [look.one, row.type, row.owner?.title].filter(Boolean).join(' · ');
  return (
    <span className="list-name">
      <button
        type="button"
        className="star needs-script"
        aria-pressed={isStarred}
        aria-label={`Star ${row.title}`}
        onClick={onStar}
      >
        <svg className="icon icon-star" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M12 2.6l2.9 6 6.5.9-4.7 4.6 1.1 6.5-5.8-3.1-5.8 3.1 1.1-6.5L2.6 9.5l6.5-.9z" />
        </svg>
      </button>
      <span className="glyph" title={look.one} aria-hidden="true">
        {look.glyph}
      </span>
      <span className="list-title">
        <a href={base + row.path.slice(1)} title={row.ref} dir="auto">
          {row.title}
        </a>
        <span className="list-second" dir="auto">
          {second}
        </span>
        {row.description && (
          <span className="list-description" dir="auto" title={row.description}>
            {row.description}
          </span>
        )}
      </span>
    </span>
  );
}
