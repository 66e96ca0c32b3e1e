import type { ReactNode } from 'react';

import { Age } from '../../../ui/Age.tsx';
import { TableBox } from '../../../ui/TableBox.tsx';
import { TableHead } from '../../../ui/TableHead.tsx';
import { cpuText, memoryText } from '../quantity.ts';
import type { PodRecord } from '../schema.ts';
import { Health } from './Health.tsx';
import { podGroups } from './pod-groups.ts';

const numbers = ['Ready', 'Restarts', 'CPU', 'Memory'];

interface Props {
  pods: readonly PodRecord[];
  label: string;
}

/** Pods shown one by one before they are folded into groups. */
const mostOpen = 12;

/** Pods of one workload: a few as rows, many as groups by what ails them, which open. */
export function Pods({ pods, label }: Props): ReactNode {
  const groups = podGroups(pods);
  if (pods.length <= mostOpen)
    return (
      <PodTable label={`Pods of ${label}`} pods={groups.flatMap((group) => group.pods)} isTold />
    );
  return (
    <div className="k8s-groups" data-k8s-groups>
      {groups.map((group) => (
        <details
          className="disclosure"
          key={`${group.title}/${group.message}`}
          open={group.status !== 'Healthy' && group.pods.length <= mostOpen}
        >
          <summary>
            <Health status={group.status} /> {group.pods.length}{' '}
            {group.pods.length === 1 ? 'pod' : 'pods'}{' '}
            <span className="mono muted">{group.title}</span>
            {group.message && (
              <span className="k8s-why muted" dir="auto">
                {group.message}
              </span>
            )}
          </summary>
          <div className="k8s-many">
            <PodTable label={`${group.title}: pods of ${label}`} pods={group.pods} />
          </div>
        </details>
      ))}
    </div>
  );
}

interface TableProps {
  label: string;
  pods: readonly PodRecord[];
  /** Each row says why it is not well. */
  isTold?: boolean;
}

function PodTable({ label, pods, isTold = false }: TableProps): ReactNode {
  const hasOther = pods.some((pod) => pod.image !== undefined);
  return (
    <TableBox label={label}>
      <TableHead
        titles={['Pod', 'Status', ...numbers, ...(hasOther ? ['Other image'] : []), 'Node', 'Age']}
        numeric={numbers}
      />
      <tbody>
        {pods.map((pod) => (
          <tr key={pod.name} data-k8s-pod={pod.name}>
            <th scope="row" className="mono">
              {pod.name}
            </th>
            <td>
              <span className="cluster cluster-s">
                <Health status={pod.health?.status ?? 'Healthy'} />
                <span className="mono muted">{pod.status}</span>
              </span>
              {isTold && pod.health && pod.health.status !== 'Healthy' && (
                <div className="muted" dir="auto">
                  {pod.health.message}
                </div>
              )}
            </td>
            <td className="numeric">
              {pod.ready}/{pod.containers}
            </td>
            <td className="numeric">{pod.restarts}</td>
            <td className="numeric">
              {pod.usage?.cpu === undefined ? '–' : cpuText(pod.usage.cpu)}
            </td>
            <td className="numeric">
              {pod.usage?.memory === undefined ? '–' : memoryText(pod.usage.memory)}
            </td>
            {hasOther && <td className="mono">{pod.image ?? '–'}</td>}
            <td className="mono">{pod.node ?? '–'}</td>
            <td className="nowrap">{pod.created ? <Age at={pod.created} /> : '–'}</td>
          </tr>
        ))}
      </tbody>
    </TableBox>
  );
}
