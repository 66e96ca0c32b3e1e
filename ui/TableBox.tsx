import type { ReactNode } from 'react';

interface Props {
  /** What the table lists; read by screen readers. */
  label: string;
  isSticky?: boolean;
  /** Rows of `<thead>` and `<tbody>`. */
  children: ReactNode;
}

/** Table.astro for islands: a table that scrolls sideways in its own box. */
export function TableBox({ label, isSticky = false, children }: Props): ReactNode {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role -- a box that scrolls has to be reached by keyboard
    <div className="table-scroll" role="region" aria-label={label} tabIndex={0}>
      <table className={isSticky ? 'table table-sticky' : 'table'}>
        <caption className="visually-hidden">{label}</caption>
        {children}
      </table>
    </div>
  );
}
