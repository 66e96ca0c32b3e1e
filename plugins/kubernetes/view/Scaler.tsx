import type { ReactNode } from 'react';

import type { WorkloadData } from './entity-data.ts';

/** An autoscaler between its limits: how many pods run, and how close to the most that is. */
export function Scaler({ scaler }: { scaler: NonNullable<WorkloadData['autoscaler']> }): ReactNode {
  const { min = 1, max = 1, current = 0, desired } = scaler;
  const isFull = max > min && current >= max;
  return (
    <span className="k8s-scaler">
      <meter min={0} max={max} value={current} high={max} optimum={min}>
        {current} of {max}
      </meter>
      <span className="numeric nowrap">
        <span className="muted">{min} ≤</span> {current} <span className="muted">≤ {max}</span>
        {desired !== undefined && desired !== current && `, wants ${desired}`}
        {isFull && <strong className="k8s-full"> at its limit</strong>}
      </span>
    </span>
  );
}
