import { describe, expect, test } from 'vitest';

import { judge, judgeBuiltIn } from './judge.ts';
import type { KubernetesObject } from './objects.ts';
import { defaultPatience } from './verdict.ts';
import type { Reading } from './verdict.ts';

const reading: Reading = { now: Date.parse('2026-11-23T12:00:00Z'), patience: defaultPatience };

function minutesAgo(minutes: number): string {
  return new Date(reading.now - minutes * 60_000).toISOString();
}

function make(apiVersion: string, kind: string, rest: object): KubernetesObject {
  return {
    apiVersion,
    kind,
    metadata: { name: 'checkout', creationTimestamp: minutesAgo(600) },
    ...rest,
  };
}

function pod(status: object, spec: object = {}): KubernetesObject {
  return make('v1', 'Pod', {
    spec: { restartPolicy: 'Always', ...spec },
    status: { startTime: minutesAgo(600), ...status },
  });
}

function container(state: object, rest: object = {}): object {
  return {
    containerStatuses: [{ name: 'app', image: 'ghcr.io/acme/checkout:1.9.3', state, ...rest }],
  };
}

const ready = { type: 'Ready', status: 'True' };
const notReady = { type: 'Ready', status: 'False', lastTransitionTime: minutesAgo(30) };
const crash = { terminated: { exitCode: 1, reason: 'Error', finishedAt: minutesAgo(4) } };

describe('pods', () => {
  test.each<[string, KubernetesObject, string, string]>([
    ['ready', pod({ phase: 'Running', conditions: [ready] }), 'Healthy', 'Ready'],
    [
      'an image that is not there',
      pod({
        phase: 'Pending',
        ...container({
          waiting: {
            reason: 'ImagePullBackOff',
            message: 'Back-off pulling image: manifest unknown',
          },
        }),
      }),
      'Degraded',
      'Cannot pull image ghcr.io/acme/checkout:1.9.3: not found',
    ],
    [
      'a first failed pull',
      pod({
        phase: 'Pending',
        startTime: minutesAgo(1),
        ...container({ waiting: { reason: 'ErrImagePull' } }),
      }),
      'Progressing',
      'Cannot pull image ghcr.io/acme/checkout:1.9.3',
    ],
    [
      'a crash loop',
      pod({
        phase: 'Running',
        conditions: [notReady],
        ...container(
          { waiting: { reason: 'CrashLoopBackOff' } },
          {
            restartCount: 14,
            lastState: {
              terminated: { exitCode: 137, reason: 'OOMKilled', finishedAt: minutesAgo(2) },
            },
          },
        ),
      }),
      'Degraded',
      'Container app ran out of memory (OOMKilled), restarted 14 times',
    ],
    [
      'a failing init container',
      pod({
        phase: 'Pending',
        initContainerStatuses: [
          {
            name: 'migrate',
            restartCount: 3,
            state: { terminated: { exitCode: 2, reason: 'Error' } },
          },
        ],
      }),
      'Degraded',
      'Init: Container migrate exits with code 2',
    ],
    [
      'an init container that crashes again and again',
      pod({
        phase: 'Pending',
        initContainerStatuses: [
          {
            name: 'migrate',
            restartCount: 3,
            state: { waiting: { reason: 'CrashLoopBackOff' } },
            lastState: crash,
          },
        ],
      }),
      'Degraded',
      'Container migrate exits with code 1, restarted 3 times',
    ],
    [
      'no node with room, a minute ago',
      pod({
        phase: 'Pending',
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message: '0/3 nodes are available',
            lastTransitionTime: minutesAgo(1),
          },
        ],
      }),
      'Progressing',
      'No node has room: 0/3 nodes are available',
    ],
    [
      'no node with room for long',
      pod({
        phase: 'Pending',
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message: '0/3 nodes are available',
            lastTransitionTime: minutesAgo(6),
          },
        ],
      }),
      'Degraded',
      'No node has room: 0/3 nodes are available',
    ],
    [
      'evicted',
      pod({ phase: 'Failed', reason: 'Evicted', message: 'The node was low on memory.' }),
      'Degraded',
      'The node was low on memory.',
    ],
    [
      'running, not ready for long',
      pod({ phase: 'Running', conditions: [notReady], ...container({ running: {} }) }),
      'Degraded',
      'Running but not ready: readiness of app keeps failing',
    ],
    [
      'one restart lately',
      pod({
        phase: 'Running',
        conditions: [ready],
        ...container({ running: {} }, { ready: true, restartCount: 1, lastState: crash }),
      }),
      'Healthy',
      'Ready',
    ],
    [
      'restarts all the time',
      pod({
        phase: 'Running',
        conditions: [ready],
        ...container({ running: {} }, { ready: true, restartCount: 40, lastState: crash }),
      }),
      'Degraded',
      'Container app exits with code 1, restarted 40 times',
    ],
    [
      'many restarts last week',
      pod({
        phase: 'Running',
        conditions: [ready],
        ...container(
          { running: {} },
          {
            ready: true,
            restartCount: 40,
            lastState: { terminated: { exitCode: 1, finishedAt: minutesAgo(9000) } },
          },
        ),
      }),
      'Healthy',
      'Ready',
    ],
    [
      'a gate',
      pod({
        phase: 'Pending',
        conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }],
      }),
      'Suspended',
      'Held back by a scheduling gate',
    ],
  ])('%s', (_, object, status, message) => {
    expect(judgeBuiltIn(object, reading)).toMatchObject({ status, message });
  });
});

describe('other kinds', () => {
  test.each<[string, KubernetesObject, string, string]>([
    [
      'a deployment past its deadline',
      make('apps/v1', 'Deployment', {
        spec: { replicas: 3 },
        status: {
          observedGeneration: 1,
          conditions: [
            { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' },
          ],
        },
      }),
      'Degraded',
      'The rollout missed its deadline',
    ],
    [
      'a deployment over its quota',
      make('apps/v1', 'Deployment', {
        spec: { replicas: 3 },
        status: {
          conditions: [
            {
              type: 'ReplicaFailure',
              status: 'True',
              reason: 'FailedCreate',
              message: 'exceeded quota',
            },
          ],
        },
      }),
      'Degraded',
      'Cannot create pods: exceeded quota',
    ],
    [
      'scaled to zero',
      make('apps/v1', 'Deployment', { spec: { replicas: 0 }, status: {} }),
      'Healthy',
      'Scaled to zero',
    ],
    [
      'a generation not seen yet',
      {
        ...make('apps/v1', 'DaemonSet', { status: { observedGeneration: 1 } }),
        metadata: { name: 'agent', generation: 2 },
      },
      'Progressing',
      'Its controller has not seen the latest change yet',
    ],
    [
      'an autoscaler at its limit',
      make('autoscaling/v2', 'HorizontalPodAutoscaler', {
        spec: { minReplicas: 2, maxReplicas: 6 },
        status: {
          currentReplicas: 6,
          conditions: [
            { type: 'AbleToScale', status: 'True' },
            { type: 'ScalingLimited', status: 'True', reason: 'TooManyReplicas' },
          ],
        },
      }),
      'Healthy',
      'Able to scale',
    ],
    [
      'an autoscaler without metrics',
      make('autoscaling/v2', 'HorizontalPodAutoscaler', {
        status: {
          conditions: [
            { type: 'AbleToScale', status: 'True' },
            {
              type: 'ScalingActive',
              status: 'False',
              reason: 'FailedGetResourceMetric',
              message: 'no metrics',
            },
          ],
        },
      }),
      'Degraded',
      'Cannot scale: no metrics',
    ],
    [
      'a cron job that missed a run',
      make('batch/v1', 'CronJob', {
        spec: { schedule: '0 * * * *' },
        status: { lastScheduleTime: minutesAgo(120), lastSuccessfulTime: minutesAgo(119) },
      }),
      'Degraded',
      'No run was started when one was due (schedule 0 * * * *)',
    ],
    [
      'a cron job whose last run failed',
      make('batch/v1', 'CronJob', {
        spec: { schedule: '0 * * * *' },
        status: { lastScheduleTime: minutesAgo(60), lastSuccessfulTime: minutesAgo(179) },
      }),
      'Degraded',
      'The last run did not succeed',
    ],
    [
      'a lost volume',
      make('v1', 'PersistentVolumeClaim', { status: { phase: 'Lost' } }),
      'Degraded',
      'Its volume is gone',
    ],
    [
      'a namespace stuck in deletion',
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: 'old', deletionTimestamp: minutesAgo(60), finalizers: ['kubernetes'] },
      },
      'Degraded',
      'Stuck in deletion: waits for kubernetes',
    ],
    [
      'a job out of attempts',
      make('batch/v1', 'Job', {
        status: {
          failed: 7,
          conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' }],
        },
      }),
      'Degraded',
      'Failed as often as its backoff limit allows',
    ],
  ])('%s', (_, object, status, message) => {
    expect(judgeBuiltIn(object, reading)).toMatchObject({ status, message });
  });

  test('an autoscaler at its limit says so only when it has room to move', () => {
    const status = { currentReplicas: 2, conditions: [{ type: 'AbleToScale', status: 'True' }] };
    const fixed = make('autoscaling/v2', 'HorizontalPodAutoscaler', {
      spec: { minReplicas: 2, maxReplicas: 2 },
      status,
    });
    const elastic = make('autoscaling/v2', 'HorizontalPodAutoscaler', {
      spec: { minReplicas: 1, maxReplicas: 2 },
      status,
    });

    expect(judgeBuiltIn(fixed, reading)?.notes).toBeUndefined();
    expect(judgeBuiltIn(elastic, reading)?.notes).toEqual(['At its limit of 2 pods']);
  });
});

describe('custom resources by convention', () => {
  test.each<[string, object, string]>([
    ['Ready is True', { conditions: [{ type: 'Ready', status: 'True' }] }, 'Healthy'],
    [
      'Ready is False',
      { conditions: [{ type: 'Ready', status: 'False', reason: 'BadPassword' }] },
      'Degraded',
    ],
    [
      'Ready is not known yet',
      { conditions: [{ type: 'Ready', status: 'Unknown' }] },
      'Progressing',
    ],
    [
      'one bad condition beside a good one',
      {
        conditions: [
          { type: 'Ready', status: 'True' },
          { type: 'Stalled', status: 'True' },
        ],
      },
      'Degraded',
    ],
    ['a good phase', { phase: 'Ready' }, 'Healthy'],
    ['a bad part of a good whole', { phase: 'Running', parts: [{ state: 'failed' }] }, 'Degraded'],
    [
      'a rollout that was given up',
      {
        conditions: [
          { type: 'Available', status: 'True' },
          { type: 'Progressing', status: 'False', reason: 'RolloutAborted' },
        ],
      },
      'Degraded',
    ],
    [
      'a type with its domain in front',
      { conditions: [{ type: 'acme.io/cluster-ready', status: 'true' }] },
      'Healthy',
    ],
    [
      'one good step beside a False nobody knows',
      {
        conditions: [
          { type: 'Accepted', status: 'True' },
          { type: 'Adopted', status: 'False', reason: 'Ignored' },
        ],
      },
      'Unknown',
    ],
    [
      'ready beside a False nobody knows',
      {
        conditions: [
          { type: 'Ready', status: 'True' },
          { type: 'Adopted', status: 'False', reason: 'Ignored' },
        ],
      },
      'Healthy',
    ],
    ['an answer that is yes', { readyToUse: true }, 'Healthy'],
    ['an answer that is no', { readyToUse: false }, 'Progressing'],
    ['a text about an error', { phase: 'Ready', errorDescription: 'quota reached' }, 'Degraded'],
    ['words nobody knows', { colour: 'mauve' }, 'Unknown'],
    ['no status for long', {}, 'Unknown'],
  ])('%s', async (_, status, expected) => {
    expect(await judge(make('acme.io/v1', 'Database', { status }), reading)).toMatchObject({
      status: expected,
    });
  });

  test.each([
    { 'autoscaling.keda.sh/paused': 'true' },
    { 'cnpg.io/hibernation': 'on' },
    { 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' },
  ])('%o is a pause', async (annotations) => {
    const object = make('acme.io/v1', 'Database', {
      status: { conditions: [{ type: 'Ready', status: 'True' }] },
    });
    const paused = { ...object, metadata: { ...object.metadata, annotations } };

    expect(await judge(paused, reading)).toMatchObject({ status: 'Suspended' });
  });
});
