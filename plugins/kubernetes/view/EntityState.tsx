import type { ReactNode } from 'react';

import { Age } from '../../../ui/Age.tsx';
import { rank } from '../health/verdict.ts';
import { countsText } from '../words.ts';
import { Box } from './Box.tsx';
import { Cause } from './Cause.tsx';
import type { EntityData } from './entity-data.ts';
import { FreshnessNote } from './FreshnessNote.tsx';
import { Health } from './Health.tsx';
import { Objects } from './Objects.tsx';
import { WorkloadDetails } from './WorkloadDetails.tsx';
import { Workloads } from './Workloads.tsx';

interface Props {
  data: EntityData;
  /** Base path of the portal, with a slash at the end. */
  base: string;
  /** Newer than the page: the host had fresher data. */
  isFresher?: boolean;
}

/** How one entity does on every cluster: drawn when the page is built, and anew when the host has newer data. */
export function EntityState({ data, base, isFresher = false }: Props): ReactNode {
  const { health, workloads, objects, gaps } = data;
  const worstFirst = [...workloads].sort(
    (one, other) => rank(other.health.status) - rank(one.health.status),
  );
  return (
    <div className="stack">
      <p className="cluster" data-k8s-entity>
        <Health status={health.status} />
        <span dir="auto">{health.message}</span>
        <span className="muted small">{countsText(data.counts)}</span>
        {data.clusters.map((cluster) => (
          <span className="cluster cluster-s" key={cluster.name}>
            <a href={`${base}clusters/${cluster.name}/`}>{cluster.title}</a>
            <FreshnessNote asOf={cluster.asOf} freshness={cluster.freshness} />
          </span>
        ))}
        <span className="muted small" data-k8s-source>
          {isFresher ? 'refreshed after this page was built' : 'as built'}
        </span>
      </p>
      {workloads
        .filter((each) => each.health.status === 'Degraded')
        .map((each) => (
          <Cause
            key={each.id}
            title={`${each.kind} ${each.name} in ${each.cluster}`}
            health={each.health}
            since={each.degradedSince ?? each.health.since}
            kubectl={each.kubectl}
            link={each.link}
          />
        ))}
      {objects
        .filter((each) => each.health.status === 'Degraded')
        .map((each) => (
          <Cause
            key={`${each.cluster}/${each.namespace}/${each.kind}/${each.name}`}
            title={`${each.kind} ${each.name} in ${each.cluster}`}
            health={each.health}
            since={each.health.since}
            kubectl={each.kubectl}
            link={each.link}
          />
        ))}
      {workloads.length === 0 && objects.length === 0 && <Nothing base={base} />}
      {workloads.length > 0 && (
        <Box title="Workloads" count={workloads.length}>
          <Workloads workloads={workloads} />
        </Box>
      )}
      {objects.length > 0 && (
        <Box title="Services, routes, volumes, custom resources" count={objects.length}>
          <Objects objects={objects} />
        </Box>
      )}
      {worstFirst.map((workload) => (
        <section className="card" key={workload.id}>
          <div className="card-body">
            <WorkloadDetails workload={workload} />
          </div>
        </section>
      ))}
      {gaps.length > 0 && <Gaps gaps={gaps} />}
      <p className="muted small">
        Ages count from now; what is shown is as of <Age at={data.oldest} /> or newer.
      </p>
    </div>
  );
}

function Nothing({ base }: { base: string }): ReactNode {
  return (
    <div className="empty">
      <p className="empty-title">Nothing in any cluster belongs to it</p>
      <p className="small">
        Its annotations ask for Kubernetes, but no object read carries the label{' '}
        <code>backstage.io/kubernetes-id</code> or matches its selector. Look at the{' '}
        <a href={`${base}clusters/`}>workloads without an owner</a>.
      </p>
    </div>
  );
}

function Gaps({ gaps }: Pick<EntityData, 'gaps'>): ReactNode {
  return (
    <Box title="What could not be read" count={gaps.length} isFlush={false}>
      <ul className="small">
        {gaps.map(({ cluster, kind, namespace, detail }) => (
          <li key={`${cluster}/${kind}/${namespace}`}>
            {kind}
            {namespace && ` in ${namespace}`} of {cluster}: {detail}
          </li>
        ))}
      </ul>
    </Box>
  );
}
