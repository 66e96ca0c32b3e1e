import type { ReactNode } from 'react';

import { TableBox } from '../../../ui/TableBox.tsx';
import { TableHead } from '../../../ui/TableHead.tsx';
import type { ObjectData } from './entity-data.ts';
import { Health } from './Health.tsx';

/** Services, routes, budgets, volumes and custom resources. */
export function Objects({ objects }: { objects: readonly ObjectData[] }): ReactNode {
  return (
    <TableBox label="Other objects">
      <TableHead titles={['Object', 'Cluster', 'Health', 'What it says']} />
      <tbody>
        {objects.map((object) => (
          <tr
            key={`${object.cluster}/${object.namespace}/${object.apiVersion}/${object.kind}/${object.name}`}
          >
            <th scope="row">
              <div className="muted">{object.kind}</div>
              {object.link ? (
                <a href={object.link} rel="noopener noreferrer">
                  {object.name}
                </a>
              ) : (
                object.name
              )}
            </th>
            <td className="nowrap">{object.cluster}</td>
            <td>
              <Health status={object.health.status} />
            </td>
            <td dir="auto">
              <Details object={object} />
            </td>
          </tr>
        ))}
      </tbody>
    </TableBox>
  );
}

function Details({ object }: { object: ObjectData }): ReactNode {
  const { health, hosts = [], endpoints, size, conditions = [] } = object;
  const lines = [
    hosts.join(', '),
    endpoints ? `${endpoints.ready} endpoints ready, ${endpoints.notReady} not` : '',
    size ?? '',
    ...(health.notes ?? []),
  ].filter((line) => line !== '');
  return (
    <>
      {health.message}
      {lines.map((line) => (
        <div className="muted" dir="auto" key={line}>
          {line}
        </div>
      ))}
      {conditions.length > 0 && (
        <details className="disclosure">
          <summary>
            {conditions.length} {conditions.length === 1 ? 'condition' : 'conditions'}
          </summary>
          <ul className="small">
            {conditions.map(({ type, status, reason, message }, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- two parents of a route have the same conditions
              <li dir="auto" key={index}>
                <strong>{type}</strong> {status} {reason} <span className="muted">{message}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
