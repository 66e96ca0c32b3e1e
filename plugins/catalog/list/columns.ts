import { none } from './facets.ts';
import type { CatalogRow, RowLink } from './rows.ts';

/** What a cell shows. */
export interface Cell {
  text: string;
  /** Below the base. */
  path?: string | undefined;
  tone?: 'ok' | 'warn' | 'error' | 'info' | 'unknown' | undefined;
  isMissing?: boolean;
}

/** A column of the list. */
export interface CatalogColumn {
  id: string;
  title: string;
  isNumeric?: boolean;
  cellOf(row: CatalogRow): Cell | undefined;
  /** Undefined sorts last. */
  sortOf(row: CatalogRow): string | number | undefined;
}

const name = text('name', 'Name', (row) => row.title);
const kind = text('kind', 'Kind', (row) => [row.kind, row.type].filter(Boolean).join(' · '));
const type = text('type', 'Type', (row) => row.type);
const lifecycle = text('lifecycle', 'Lifecycle', (row) => row.lifecycle);
const owner = link('owner', 'Owner', (row) => row.owner);
const tags = text('tags', 'Tags', (row) => row.tags?.join(', '));
const email = text('email', 'E-mail', (row) => row.email);
const problems: CatalogColumn = {
  id: 'problems',
  title: 'Problems',
  cellOf: ({ problems: found }) => {
    if (!found) return undefined;
    const { error = 0, warning = 0, info = 0 } = found;
    const words = [
      error && plural(error, 'error'),
      warning && plural(warning, 'warning'),
      info && `${info} info`,
    ];
    return { text: words.filter(Boolean).join(', '), tone: error > 0 ? 'error' : 'warn' };
  },
  sortOf: ({ problems: found }) =>
    found && (found.error ?? 0) * 10_000 + (found.warning ?? 0) * 100 + (found.info ?? 0),
};

const byKind: Readonly<Record<string, readonly CatalogColumn[]>> = {
  component: [name, type, owner, part('System'), lifecycle, problems],
  api: [name, type, owner, part('System'), lifecycle, problems],
  resource: [name, type, owner, part('System'), problems],
  system: [name, owner, part('Domain'), count('parts', 'Parts'), problems],
  domain: [name, owner, part('Part of'), count('parts', 'Parts'), problems],
  group: [name, type, part('Parent'), count('members', 'Members'), count('owns', 'Owns'), problems],
  user: [name, text('groups', 'Groups', (row) => row.groups?.join(', ')), email, problems],
  template: [name, type, owner, tags, problems],
  location: [name, type, text('repository', 'Repository', (row) => row.repository), problems],
};
/** Few, so that what other plugins state has room. */
const ofAnyKind = [name, kind, owner, part('Part of'), problems];

/** Columns that fit what is listed: those of the one kind chosen, and one for each fact other plugins state. */
export function columnsOf(rows: readonly CatalogRow[], kinds: readonly string[]): CatalogColumn[] {
  const columns = (kinds.length === 1 && byKind[kinds[0]!]) || ofAnyKind;
  return [...columns, ...factColumns(rows)];
}

function factColumns(rows: readonly CatalogRow[]): CatalogColumn[] {
  const titles = new Map<string, string>();
  for (const row of rows) for (const { id, label } of row.facts ?? []) titles.set(id, label);
  // In one order, whichever row states something first.
  return [...titles]
    .toSorted(([, a], [, b]) => a.localeCompare(b))
    .map(([id, title]) => {
      function factOf(row: CatalogRow) {
        return row.facts?.find((fact) => fact.id === id);
      }
      return {
        id: `fact-${id}`,
        title,
        cellOf: (row) => {
          const fact = factOf(row);
          return fact && { text: fact.text, tone: fact.tone };
        },
        sortOf: (row) => factOf(row)?.sort ?? factOf(row)?.text,
      };
    });
}

function text(
  id: string,
  title: string,
  valueOf: (row: CatalogRow) => string | undefined,
): CatalogColumn {
  return {
    id,
    title,
    cellOf: (row) => {
      const value = valueOf(row);
      return value ? { text: value } : undefined;
    },
    sortOf: (row) => valueOf(row) || undefined,
  };
}

function link(
  id: string,
  title: string,
  valueOf: (row: CatalogRow) => RowLink | undefined,
): CatalogColumn {
  return {
    id,
    title,
    cellOf: (row) => {
      const target = valueOf(row);
      return (
        target && { text: target.title, path: target.path, isMissing: target.path === undefined }
      );
    },
    sortOf: (row) => valueOf(row)?.title,
  };
}

function part(title: string): CatalogColumn {
  return link('system', title, (row) => row.system);
}

function count(id: 'parts' | 'members' | 'owns', title: string): CatalogColumn {
  return {
    id,
    title,
    isNumeric: true,
    cellOf: (row) => (row[id] === undefined ? undefined : { text: String(row[id]) }),
    sortOf: (row) => row[id],
  };
}

function plural(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

/** How a facet's value reads. */
export function facetLabel(label: string): string {
  return label === none ? 'none' : label;
}
