import type { SearchRecord } from '../../plugins/types.ts';
import { wordsOf } from '../src/search/engine/words.ts';

/** Everything of one kind, by title: what is left of search when scripts are off. */
export interface RecordList {
  type: string;
  /** Last part of its address. */
  slug: string;
  records: SearchRecord[];
}

/** Entries on one page of a list. */
export const perListPage = 1000;

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
