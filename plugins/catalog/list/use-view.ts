import { useCallback, useEffect, useRef, useState } from 'react';

import { parseView, plainView, viewSearch, type ListView } from './view.ts';

/** Changes some of the view and keeps the rest. */
export type ChangeView = (change: Partial<ListView>) => void;

/** The view, kept in the address. The first render is the plain one, as in the HTML. */
export function useView(): [ListView, ChangeView] {
  const [view, setView] = useState(plainView);
  const writing = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    function read(): void {
      setView(parseView(location.search));
    }
    if (location.search) read();
    addEventListener('popstate', read);
    return () => removeEventListener('popstate', read);
  }, []);
  const change = useCallback<ChangeView>((some) => {
    setView((before) => {
      const next = { ...before, ...some };
      clearTimeout(writing.current);
      // Not at every letter: browsers refuse more than a few addresses a second.
      writing.current = setTimeout(() => write(next), 150);
      return next;
    });
  }, []);
  return [view, change];
}

/** Replaced, not pushed: going back leaves the list instead of undoing it letter by letter. */
function write(view: ListView): void {
  history.replaceState(null, '', location.pathname + viewSearch(view) + location.hash);
}
