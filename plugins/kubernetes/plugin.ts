import { definePlugin } from '../types.ts';
import type { Kubernetes } from './model.ts';
import { KubernetesOptions } from './options.ts';
import { problems } from './problems.ts';
import { KubernetesSnapshot } from './schema.ts';

/** How services do on every cluster, from read-only snapshots. */
export default definePlugin<KubernetesOptions, KubernetesSnapshot, Kubernetes>({
  name: 'kubernetes',
  title: 'Kubernetes',
  after: ['catalog'],
  options: KubernetesOptions,
  snapshot: { version: 1, schema: KubernetesSnapshot },
  problems,
  collect: () => import('./collect.ts'),
  model: () => import('./model.ts'),
});
