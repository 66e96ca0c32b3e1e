import type { ReactNode } from 'react';

import { Age } from '../../../ui/Age.tsx';
import { TableBox } from '../../../ui/TableBox.tsx';
import { TableHead } from '../../../ui/TableHead.tsx';
import type { WorkloadData } from './entity-data.ts';
import { Health } from './Health.tsx';
import { Pods } from './Pods.tsx';
import { RolloutSteps } from './RolloutSteps.tsx';

/** All of one workload that its row has no room for. */
export function WorkloadDetails({ workload }: { workload: WorkloadData }): ReactNode {
  const { kind, name, namespace, cluster, health, link, rollout, schedule, lastRun } = workload;
  const notes = [...(health.notes ?? []), ...workload.notes];
  const label = `${name} on ${cluster}`;
  return (
    <section className="stack stack-s" aria-label={label}>
      <h3 className="cluster cluster-s">
        <Health status={health.status} />
        <span>
          {kind} {name}
        </span>
        <span className="muted small">
          {namespace} on {cluster}
        </span>
        {link && (
          <a className="small" href={link} rel="noopener noreferrer">
            Dashboard
          </a>
        )}
      </h3>
      <p className="small" dir="auto">
        {health.message}
      </p>
      {workload.images.map((image) => (
        <p className="small" key={image}>
          <code>{image}</code>
        </p>
      ))}
      {notes.length > 0 && (
        <ul className="small">
          {notes.map((note) => (
            <li dir="auto" key={note}>
              {note}
            </li>
          ))}
        </ul>
      )}
      {rollout && <RolloutSteps rollout={rollout} />}
      {schedule && (
        <p className="small">
          Runs at <code>{schedule}</code>
          {lastRun && (
            <>
              , last <Age at={lastRun} />
            </>
          )}
        </p>
      )}
      <Metrics workload={workload} label={label} />
      <Runs workload={workload} label={label} />
      {workload.pods.length > 0 && <Pods pods={workload.pods} label={label} />}
      <Warnings events={workload.events} />
      {health.status !== 'Degraded' && (
        <p className="small">
          <code>{workload.kubectl}</code>
        </p>
      )}
    </section>
  );
}

interface PartProps {
  workload: WorkloadData;
  label: string;
}

function Metrics({ workload, label }: PartProps): ReactNode {
  const metrics = workload.autoscaler?.metrics ?? [];
  if (metrics.length === 0) return null;
  return (
    <TableBox label={`Metrics ${label} scales by`}>
      <TableHead titles={['Scales by', 'Now', 'Target']} numeric={['Now', 'Target']} />
      <tbody>
        {metrics.map((metric) => (
          <tr key={`${metric.type}/${metric.name}`}>
            <th scope="row">
              {metric.name} <span className="muted">{metric.type}</span>
            </th>
            <td className="numeric">{metric.current ?? 'not known'}</td>
            <td className="numeric">{metric.target ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </TableBox>
  );
}

function Runs({ workload, label }: PartProps): ReactNode {
  if (workload.runs === undefined) return null;
  return (
    <TableBox label={`Latest runs of ${label}`}>
      <TableHead titles={['Run', 'State', 'Started']} />
      <tbody>
        {workload.runs.map((run) => (
          <tr key={run.name}>
            <th scope="row" className="mono">
              {run.name}
            </th>
            <td>
              <Health status={run.health.status} />{' '}
              <span className="muted" dir="auto">
                {run.health.message}
              </span>
            </td>
            <td>{run.started ? <Age at={run.started} /> : '–'}</td>
          </tr>
        ))}
      </tbody>
    </TableBox>
  );
}

function Warnings({ events }: { events: WorkloadData['events'] }): ReactNode {
  if (events.length === 0) return null;
  return (
    <details className="disclosure">
      <summary>
        {events.length} {events.length === 1 ? 'warning' : 'warnings'} in the last hour
      </summary>
      <ul className="small">
        {events.map((event) => (
          <li key={`${event.object}/${event.reason}`}>
            <strong>{event.reason}</strong> <span className="mono">{event.object}</span>:{' '}
            <span dir="auto">{event.message}</span>
            <span className="muted">
              {' '}
              ({event.count}×, last <Age at={event.last} />)
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
