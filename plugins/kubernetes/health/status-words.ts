import { at, textAt } from './objects.ts';
import type { KubernetesObject } from './objects.ts';
import { rank } from './verdict.ts';
import type { HealthStatus, Verdict } from './verdict.ts';

/** Words of `status.phase`, `status.state` and their like. */
const words: [HealthStatus, RegExp][] = [
  [
    'Degraded',
    /fail|error|degraded|invalid|unhealthy|reject|crash|\blost\b|dead|broken|denied|timed? ?out|timeout|aborted|terminated|unavailable|inconclusive|^red$|conflict|unsupported|unable|notsupported|missing|critical|lagging|violat|noncompliant|warn(ing)?$/i,
  ],
  ['Suspended', /suspend|paus|stopped|hibernat|halted|disabled|cancell?ed|^off$/i],
  [
    'Progressing',
    /ing$|changes$|^migrating|pending|progress|wait|queued|requested|scheduled|^new$|^init|unknown|^yellow$|not ?ready|recover|started|submitted|unbound|^none$|incomplete|paused$/i,
  ],
  [
    'Healthy',
    /^(running|ready|active|succeeded|success(ful)?|healthy|completed?|bound|available|deployed|online|ok|green|synced|valid(ated)?|accepted|established|normal|finished|installed|up|open|connected|created|reconciled|enabled|updated|applied|issued|provisioned|stable|processed|configured|registered|compliant|joined|attached|atlatestknown|cluster in healthy state)$/i,
  ],
];

/** Fields whose text says how something is; at any depth, because operators report on their parts too. */
const telling =
  /^(phase|state|health|status|result|color|compliant|outcome|verdict|.*(phase|state|health|status))$/i;
/** Fields that answer yes or no: `readyToUse` of a volume snapshot, `ready` of a machine's parts. */
const answering =
  /^(is)?(ready(touse)?|healthy|available|synced|succeeded|completed|initialized|provisioned)$/i;
/** Kinds that end: while they run they have not done what they are for. */
const finite =
  /(Run|Job|Task|Workflow|Experiment|Backup|Restore|Migration|Build|Analysis|Execution|Evaluation)$/;
/** Fields looked at before giving up on a large status. */
const mostFields = 2000;

/** True for a reason that says something went wrong. */
export function isFailureWord(word: string): boolean {
  return /fail|error|invalid|degraded|denied|rejected|crash|unhealthy|exceeded|timed?out|abort/i.test(
    word,
  );
}

/**
 * Health by the words in an object's status: the worst of them, where good words count only near the top, since a part
 * that is well says nothing about the whole.
 */
export function fromWords(object: KubernetesObject): Verdict | undefined {
  let worst: Verdict | undefined;
  for (const { word, depth } of wordsIn(at(object, 'status'))) {
    const status = statusOf(word, object.kind);
    if (status === undefined || (status === 'Healthy' && depth > 2)) continue;
    if (worst !== undefined && rank(worst.status) >= rank(status)) continue;
    const message = (depth === 1 ? textAt(object, 'status', 'message') : undefined) || word;
    worst = { status, reason: status === 'Healthy' ? undefined : word, message };
  }
  return worst;
}

function statusOf(word: string, kind: string): HealthStatus | undefined {
  if (/^running$/i.test(word)) return finite.test(kind) ? 'Progressing' : 'Healthy';
  return words.find(([, pattern]) => pattern.test(word))?.[0];
}

function wordsIn(status: unknown): { word: string; depth: number }[] {
  const found: { word: string; depth: number }[] = [];
  const queue: { value: unknown; depth: number }[] = [{ value: status, depth: 1 }];
  let fields = 0;
  for (const { value, depth } of queue) {
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, field] of Object.entries(value)) {
      if (key === 'conditions' || fields++ > mostFields) continue;
      if (typeof field === 'object' && depth < 6) queue.push({ value: field, depth: depth + 1 });
      if (typeof field === 'boolean' && depth === 1 && answering.test(key))
        found.push({ word: field ? 'ready' : 'pending', depth });
      const isWord = typeof field === 'string' && field !== '' && field.length <= 60;
      if (isWord && telling.test(key)) found.push({ word: field, depth });
    }
  }
  return found;
}
