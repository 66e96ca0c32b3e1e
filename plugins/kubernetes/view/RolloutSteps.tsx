import type { ReactNode } from 'react';

import type { Workload } from '../schema.ts';

type Rollout = NonNullable<Workload['rollout']>;

/** Where an Argo Rollout stands: the steps of a canary, or the two sides of a blue-green. */
export function RolloutSteps({ rollout }: { rollout: Rollout }): ReactNode {
  const { strategy, steps, step = 0, weight, stable, current } = rollout;
  const isDone = step >= steps.length;
  return (
    <div className="stack stack-s">
      <p>
        {strategy === 'canary' ? 'Canary' : 'Blue-green'} rollout{' '}
        <strong>{stateOf(rollout, isDone)}</strong>
        {weight !== undefined && !isDone && `, ${weight}% of the traffic goes to the new version`}
        {stable !== undefined && current !== undefined && stable !== current && (
          <span className="muted">
            {' '}
            (stable {stable}, new {current})
          </span>
        )}
      </p>
      {steps.length > 0 && (
        <ol className="k8s-steps" aria-label="Steps of the rollout">
          {steps.map((text, index) => (
            <li
              // oxlint-disable-next-line react/no-array-index-key -- two steps may be the same
              key={index}
              className={classOf(index, step)}
              aria-current={index === step ? 'step' : undefined}
            >
              {text}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

function stateOf({ aborted, paused }: Rollout, isDone: boolean): string {
  if (aborted) return 'aborted';
  if (paused) return 'paused';
  return isDone ? 'done' : 'running';
}

function classOf(index: number, step: number): string | undefined {
  if (index === step) return 'k8s-now';
  return index < step ? 'k8s-done' : undefined;
}
