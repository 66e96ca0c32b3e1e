import type { ReactNode } from 'react';

import { Age } from '../../../ui/Age.tsx';
import type { Health as Verdict } from '../schema.ts';
import { Health } from './Health.tsx';

interface Props {
  health: Pick<Verdict, 'status' | 'message' | 'since'>;
  /** Name of what it is about, linked where there is a page. */
  children: ReactNode;
  /** Says only that it is well when it is. */
  isBrief?: boolean;
}

/** One thing in a list: how it is, its name, and why. */
export function HealthRow({ health, children, isBrief = false }: Props): ReactNode {
  const isQuiet = isBrief && health.status === 'Healthy';
  return (
    <>
      <span className="k8s-fixed">
        <Health status={health.status} />
      </span>
      <span>
        {children}
        {!isQuiet && (
          <span className="k8s-why muted" dir="auto">
            {health.message}
            {health.since && (
              <>
                , since <Age at={health.since} />
              </>
            )}
          </span>
        )}
      </span>
    </>
  );
}
