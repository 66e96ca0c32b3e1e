import type { ReactNode } from 'react';

import { Age } from '../../../ui/Age.tsx';
import { TableBox } from '../../../ui/TableBox.tsx';
import { TableHead } from '../../../ui/TableHead.tsx';
import type { BrokenData } from './fleet-data.ts';
import { Health } from './Health.tsx';

interface Props {
  rows: readonly (BrokenData & { cluster?: string })[];
  /** Base path of the portal, with a slash at the end. */
  base: string;
}

/** Workloads that are not well: of one cluster, or of all with the cluster's name. */
export function Broken({ rows, base }: Props): ReactNode {
  const hasClusters = rows.some((row) => row.cluster !== undefined);
  const titles = [
    'Workload',
    ...(hasClusters ? ['Cluster'] : []),
    'Belongs to',
    'Health',
    'Why',
    'Since',
  ];
  return (
    <TableBox label="Workloads that are not well">
      <TableHead titles={titles} />
      <tbody>
        {rows.map(({ cluster, kind, namespace, name, health, entity }) => (
          <tr key={`${cluster}/${namespace}/${kind}/${name}`}>
            <th scope="row">
              <span className="muted">{kind}</span> {name}
              <div className="muted">{namespace}</div>
            </th>
            {hasClusters && <td className="nowrap">{cluster}</td>}
            <td>
              <Owner entity={entity} base={base} />
            </td>
            <td>
              <Health status={health.status} />
            </td>
            <td dir="auto">{health.message}</td>
            <td className="nowrap">{health.since ? <Age at={health.since} /> : '–'}</td>
          </tr>
        ))}
      </tbody>
    </TableBox>
  );
}

function Owner({ entity, base }: { entity: BrokenData['entity']; base: string }): ReactNode {
  if (entity === undefined) return <span className="muted">nobody</span>;
  if (entity.path === '') return <span className="mono">{entity.title}</span>;
  return (
    <a href={base + entity.path.slice(1)} dir="auto">
      {entity.title}
    </a>
  );
}
