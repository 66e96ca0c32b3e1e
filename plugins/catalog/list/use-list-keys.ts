import { useCallback, useEffect, useState, type RefObject } from 'react';

import { isForTyping } from '../../../ui/DataTable.tsx';
import type { CatalogRow } from './rows.ts';

interface Options {
  rows: readonly CatalogRow[];
  base: string;
  search: RefObject<HTMLInputElement | null>;
  star(row: CatalogRow): void;
}

/** `j` and `k` move, Enter opens, `s` stars, `f` goes to the filter. Off where the reader switched single keys off. */
export function useListKeys({ rows, base, search, star }: Options): {
  active: number;
  reset(): void;
} {
  const [active, setActive] = useState(-1);
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.key === 'Escape' && event.target === search.current) search.current?.blur();
      if (isForTyping(event) || areKeysOff() || document.querySelector('dialog[open]')) return;
      const row = rows[active];
      const isOnControl =
        event.target instanceof Element && event.target.closest('a, button, summary');
      if (event.key === 'j') setActive((index) => Math.min(rows.length - 1, index + 1));
      else if (event.key === 'k') setActive((index) => Math.max(0, index - 1));
      else if (event.key === 's' && row) star(row);
      else if (event.key === 'Enter' && row && !isOnControl)
        location.assign(base + row.path.slice(1));
      else if (event.key === 'f') search.current?.focus();
      else return;
      event.preventDefault();
    }
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [rows, active, base, search, star]);
  const reset = useCallback(() => setActive(-1), []);
  return { active, reset };
}

function areKeysOff(): boolean {
  try {
    return localStorage.getItem('callboard:single-keys-off') === '1';
  } catch {
    return false;
  }
}
