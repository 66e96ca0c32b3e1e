import type { Portal, SearchRecord } from '../../plugins/types.ts';
import { wordsOf } from '../src/search/engine/words.ts';
import { searchRecords } from './records.ts';

/** Everything of one kind, by title: what is left of search when scripts are off. */
export interface RecordList {
  type: string;
  /** Last part of its address. */
  slug: string;
  records: SearchRecord[];
}

/** Entries on one page of a list. */
export const perListPage = 1000;

const known = new WeakMap<Portal, RecordList[]>();

/** The lists of a portal: made once, several pages ask for them. */
export function listsOf(portal: Portal): RecordList[] {
  const lists = known.get(portal) ?? recordLists(searchRecords(portal));
  known.set(portal, lists);
  return lists;
}

/** One list for each type of record. */
export function recordLists(records: readonly SearchRecord[]): RecordList[] {
  const { compare } = new Intl.Collator('en', { numeric: true });
  return Array.from(
    Map.groupBy(records, (record) => record.type),
    ([type, members]) => ({
      type,
      slug: wordsOf(type).join('-') || 'other',
      records: members.toSorted((a, b) => compare(a.title, b.title)),
    }),
  ).toSorted((a, b) => compare(a.type, b.type));
}
