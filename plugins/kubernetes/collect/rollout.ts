import { at, listAt, numberAt, textAt } from '../health/objects.ts';
import type { KubernetesObject } from '../health/objects.ts';
import type { Workload } from '../schema.ts';
import { present } from './project.ts';

/** Where an Argo Rollout stands: the steps of its canary, or the two sides of its blue-green. */
export function rolloutRecord(object: KubernetesObject): Workload['rollout'] {
  const canary = at(object, 'spec', 'strategy', 'canary');
  const isAborted = at(object, 'status', 'abort') === true;
  const isPaused =
    at(object, 'spec', 'paused') === true || listAt(object, 'status', 'pauseConditions').length > 0;
  const steps = listAt(canary, 'steps').slice(0, 60);
  const step = numberAt(object, 'status', 'currentStepIndex');
  return {
    strategy: canary === undefined ? 'blueGreen' : 'canary',
    steps: steps.map(stepText),
    ...present({
      step,
      weight:
        numberAt(object, 'status', 'canary', 'weights', 'canary', 'weight') ??
        weightAt(steps, step),
      stable:
        textAt(object, 'status', 'stableRS') ??
        textAt(object, 'status', 'blueGreen', 'activeSelector'),
      current:
        textAt(object, 'status', 'currentPodHash') ??
        textAt(object, 'status', 'blueGreen', 'previewSelector'),
    }),
    paused: isPaused,
    aborted: isAborted,
  };
}

/** A sentence for a rollout that waits, of which the rules know no more than a word such as `CanaryPauseStep`. */
export function rolloutMessage(record: NonNullable<Workload['rollout']>, message: string): string {
  const { steps, step, strategy, paused } = record;
  if (!paused || /\s/.test(message)) return message;
  if (strategy === 'blueGreen') return 'Its new version waits to be promoted';
  const where =
    step === undefined || steps.length === 0 ? '' : ` at step ${step + 1} of ${steps.length}`;
  const what = step === undefined ? undefined : steps[step];
  return `Its canary is paused${where}${what === undefined ? '' : `: ${what}`}`;
}

function stepText(step: unknown): string {
  const weight = numberAt(step, 'setWeight');
  if (weight !== undefined) return `${weight}%`;
  if (at(step, 'pause') !== undefined) {
    const duration = at(step, 'pause', 'duration');
    return duration === undefined
      ? 'pause until promoted'
      : `pause ${typeof duration === 'number' ? `${duration}s` : String(duration)}`;
  }
  if (at(step, 'analysis') !== undefined) return 'analysis';
  if (at(step, 'experiment') !== undefined) return 'experiment';
  return Object.keys((step ?? {}) as object)[0] ?? 'step';
}

function weightAt(steps: unknown[], step: number | undefined): number | undefined {
  const passed = steps
    .slice(0, (step ?? 0) + 1)
    .flatMap((each) => numberAt(each, 'setWeight') ?? []);
  return passed.at(-1);
}
