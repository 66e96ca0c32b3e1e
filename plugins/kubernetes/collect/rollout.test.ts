import { expect, test } from 'vitest';

import { rolloutMessage, rolloutRecord } from './rollout.ts';

function rollout(spec: object, status: object): NonNullable<ReturnType<typeof rolloutRecord>> {
  const metadata = { name: 'shop' };
  return rolloutRecord({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata,
    spec,
    status,
  })!;
}

const canary = {
  strategy: {
    canary: { steps: [{ setWeight: 20 }, { pause: {} }, { setWeight: 60 }, { analysis: {} }] },
  },
};

test('a canary stands at a step with a weight', () => {
  const record = rollout(canary, {
    currentStepIndex: 1,
    pauseConditions: [{ reason: 'CanaryPauseStep' }],
    stableRS: '7c9f',
    currentPodHash: '6bd4',
  });

  expect(record).toEqual({
    strategy: 'canary',
    steps: ['20%', 'pause until promoted', '60%', 'analysis'],
    step: 1,
    weight: 20,
    stable: '7c9f',
    current: '6bd4',
    paused: true,
    aborted: false,
  });
  expect(rolloutMessage(record, 'CanaryPauseStep')).toBe(
    'Its canary is paused at step 2 of 4: pause until promoted',
  );
});

test('a blue-green that waits says for what', () => {
  const record = rollout(
    { strategy: { blueGreen: {} } },
    {
      blueGreen: { activeSelector: 'a1', previewSelector: 'b2' },
      pauseConditions: [{ reason: 'BlueGreenPause' }],
    },
  );

  expect(record).toMatchObject({ strategy: 'blueGreen', stable: 'a1', current: 'b2' });
  expect(rolloutMessage(record, 'BlueGreenPause')).toBe('Its new version waits to be promoted');
});

test('a sentence of the rules is kept, and so is what a running rollout says', () => {
  const running = rollout(canary, { currentStepIndex: 0 });

  expect(rolloutMessage(running, 'Progressing')).toBe('Progressing');
  expect(rolloutMessage({ ...running, paused: true }, 'waiting for rollout spec update')).toBe(
    'waiting for rollout spec update',
  );
});
