import { useEffect, useState } from 'react';

import type { CatalogRow } from './rows.ts';

/** The first rows at once, all of them as soon as they are fetched. */
export function useAllRows(
  base: string,
  firstRows: CatalogRow[],
): { rows: readonly CatalogRow[]; isWhole: boolean; error: string | undefined } {
  const [all, setAll] = useState<CatalogRow[]>();
  const [error, setError] = useState<string>();
  useEffect(() => {
    const stop = new AbortController();
    fetch(`${base}api/catalog/entities.json`, { signal: stop.signal })
      .then((response) => {
        if (!response.ok) throw new Error(`the server answered ${response.status}`);
        return response.json() as Promise<CatalogRow[]>;
      })
      .then(setAll)
      .catch((cause: unknown) => {
        if (!stop.signal.aborted)
          setError(
            `Only the first ${firstRows.length} could be loaded (${String(cause)}). Reload to try again.`,
          );
      });
    return () => stop.abort();
  }, [base, firstRows.length]);
  return { rows: all ?? firstRows, isWhole: all !== undefined, error };
}
