import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';

import { BrokenEntities } from './BrokenEntities.tsx';
import { ClusterState } from './ClusterState.tsx';
import type { EntityData } from './entity-data.ts';
import { EntityState } from './EntityState.tsx';
import { EntitySummary } from './EntitySummary.tsx';
import type { FleetData } from './fleet-data.ts';
import { FleetState } from './FleetState.tsx';
import type { StatusData } from './status-data.ts';

/** A part of a page with the data it is drawn from. */
export type Drawable =
  | { view: 'state' | 'summary'; data: EntityData }
  | { view: 'fleet'; data: FleetData }
  | { view: 'cluster'; data: FleetData }
  | { view: 'broken'; data: StatusData };
export type View = Drawable['view'];

/**
 * Draws a part of a page aside and puts it in place once it is whole; false, and nothing changed, where the data turn out
 * to be unreadable.
 */
export function draw(box: HTMLElement, drawable: Drawable, base: string): boolean {
  const drawn = document.createElement('div');
  let isWhole = true;
  const root = createRoot(drawn, { onUncaughtError: () => (isWhole = false) });
  flushSync(() => root.render(viewOf(drawable, base)));
  if (isWhole) box.replaceChildren(drawn);
  else root.unmount();
  return isWhole;
}

function viewOf(drawable: Drawable, base: string): ReactNode {
  if (drawable.view === 'broken')
    return <BrokenEntities data={drawable.data} base={base} isFresher />;
  if (drawable.view === 'cluster')
    return <ClusterState cluster={drawable.data.clusters[0]!} base={base} isFresher />;
  if (drawable.view === 'fleet') return <FleetState data={drawable.data} base={base} isFresher />;
  if (drawable.view === 'summary') return <EntitySummary data={drawable.data} isFresher />;
  return <EntityState data={drawable.data} base={base} isFresher />;
}
