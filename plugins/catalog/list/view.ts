import { fromBackstage } from './backstage-address.ts';
import { columnsOf } from './columns.ts';
import { facets, passes } from './facets.ts';
import type { CatalogRow } from './rows.ts';

/** Everything that decides what the list shows; all of it is in the address. */
export interface ListView {
  query: string;
  chosen: Record<string, string[]>;
  /** Only what the reader's team owns, or starred. */
  only: 'mine' | 'starred' | undefined;
  sort: string;
  isDescending: boolean;
}

export const plainView: ListView = {
  query: '',
  chosen: {},
  only: undefined,
  sort: 'name',
  isDescending: false,
};

/** What the browser remembers and the address does not say. */
export interface Personal {
  starred: ReadonlySet<string>;
  /** Refs of the reader's team and the groups below it. */
  team: ReadonlySet<string>;
}

/** Reads `?q=…&kind=…&owner=a&owner=b&only=mine&sort=-owner`, or an address of Backstage's catalog. */
export function parseView(search: string): ListView {
  const parameters = fromBackstage(search);
  const chosen: Record<string, string[]> = {};
  for (const { id } of facets) {
    const values = parameters.getAll(id).filter((value) => value !== '');
    if (values.length > 0)
      chosen[id] = id === 'kind' ? values.map((kind) => kind.toLowerCase()) : values;
  }
  const only = parameters.get('only');
  const sort = parameters.get('sort') ?? 'name';
  return {
    query: parameters.get('q') ?? '',
    chosen,
    only: only === 'mine' || only === 'starred' ? only : undefined,
    sort: sort.replace(/^-/, ''),
    isDescending: sort.startsWith('-'),
  };
}

/** The address of a view; the plain one has no parameters at all. */
export function viewSearch(view: ListView): string {
  const parameters = new URLSearchParams();
  if (view.query) parameters.set('q', view.query);
  for (const { id } of facets)
    for (const value of view.chosen[id] ?? []) parameters.append(id, value);
  if (view.only) parameters.set('only', view.only);
  if (view.sort !== 'name' || view.isDescending)
    parameters.set('sort', (view.isDescending ? '-' : '') + view.sort);
  const text = parameters.toString().replaceAll('%3A', ':').replaceAll('%2F', '/');
  return text ? `?${text}` : '';
}

/** Rows that match the words and the reader's own filter; facets come after, since they count these. */
export function matchingRows(
  rows: readonly CatalogRow[],
  view: Pick<ListView, 'query' | 'only'>,
  personal: Personal,
): CatalogRow[] {
  const words = fold(view.query).split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (view.only === 'starred' && !personal.starred.has(row.ref)) return false;
    if (view.only === 'mine' && !isMine(row, personal)) return false;
    return words.every((word) => haystackOf(row).includes(word));
  });
}

/** Rows of a view, sorted. */
export function shownRows(matching: readonly CatalogRow[], view: ListView): CatalogRow[] {
  const passing = matching.filter((row) =>
    facets.every((facet) => passes(facet, row, view.chosen)),
  );
  // Rows come by name: sorting thousands of them again at every letter would be felt.
  if (view.sort === 'name') return view.isDescending ? passing.toReversed() : passing;
  const column = columnsOf(passing, view.chosen['kind'] ?? []).find(({ id }) => id === view.sort);
  if (!column) return passing;
  const sign = view.isDescending ? -1 : 1;
  return passing
    .map((row) => ({ row, key: column.sortOf(row) }))
    .toSorted((a, b) => compare(a.key, b.key, sign) || compare(a.row.title, b.row.title, 1))
    .map(({ row }) => row);
}

/** Nothing goes last in both directions. */
function compare(
  a: string | number | undefined,
  b: string | number | undefined,
  sign: number,
): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  return sign * collator.compare(String(a), String(b));
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function isMine(row: CatalogRow, { team }: Personal): boolean {
  return team.has(row.ref) || (row.owner !== undefined && team.has(row.owner.ref));
}

const haystacks = new WeakMap<CatalogRow, string>();

function haystackOf(row: CatalogRow): string {
  let text = haystacks.get(row);
  if (text === undefined) {
    const parts = [
      row.title,
      row.ref,
      row.description,
      row.type,
      row.owner?.title,
      row.email,
      ...(row.tags ?? []),
    ];
    text = fold(parts.filter(Boolean).join(' '));
    haystacks.set(row, text);
  }
  return text;
}

/** So that `Ledger`, `ledger` and `Lédger` find each other. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
