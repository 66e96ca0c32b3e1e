import type { ReactNode } from 'react';

import { rank } from '../health/verdict.ts';
import { HealthRow } from './HealthRow.tsx';
import type { StatusData } from './status-data.ts';

interface Props {
  data: StatusData;
  /** Base path of the portal, with a slash at the end. */
  base: string;
  isFresher?: boolean;
}

/** Rows before the rest is on the page of all clusters. */
const most = 8;

/** Entities that are not well, the worst first; a script narrows them to the reader's team. */
export function BrokenEntities({ data, base, isFresher = false }: Props): ReactNode {
  const broken = Object.entries(data.entities)
    .filter(([, { status }]) => rank(status) >= rank('Unknown'))
    .sort(([, one], [, other]) => rank(other.status) - rank(one.status));
  const source = isFresher ? 'Refreshed after this page was built. ' : '';
  if (broken.length === 0)
    return <p className="k8s-fine">{source}Everything that could be read is well.</p>;
  return (
    <div data-k8s-broken>
      <p className="k8s-fine muted small" data-k8s-own hidden />
      {isFresher && <p className="k8s-fine muted small">{source}</p>}
      <ul className="rows small">
        {broken.map(([ref, { title, path, owners, ...health }], index) => (
          <li key={ref} data-owners={owners.join(' ')} hidden={index >= most}>
            <HealthRow health={health}>
              {path === '' ? (
                <span className="mono">{title}</span>
              ) : (
                <a href={base + path.slice(1)} dir="auto">
                  {title}
                </a>
              )}
            </HealthRow>
          </li>
        ))}
      </ul>
    </div>
  );
}
