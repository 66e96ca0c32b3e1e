import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';

import type { EntityData } from './entity-data.ts';
import { EntityState } from './EntityState.tsx';
import { EntitySummary } from './EntitySummary.tsx';

/**
 * Draws an entity's state aside and puts it in place once it is whole; false, and nothing changed, where the data turn
 * out to be unreadable.
 */
export function drawEntity(
  box: HTMLElement,
  view: 'state' | 'summary',
  data: EntityData,
  base: string,
): boolean {
  const drawn = document.createElement('div');
  let isWhole = true;
  const root = createRoot(drawn, { onUncaughtError: () => (isWhole = false) });
  flushSync(() => {
    root.render(
      view === 'summary' ? (
        <EntitySummary data={data} isFresher />
      ) : (
        <EntityState data={data} base={base} isFresher />
      ),
    );
  });
  if (isWhole) box.replaceChildren(drawn);
  else root.unmount();
  return isWhole;
}
