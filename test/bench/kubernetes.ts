/**
 * Collecting 10,000 pods beside the bare paged list of the same pods, and 90 clusters of which 10 do not answer.
 *   npm run bench:kubernetes -- [folder with scale-2000pods-pods.json.gz]
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import https from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { fork } from 'node:child_process';

import collectKubernetes from '../../plugins/kubernetes/collect.ts';
import { KubernetesOptions } from '../../plugins/kubernetes/options.ts';
import type { KubernetesSnapshot } from '../../plugins/kubernetes/schema.ts';
import { deployment } from '../kubernetes/objects.ts';
import { authority, startStandIn } from '../kubernetes/stand-in.ts';
import type { StandInObject } from '../kubernetes/stand-in.ts';

const count = 10_000;
/** What a pod of a real cluster weighs: 7.65 kB on average, most of it managedFields. */
const weight = 7650;
const page = 250;

const [mode = '', ...rest] = process.argv.slice(2);
if (mode === '--raw') await raw(rest[0]!);
else if (mode === '--collect') await collectPods(rest[0]!);
else if (mode === '--serve') await serve(rest[0]!);
else await bench(mode);

async function bench(corpus: string): Promise<void> {
  const server = fork(fileURLToPath(import.meta.url), ['--serve', corpus]);
  const url = await new Promise<string>((resolve) =>
    server.once('message', (message) => resolve(String(message))),
  );
  const figures = (which: string): Figures =>
    JSON.parse(
      execFileSync(process.execPath, [fileURLToPath(import.meta.url), which, url], {
        encoding: 'utf8',
      }),
    ) as Figures;
  figures('--raw');
  const plain = [figures('--raw'), figures('--raw')].sort(
    (one, other) => one.seconds - other.seconds,
  )[0]!;
  const ours = [figures('--collect'), figures('--collect')].sort(
    (one, other) => one.seconds - other.seconds,
  )[0]!;
  server.kill();
  const fleet = await manyClusters();
  const ratio = Number((ours.seconds / plain.seconds).toFixed(2));
  const result = {
    pods: count,
    seconds: ours.seconds,
    rawSeconds: plain.seconds,
    ratio,
    rssMb: ours.rssMb,
    rawRssMb: plain.rssMb,
    snapshotBytesPerPod: ours.bytesPerPod,
    fleetSeconds: fleet.seconds,
    fleetDeadline: fleet.deadline,
  };
  const holds =
    ours.seconds < 5 &&
    ours.rssMb < 400 &&
    ratio <= 1.5 &&
    fleet.seconds < fleet.deadline + 10 &&
    fleet.failed === 10;
  console.log(`RESULT ${JSON.stringify({ ...result, holds })}`);
  process.exitCode = holds ? 0 : 1;
}

interface Figures {
  seconds: number;
  rssMb: number;
  bytesPerPod?: number;
}

/** In a process of its own, so that its memory is not counted as the reader's. */
async function serve(corpus: string): Promise<void> {
  const { url } = await startStandIn({ objects: tenThousand(corpus) });
  process.send?.(url);
}

function tenThousand(corpus: string): StandInObject[] {
  const file = path.join(corpus || '.', 'scale-2000pods-pods.json.gz');
  const recorded = existsSync(file)
    ? (JSON.parse(gunzipSync(readFileSync(file)).toString()) as { items: StandInObject[] }).items
    : deployment('checkout', 'payments', { pods: 2000 }).slice(2);
  const padding = Math.max(0, weight - JSON.stringify(recorded[0]).length);
  return Array.from({ length: count }, (_, index) => {
    const pod = recorded[index % recorded.length]!;
    const managedFields = [{ manager: 'kubelet', fieldsV1: { 'f:status': 'x'.repeat(padding) } }];
    return {
      ...pod,
      metadata: { ...pod.metadata, name: `${pod.metadata.name}-${index}`, managedFields },
    };
  });
}

/** The floor: the same pages, parsed and dropped. */
async function raw(url: string): Promise<void> {
  const agent = new https.Agent({ keepAlive: true, ca: authority });
  const started = performance.now();
  let token = '';
  let pods = 0;
  do {
    const body = await getText(
      `${url}/api/v1/pods?limit=${page}${token ? `&continue=${token}` : ''}`,
      agent,
    );
    const list = JSON.parse(body) as { items: unknown[]; metadata: { continue?: string } };
    pods += list.items.length;
    token = list.metadata.continue ?? '';
  } while (token);
  agent.destroy();
  if (pods !== count) throw new Error(`${pods} pods`);
  print(started);
}

function getText(url: string, agent: https.Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    https
      .get(url, { agent }, async (response) => {
        const parts: Buffer[] = [];
        for await (const part of response) parts.push(part as Buffer);
        resolve(Buffer.concat(parts).toString('utf8'));
      })
      .on('error', reject);
  });
}

async function collectPods(url: string): Promise<void> {
  const started = performance.now();
  const { clusters } = await collect([cluster('bench', url)], { page });
  const pods = clusters[0]!.workloads.flatMap((workload) => workload.pods);
  if (pods.length !== count)
    throw new Error(`${pods.length} pods, ${JSON.stringify(clusters[0]!.error)}`);
  print(started, Math.round(JSON.stringify(clusters).length / count));
}

async function manyClusters(): Promise<{ seconds: number; deadline: number; failed: number }> {
  const alive = await startStandIn({ objects: deployment('checkout', 'payments', { pods: 20 }) });
  const dead = await startStandIn({ objects: [], fault: () => ({ hang: true }) });
  const deadline = 15;
  const list = Array.from({ length: 90 }, (_, index) =>
    cluster(`c${index}`, index % 9 === 8 ? dead.url : alive.url),
  );
  const started = performance.now();
  const { clusters } = await collect(list, { page, request: 10, cluster: deadline });
  const seconds = Number(((performance.now() - started) / 1000).toFixed(2));
  await Promise.all([alive.close(), dead.close()]);
  return { seconds, deadline, failed: clusters.filter((each) => each.state === 'failed').length };
}

function cluster(name: string, url: string): object {
  process.env['BENCH_TOKEN'] = 'x';
  process.env['BENCH_CA'] = authority;
  return { type: 'server', name, url, tokenVariable: 'BENCH_TOKEN', caVariable: 'BENCH_CA' };
}

async function collect(clusters: object[], limits: object): Promise<KubernetesSnapshot> {
  const result = await collectKubernetes({
    options: KubernetesOptions.parse({ clusters, limits }),
    repositories: [],
    sources: [],
    previous: undefined,
    previousProblems: [],
    snapshot: () => undefined,
    report: () => {},
    progress: () => {},
    folder: path.join(mkdtempSync(path.join(tmpdir(), 'callboard-collect-')), 'kubernetes'),
    cache: '',
    workingDirectory: tmpdir(),
    signal: new AbortController().signal,
  });
  return result.data;
}

function print(started: number, bytesPerPod?: number): void {
  const seconds = Number(((performance.now() - started) / 1000).toFixed(2));
  console.log(
    JSON.stringify({
      seconds,
      rssMb: Math.round(process.resourceUsage().maxRSS / 1024),
      bytesPerPod,
    }),
  );
}
