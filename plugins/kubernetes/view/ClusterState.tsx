import type { ReactNode } from 'react';

import { Box } from './Box.tsx';
import { Broken } from './Broken.tsx';
import type { ClusterData } from './fleet-data.ts';
import { FreshnessNote } from './FreshnessNote.tsx';

interface Props {
  cluster: ClusterData;
  /** Base path of the portal, with a slash at the end. */
  base: string;
  isFresher?: boolean;
}

/** How one cluster is doing: how fresh that is, its numbers, and what is not well there. */
export function ClusterState({ cluster, base, isFresher = false }: Props): ReactNode {
  const { nodes, broken, error } = cluster;
  const workloads = Object.values(cluster.counts).reduce((sum, count) => sum + count, 0);
  const numbers: [number | string, string][] = [
    [workloads, 'workloads'],
    [cluster.pods, 'pods'],
    [nodes.total === 0 ? 'not read' : `${nodes.ready} of ${nodes.total}`, 'nodes ready'],
    [broken.length, 'workloads not well'],
    [cluster.unowned, 'workloads of nobody'],
  ];
  return (
    <div className="stack">
      <p className="cluster">
        <FreshnessNote asOf={cluster.asOf} freshness={cluster.freshness} />
        <span className="muted small" data-k8s-source>
          {isFresher ? 'refreshed after this page was built' : 'as built'}
        </span>
      </p>
      {error && (
        <div className="note note-warn">
          <div>
            <p className="note-title">It could not be read</p>
            <p dir="auto">
              {error.message}. {error.hint}
            </p>
          </div>
        </div>
      )}
      <section className="card card-flush">
        <div className="card-body">
          <div className="stats">
            {numbers.map(([value, label]) => (
              <div className="stat" key={label}>
                <span className="stat-value">
                  {typeof value === 'number' ? value.toLocaleString('en') : value}
                </span>
                <span className="stat-label">{label}</span>
              </div>
            ))}
          </div>
        </div>
      </section>
      {broken.length > 0 && (
        <Box title="Not well" count={broken.length}>
          <Broken rows={broken} base={base} />
        </Box>
      )}
    </div>
  );
}
