import { useCallback, useEffect, useState } from 'react';

import { parseView, plainView, viewSearch, type ListView } from './view.ts';

/** The view, kept in the address. The first render is the plain one, as in the HTML. */
export function useView(): [ListView, (view: ListView) => void] {
  const [view, setView] = useState(plainView);
  useEffect(() => {
    function read(): void {
      setView(parseView(location.search));
    }
    if (location.search) read();
    addEventListener('popstate', read);
    return () => removeEventListener('popstate', read);
  }, []);
  const change = useCallback((next: ListView) => {
    // Replaced, not pushed: going back leaves the list instead of undoing it letter by letter.
    history.replaceState(null, '', location.pathname + viewSearch(next) + location.hash);
    setView(next);
  }, []);
  return [view, change];
}
