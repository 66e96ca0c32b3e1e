/** Runs the collector against stand-ins, as tests do it. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import collectKubernetes from '../../plugins/kubernetes/collect.ts';
import { KubernetesOptions } from '../../plugins/kubernetes/options.ts';
import { KubernetesSnapshot } from '../../plugins/kubernetes/schema.ts';
import type { Cluster } from '../../plugins/kubernetes/schema.ts';
import type { ProblemInput } from '../../plugins/types.ts';
import { authority, startStandIn } from './stand-in.ts';
import type { StandIn, StandInOptions } from './stand-in.ts';

const open: StandIn[] = [];

/** Closes every stand-in started. */
export async function closeAll(): Promise<void> {
  await Promise.all(open.splice(0).map((each) => each.close()));
}

/** A stand-in that knows the token `reader`. */
export async function start(options: Partial<StandInOptions>): Promise<StandIn> {
  const standIn = await startStandIn({ objects: [], tokens: { reader: {} }, ...options });
  open.push(standIn);
  return standIn;
}

export interface Run {
  data: KubernetesSnapshot;
  cluster: Cluster;
  problems: ProblemInput[];
  sources: { id: string; state: string }[];
}

/** One run of the collector. */
export async function collect(
  options: object,
  more: { previous?: KubernetesSnapshot; entities?: object[] } = {},
): Promise<Run> {
  const problems: ProblemInput[] = [];
  const result = await collectKubernetes({
    options: KubernetesOptions.parse(options),
    repositories: [],
    sources: [],
    previous: more.previous,
    previousProblems: [],
    snapshot: <T>() => ({ entities: more.entities ?? [] }) as T,
    report: (problem) => void problems.push(problem),
    progress: () => {},
    folder: path.join(mkdtempSync(path.join(tmpdir(), 'callboard-collect-')), 'kubernetes'),
    cache: '',
    workingDirectory: tmpdir(),
    signal: new AbortController().signal,
  });
  const data = KubernetesSnapshot.parse(result.data);
  return { data, cluster: data.clusters[0]!, problems, sources: result.sources ?? [] };
}

/** A configured cluster for a stand-in. */
export function server(url: string, more: object = {}): object {
  process.env['TEST_TOKEN'] = 'reader';
  process.env['TEST_CA'] = authority;
  return {
    type: 'server',
    name: 'prod',
    url,
    tokenVariable: 'TEST_TOKEN',
    caVariable: 'TEST_CA',
    ...more,
  };
}
