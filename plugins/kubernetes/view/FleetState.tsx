import type { ReactNode } from 'react';

import { TableBox } from '../../../ui/TableBox.tsx';
import { TableHead } from '../../../ui/TableHead.tsx';
import { cpuText, memoryText } from '../quantity.ts';
import { countsText } from '../words.ts';
import { Box } from './Box.tsx';
import { Broken } from './Broken.tsx';
import type { ClusterData, FleetData } from './fleet-data.ts';
import { FreshnessNote } from './FreshnessNote.tsx';

interface Props {
  data: FleetData;
  /** Base path of the portal, with a slash at the end. */
  base: string;
  isFresher?: boolean;
}

const numbers = ['Nodes', 'Pods', 'CPU requested', 'Memory requested'];

/** Every cluster, and what is not well anywhere. */
export function FleetState({ data, base, isFresher = false }: Props): ReactNode {
  const broken = data.clusters.flatMap((cluster) =>
    cluster.broken.map((row) => ({ ...row, cluster: cluster.name })),
  );
  return (
    <div className="stack">
      <Box title="Fleet" count={data.clusters.length}>
        <TableBox label="Clusters">
          <TableHead
            titles={['Cluster', 'State', 'Version', ...numbers, 'Workloads']}
            numeric={numbers}
          />
          <tbody>
            {data.clusters.map((cluster) => (
              <Row key={cluster.name} cluster={cluster} base={base} />
            ))}
          </tbody>
        </TableBox>
      </Box>
      {broken.length > 0 && (
        <Box title="Not well" count={broken.length}>
          <Broken rows={broken} base={base} />
        </Box>
      )}
      <p className="muted small" data-k8s-source>
        {isFresher ? 'refreshed after this page was built' : 'as built'}
      </p>
    </div>
  );
}

function Row({ cluster, base }: { cluster: ClusterData; base: string }): ReactNode {
  const { nodes } = cluster;
  return (
    <tr data-k8s-cluster={cluster.name}>
      <th scope="row">
        <a href={`${base}clusters/${cluster.name}/`}>{cluster.title}</a>
      </th>
      <td className="nowrap">
        <FreshnessNote asOf={cluster.asOf} freshness={cluster.freshness} />
        {cluster.error && (
          <div className="muted" dir="auto">
            {cluster.error.message}
          </div>
        )}
      </td>
      <td>
        <span className="cluster cluster-s">
          <span className="mono">{cluster.serverVersion ?? '–'}</span>
          {cluster.isSkewed && (
            <span className="chip chip-warn" title={`Nodes: ${nodes.versions.join(', ')}`}>
              nodes differ
            </span>
          )}
        </span>
      </td>
      <td className="numeric">
        {nodes.total === 0 ? 'not read' : `${nodes.ready} of ${nodes.total} ready`}
      </td>
      <td className="numeric">{cluster.pods.toLocaleString('en')}</td>
      <td className="numeric">{share(cluster, 'cpu')}</td>
      <td className="numeric">{share(cluster, 'memory')}</td>
      <td>{countsText(cluster.counts) || '–'}</td>
    </tr>
  );
}

function share({ nodes, requested }: ClusterData, what: 'cpu' | 'memory'): string {
  const total = nodes.capacity[what] ?? 0;
  const used = requested[what] ?? 0;
  const text = what === 'cpu' ? cpuText : memoryText;
  if (total === 0) return '–';
  return `${text(used)} of ${text(total)} (${Math.round((used / total) * 100)}%)`;
}
