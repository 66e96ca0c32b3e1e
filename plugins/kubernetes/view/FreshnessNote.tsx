import type { ReactNode } from 'react';

import { Age } from '../../../ui/Age.tsx';
import type { Freshness } from '../model/freshness.ts';

interface Props {
  asOf: string;
  freshness: Freshness;
}

/** How old what is shown of a cluster is, and how far it can be trusted. */
export function FreshnessNote({ asOf, freshness }: Props): ReactNode {
  return (
    <span className="cluster cluster-s">
      {freshness === 'recorded' && <span className="chip chip-unknown">recording</span>}
      {freshness === 'stale' && <span className="chip chip-warn">stale</span>}
      {freshness === 'unreachable' && <span className="chip chip-error">unreachable</span>}
      {freshness !== 'unreachable' && (
        <span className="muted small">
          as of <Age at={asOf} />
        </span>
      )}
    </span>
  );
}
