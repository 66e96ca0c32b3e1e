import { memo, useMemo, type ReactNode } from 'react';

import { DataTable } from '../../../ui/DataTable.tsx';
import { kindLook } from '../kind-looks.ts';
import type { Remembered } from '../personal/memory.ts';
import { Cells } from './Cells.tsx';
import { columnsOf } from './columns.ts';
import type { CatalogRow } from './rows.ts';
import type { ChangeView } from './use-view.ts';
import type { ListView } from './view.ts';

interface Props {
  base: string;
  rows: readonly CatalogRow[];
  view: ListView;
  changeView: ChangeView;
  starred: ReadonlySet<string>;
  onStar(row: Remembered): void;
  active: number;
}

const noKinds: string[] = [];

/** The rows of the list. Drawn anew only when they change, so that typing stays quick. */
export const ListTable = memo(function ListTable(props: Props): ReactNode {
  const { base, rows, view, changeView, starred, onStar, active } = props;
  const kinds = view.chosen['kind'] ?? noKinds;
  const columns = useMemo(
    () =>
      columnsOf(rows, kinds).map((column) => ({
        id: column.id,
        title: column.title,
        isNumeric: column.isNumeric ?? false,
        render: (row: CatalogRow) => (
          <Cells
            row={row}
            column={column}
            base={base}
            isStarred={starred.has(row.ref)}
            onStar={() => onStar(row)}
          />
        ),
      })),
    [rows, kinds, base, starred, onStar],
  );
  return (
    <DataTable<CatalogRow>
      label={kinds.length === 1 ? kindLook(kinds[0]!).many : 'Entities'}
      rows={rows}
      keyOf={(row) => row.ref}
      sort={view.sort}
      isDescending={view.isDescending}
      onSort={(sort) =>
        changeView({ sort, isDescending: view.sort === sort && !view.isDescending })
      }
      active={active}
      columns={columns}
    />
  );
});
