/**
 * Compares our verdicts with Argo CD's and kstatus' own test cases.
 *   npm run conformance:health -- <folder with TABLE.tsv> [--list]
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { conventionHealth } from '../../plugins/kubernetes/health/conventions.ts';
import { judge, judgeBuiltIn } from '../../plugins/kubernetes/health/judge.ts';
import { LuaRules } from '../../plugins/kubernetes/health/lua.ts';
import { argoRules } from '../../plugins/kubernetes/health/rule-folders.ts';
import type { KubernetesObject } from '../../plugins/kubernetes/health/objects.ts';
import { deletionHealth } from '../../plugins/kubernetes/health/platform.ts';
import { defaultPatience } from '../../plugins/kubernetes/health/verdict.ts';
import type { Judgement, Reading } from '../../plugins/kubernetes/health/verdict.ts';

interface Case {
  source: string;
  file: string;
  expected: string;
  object: KubernetesObject;
}

interface Miss {
  file: string;
  expected: string;
  said: string;
  message: string;
}

/** Where we say something else on purpose, and why. */
const deliberate: Record<string, string> = {
  ...Object.fromEntries(
    [
      'astra.netapp.io/ResticVolumeBackup/degraded.json',
      'kafka.strimzi.io/KafkaBridge/healthy.json',
      'kafka.strimzi.io/KafkaConnect/healthy.json',
      'kubevirt.io/VirtualMachineInstance/suspended_succeeded.json',
    ].map((file) => [
      file,
      'It has a deletionTimestamp. Argo CD looks at that before any rule, as we do; its case calls the rule alone.',
    ]),
  ),
  'TestPodStatus-podCompletedFailed':
    'kstatus calls a failed pod Current; Argo CD and we say Degraded.',
  'TestPodStatus-podUnschedulable':
    'kstatus gives up after 15 s, too short for clusters that add nodes; we wait 5 minutes (option).',
  'TestJobStatus-jobInProgress':
    'kstatus calls a running Job Current; Argo CD and we say Progressing.',
  'TestCronJobStatus-':
    'kstatus calls every CronJob Current; without a status Argo CD and we say Progressing.',
  'TestCRDGenericStatus-crdNoCondition':
    'kstatus says Current without any condition; we say Unknown: never green without evidence.',
  'TestReplicasetStatus-rsReplicaFailure':
    'kstatus says InProgress; Argo CD and we say Degraded when pods cannot be created.',
};

const kstatusWords: Record<string, string> = {
  Current: 'Healthy',
  InProgress: 'Progressing',
  Failed: 'Degraded',
};

/** Milliseconds after which the recorded cluster is read: nobody looks in the very second. */
const readAfter = 4 * 60_000;

const [folder = '', ...flags] = process.argv.slice(2);
const cases = await readCases(folder);
const argo = cases.filter((each) => each.source === 'argocd-customizations');
const builtIn = cases.filter((each) => each.source === 'gitops-engine-builtin');
const kstatus = cases.filter((each) => each.source === 'kstatus');

const rules = await LuaRules.load([argoRules]);
const withLua = await compare(argo, (object, reading) => judge(object, reading, rules));
const conventions = await compare(argo, conventionsAlone);
const engine = await compare(builtIn, async (object, reading) => judgeBuiltIn(object, reading));
const status = await compare(
  kstatus,
  async (object, reading) => judgeBuiltIn(object, reading) ?? conventionHealth(object, reading),
);
rules.close();

report('Argo CD cases, with its Lua rules', argo.length, withLua);
report('Argo CD cases, conventions alone', argo.length, conventions);
report('gitops-engine built-in kinds', builtIn.length, engine);
report('kstatus cases', kstatus.length, status);
const unexplained = [...withLua, ...engine, ...status].filter(
  (miss) => reasonFor(miss.file) === undefined,
);
if (unexplained.length > 0) console.log(`\n${unexplained.length} disagreements without a reason`);

const result = {
  luaAgreement: share(withLua, argo),
  luaFalseGreens: falseGreens(withLua),
  conventionAgreement: share(conventions, argo),
  conventionFalseGreens: Number((falseGreens(conventions) / argo.length).toFixed(4)),
  gitopsEngine: share(engine, builtIn),
  kstatusUnexplained: status.filter((miss) => reasonFor(miss.file) === undefined).length,
  kstatusDeliberate: status.filter((miss) => reasonFor(miss.file) !== undefined).length,
};
const holds =
  argo.length > 0 &&
  result.luaAgreement >= 0.99 &&
  result.luaFalseGreens === 0 &&
  result.conventionAgreement >= 0.6 &&
  result.conventionFalseGreens <= 0.02 &&
  result.gitopsEngine === 1 &&
  unexplained.length === 0;
console.log(`RESULT ${JSON.stringify({ ...result, holds })}`);
process.exitCode = holds ? 0 : 1;

/** Deletion is known for every kind, so conventions alone include it. */
async function conventionsAlone(object: KubernetesObject, reading: Reading): Promise<Judgement> {
  if (object.metadata.deletionTimestamp)
    return { ...deletionHealth(object, reading), rule: 'kind' };
  return conventionHealth(object, reading);
}

async function compare(
  list: Case[],
  ask: (object: KubernetesObject, reading: Reading) => Promise<Judgement | undefined>,
): Promise<Miss[]> {
  const misses: Miss[] = [];
  for (const { file, expected, object } of list) {
    const verdict = await ask(object, { now: recordedAt(object), patience: defaultPatience });
    const said = verdict?.status ?? 'null';
    if (said !== expected) misses.push({ file, expected, said, message: verdict?.message ?? '' });
  }
  return misses;
}

/** A case was recorded at the newest time it mentions; read today, everything in it would be years late. */
function recordedAt(object: unknown): number {
  const times = JSON.stringify(object).match(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[^"]{0,10}/g) ?? [];
  const known = times.map((each) => Date.parse(each)).filter((each) => !Number.isNaN(each));
  return (known.length > 0 ? Math.max(...known) : Date.now()) + readAfter;
}

async function readCases(from: string): Promise<Case[]> {
  const table = await readFile(path.join(from, 'TABLE.tsv'), 'utf8');
  const rows = table.trim().split('\n').slice(1);
  return Promise.all(
    rows.map(async (row) => {
      const [source = '', file = '', , , expected = ''] = row.split('\t');
      const read = JSON.parse(await readFile(path.join(from, file), 'utf8')) as KubernetesObject;
      // Some cases leave out the metadata every API server adds.
      const object = { ...read, metadata: { ...read.metadata, name: read.metadata?.name ?? '' } };
      return { source, file, expected: kstatusWords[expected] ?? expected, object };
    }),
  );
}

function reasonFor(file: string): string | undefined {
  return Object.entries(deliberate).find(([part]) => file.includes(part))?.[1];
}

function report(title: string, count: number, misses: Miss[]): void {
  console.log(
    `\n${title}: ${count - misses.length} of ${count} agree, ${falseGreens(misses)} false greens`,
  );
  const shown = flags.includes('--list') ? misses : misses.slice(0, 12);
  for (const { file, expected, said, message } of shown) {
    const why = reasonFor(file);
    console.log(
      `  ${file}: expected ${expected}, said ${said} (${message.slice(0, 90)})${why ? `\n    on purpose: ${why}` : ''}`,
    );
  }
  if (shown.length < misses.length)
    console.log(`  … ${misses.length - shown.length} more, shown with --list`);
}

function falseGreens(misses: Miss[]): number {
  return misses.filter((miss) => miss.said === 'Healthy').length;
}

function share(misses: Miss[], of: Case[]): number {
  return Number((1 - misses.length / of.length).toFixed(4));
}
