import type { ReactNode } from 'react';

import { Age } from '../../../ui/Age.tsx';
import type { EntityData } from './entity-data.ts';
import { Health } from './Health.tsx';
import { HealthRow } from './HealthRow.tsx';

/** Workloads named before the rest is a number. */
const most = 6;

/** How an entity does, in a few lines: the card of its overview. */
export function EntitySummary({
  data,
  isFresher = false,
}: {
  data: EntityData;
  isFresher?: boolean;
}): ReactNode {
  const { health, workloads } = data;
  return (
    <div className="stack stack-s">
      <p>
        <Health status={health.status} />
      </p>
      {health.status !== 'Healthy' && (
        <p className="small" dir="auto">
          {health.message}
          {health.since && (
            <>
              , since <Age at={health.since} />
            </>
          )}
        </p>
      )}
      <ul className="rows rows-plain small">
        {workloads
          .slice(0, most)
          .map(({ id, name, cluster, version, ready = 0, desired, ...each }) => (
            <li key={id}>
              <HealthRow health={{ status: each.health.status, message: '' }} isBrief>
                {name} <span className="muted">on {cluster}</span>
                <span className="k8s-version mono">{version}</span>
                {desired !== undefined && (
                  <span className="muted">
                    {ready} of {desired}
                  </span>
                )}
              </HealthRow>
            </li>
          ))}
      </ul>
      {workloads.length > most && <p className="muted small">and {workloads.length - most} more</p>}
      <p className="muted small">
        as of <Age at={data.oldest} />
        {isFresher && ', refreshed after this page was built'}
      </p>
    </div>
  );
}
