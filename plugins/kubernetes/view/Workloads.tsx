import type { ReactNode } from 'react';

import { Age } from '../../../ui/Age.tsx';
import { TableBox } from '../../../ui/TableBox.tsx';
import { TableHead } from '../../../ui/TableHead.tsx';
import { cpuText, memoryText } from '../quantity.ts';
import type { WorkloadData } from './entity-data.ts';
import { Health } from './Health.tsx';
import { Scaler } from './Scaler.tsx';
import { Strip } from './Strip.tsx';

const numbers = ['Ready', 'Restarts', 'CPU used / asked', 'Memory used / asked'];

/** One row per workload per cluster; the same workload of several clusters together, so that differences stand out. */
export function Workloads({ workloads }: { workloads: readonly WorkloadData[] }): ReactNode {
  return (
    <TableBox label="Workloads on every cluster" isSticky>
      <TableHead
        titles={[
          'Workload',
          'Cluster',
          'Health',
          'Version',
          ...numbers,
          'Scaling',
          '30 days',
          'Age',
        ]}
        numeric={numbers}
      />
      <tbody>
        {workloads.map((workload) => (
          <Row key={workload.id} workload={workload} />
        ))}
      </tbody>
    </TableBox>
  );
}

function Row({ workload }: { workload: WorkloadData }): ReactNode {
  const { desired, ready = 0, updated, used, requests } = workload;
  return (
    <tr data-k8s-workload={workload.id}>
      <th scope="row">
        <span className="muted">{workload.kind}</span> {workload.name}
      </th>
      <td className="nowrap">
        {workload.cluster}
        <div className="muted">{workload.namespace}</div>
      </td>
      <td>
        <Health status={workload.health.status} />
      </td>
      <td className={workload.isDrifting ? 'nowrap k8s-drift' : 'nowrap'}>
        <span className="mono k8s-version">{workload.version ?? '–'}</span>
        {workload.isDrifting && (
          <span className="chip chip-warn" title="Another cluster runs another version">
            differs
          </span>
        )}
      </td>
      <td className="numeric nowrap">
        {desired === undefined ? '–' : `${ready} of ${desired}`}
        {updated !== undefined && updated < (desired ?? 0) && (
          <div className="muted">{updated} updated</div>
        )}
      </td>
      <td className="numeric">{workload.restarts}</td>
      <td className="numeric nowrap">
        {amount(used.cpu, cpuText)} / {amount(requests.cpu, cpuText)}
      </td>
      <td className="numeric nowrap">
        {amount(used.memory, memoryText)} / {amount(requests.memory, memoryText)}
      </td>
      <td>{workload.autoscaler ? <Scaler scaler={workload.autoscaler} /> : '–'}</td>
      <td>
        <Strip days={workload.days} />
      </td>
      <td className="nowrap">{workload.created ? <Age at={workload.created} /> : '–'}</td>
    </tr>
  );
}

function amount(value: number | undefined, text: (value: number) => string): string {
  return value === undefined ? '–' : text(value);
}
