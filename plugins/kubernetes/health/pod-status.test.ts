import { expect, test } from 'vitest';

import type { Pod } from './objects.ts';
import { podStatusText } from './pod-status.ts';

const running = { running: { startedAt: '2026-11-23T11:00:00Z' } };

test.each<[string, Pick<Pod, 'spec' | 'status'> & { deleted?: boolean }]>([
  [
    'Running',
    {
      status: {
        phase: 'Running',
        containerStatuses: [{ name: 'app', ready: true, state: running }],
      },
    },
  ],
  [
    'CrashLoopBackOff',
    {
      status: {
        phase: 'Running',
        containerStatuses: [{ name: 'app', state: { waiting: { reason: 'CrashLoopBackOff' } } }],
      },
    },
  ],
  [
    'OOMKilled',
    {
      status: {
        phase: 'Running',
        containerStatuses: [
          { name: 'app', state: { terminated: { exitCode: 137, reason: 'OOMKilled' } } },
        ],
      },
    },
  ],
  [
    'Signal:9',
    {
      status: {
        phase: 'Running',
        containerStatuses: [{ name: 'app', state: { terminated: { exitCode: 137, signal: 9 } } }],
      },
    },
  ],
  [
    'ExitCode:3',
    {
      status: {
        phase: 'Failed',
        containerStatuses: [{ name: 'app', state: { terminated: { exitCode: 3 } } }],
      },
    },
  ],
  ['Evicted', { status: { phase: 'Failed', reason: 'Evicted' } }],
  [
    'Init:0/2',
    {
      spec: { initContainers: [{ name: 'a' }, { name: 'b' }] },
      status: { phase: 'Pending', initContainerStatuses: [{ name: 'a', state: running }] },
    },
  ],
  [
    'Init:CrashLoopBackOff',
    {
      spec: { initContainers: [{ name: 'a' }] },
      status: {
        phase: 'Pending',
        initContainerStatuses: [{ name: 'a', state: { waiting: { reason: 'CrashLoopBackOff' } } }],
      },
    },
  ],
  [
    'Init:Error',
    {
      spec: { initContainers: [{ name: 'a' }] },
      status: {
        phase: 'Pending',
        initContainerStatuses: [
          { name: 'a', state: { terminated: { exitCode: 1, reason: 'Error' } } },
        ],
      },
    },
  ],
  [
    'Running',
    {
      spec: { initContainers: [{ name: 'proxy', restartPolicy: 'Always' }] },
      status: {
        phase: 'Running',
        initContainerStatuses: [{ name: 'proxy', started: true, state: running }],
        containerStatuses: [{ name: 'app', ready: true, state: running }],
      },
    },
  ],
  [
    'NotReady',
    {
      status: {
        phase: 'Running',
        containerStatuses: [
          { name: 'job', state: { terminated: { exitCode: 0, reason: 'Completed' } } },
          { name: 'proxy', ready: true, state: running },
        ],
      },
    },
  ],
  [
    'SchedulingGated',
    {
      status: {
        phase: 'Pending',
        conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }],
      },
    },
  ],
  ['Terminating', { deleted: true, status: { phase: 'Running' } }],
  ['Unknown', { deleted: true, status: { phase: 'Running', reason: 'NodeLost' } }],
])('kubectl prints %s', (text, { deleted, ...rest }) => {
  const metadata = {
    name: 'checkout',
    ...(deleted ? { deletionTimestamp: '2026-11-23T12:00:00Z' } : {}),
  };

  expect(podStatusText({ apiVersion: 'v1', kind: 'Pod', metadata, ...rest })).toBe(text);
});
