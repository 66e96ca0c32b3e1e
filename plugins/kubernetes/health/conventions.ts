import { at, conditionsOf, numberAt, textAt } from './objects.ts';
import type { Condition, KubernetesObject } from './objects.ts';
import { fromWords, isFailureWord } from './status-words.ts';
import { isOlderThan, worse } from './verdict.ts';
import type { Judgement, Reading, Verdict } from './verdict.ts';

/** Minutes an object without any status may wait for its controller. */
const firstStatus = 10;
/** Parts of one status looked at per level. */
const mostParts = 500;

/** Condition types that are bad news when True. */
const badNews =
  /^(stalled|degraded|fallback|disrupted|disrupting|unhealthy|invalid|outofsync|nonstructuralschema|conflicted|rejected|warning|unavailable|deadlineexceeded|(not|partially|un)ready|(?!no|last).*(failed|failure|errors?|errored|errorsoccurred))$/i;
/** Condition types that say work is going on when True. */
const workGoesOn =
  /^(reconciling|progressing|issuing|creating|updating|upgrading|installing|deploying|provisioning|scaling|starting|pending|initializing|terminating|deleting|waiting|restarting|rollingupdate|.*(inprogress|creating|updating|upgrading|deleting|migrating))$/i;
/** Condition types that say somebody stopped it when True. */
const stopped = /^(suspended|suspend|paused|hibernated|hibernating|disabled|stopped)$/i;
/** Condition types that sum the object up when True. */
const goodNews =
  /^(ready|healthy|available|succeeded|successful|success|completed?|synced|established|accepted|programmed|valid|validated|running|active|reconciled|deployed|installed|initialized|bound|resolvedrefs|stable|up|ok|scheduled|released|imagesready|configured|provisioned|created|applied|admitted|.*(ready|available|healthy|succeeded|synced|synchronized|reconciled|complete))$/i;
/** Condition types that speak for the whole object. */
const summary = /^(ready|healthy|available|succeeded|success|completed?|stable|running)$/i;
/** Types that say something about the object without saying how it is. */
const neutral = /^(managed|referenced|orphaned|exported|cached|upgradeable|.*detected)$/i;

/** Fields of a status that hold text only when something went wrong. */
const errorField = /^(last)?(error|failure)(s|message|reason|description|details?|text)?$/i;

/** Reasons of a False condition that mean "not yet". */
const notYet =
  /progress|pending|waiting|creating|provision|reconcil(e|ing)?$|initiali[sz]|starting|updating|upgrading|install|deploy(ing|ment)|scaling|inprogress|notready|unready|unknown|scheduling|requested|issuing|doesnotexist|polling|syncing|running|queued|minimumreplicas|building|uploading|downloading|dependency|requeue/i;

/** Health of an object of an unknown kind by what most operators agree on. Unknown when it follows no convention. */
export function conventionHealth(object: KubernetesObject, reading: Reading): Judgement {
  return { ...byConvention(object, reading), rule: 'conditions' };
}

function byConvention(object: KubernetesObject, reading: Reading): Verdict {
  if (isSuspended(object)) return { status: 'Suspended', message: 'Suspended' };
  if (isUnobserved(object))
    return {
      status: 'Progressing',
      reason: 'NotObserved',
      message: 'Its controller has not seen the latest change yet',
    };
  const status = at(object, 'status');
  if (
    status === undefined ||
    (typeof status === 'object' && Object.keys(status as object).length === 0)
  )
    return withoutStatus(object, reading);

  const found = [
    fromConditions(object),
    fromWords(object),
    fromError(object),
    fromReplicas(object),
  ].filter((each) => each !== undefined);
  const [first, ...rest] = found;
  if (first === undefined)
    return { status: 'Unknown', message: 'Follows no convention for its status' };
  let result = first;
  for (const each of rest) result = worse(result, each);
  return result;
}

function withoutStatus(object: KubernetesObject, reading: Reading): Verdict {
  const isLate = isOlderThan(object.metadata.creationTimestamp, firstStatus, reading);
  if (isLate) return { status: 'Unknown', message: 'Reports no status' };
  return { status: 'Progressing', message: 'Waiting for its first status' };
}

function isSuspended(object: KubernetesObject): boolean {
  const isSaid = ['suspend', 'suspended', 'paused', 'pause', 'hibernate'].some(
    (field) => at(object, 'spec', field) === true,
  );
  const { annotations, labels } = object.metadata;
  return isSaid || Object.entries({ ...labels, ...annotations }).some(isPausing);
}

/** `autoscaling.keda.sh/paused: "true"`, `cnpg.io/hibernation: "on"`, `…/reconcile: disabled` and their like. */
function isPausing([key, value]: [string, unknown]): boolean {
  const name = key.slice(key.indexOf('/') + 1);
  const isPause =
    /^(is-?)?(paused?|suspend(ed)?|hibernat(e|ed|ion))$|^pause-?reconciliation$/i.test(name);
  if (isPause) return /^(true|on|yes|enabled)$/i.test(String(value));
  return (
    /^reconcil(e|iation(-?loop)?)$/i.test(name) && /^(disabled|off|false)$/i.test(String(value))
  );
}

function isUnobserved(object: KubernetesObject): boolean {
  const observed = numberAt(object, 'status', 'observedGeneration');
  return observed !== undefined && observed < (object.metadata.generation ?? 0);
}

function fromConditions(object: KubernetesObject): Verdict | undefined {
  let result: Verdict | undefined;
  let isSummedUp = false;
  let unclear: Condition | undefined;
  for (const condition of allConditions(object)) {
    const verdict = fromCondition(condition, object.metadata.generation);
    if (verdict !== undefined) result = result === undefined ? verdict : worse(result, verdict);
    else if (condition.status === 'False' && isUnclear(condition.type)) unclear ??= condition;
    isSummedUp ||= summary.test(bare(condition.type)) && condition.status === 'True';
  }
  if (result?.status !== 'Healthy' || isSummedUp || unclear === undefined) return result;
  return {
    status: 'Unknown',
    reason: unclear.type,
    message: `${unclear.type} is False, and what that means is not known`,
  };
}

/** Some types carry their operator's domain: `platform.confluent.io/cluster-ready`. */
function bare(type: string): string {
  return type.slice(type.lastIndexOf('/') + 1);
}

/** A type none of the lists has: False may be good or bad news. */
function isUnclear(type: string): boolean {
  return ![neutral, badNews, workGoesOn, stopped, /ing$/i].some((list) => list.test(bare(type)));
}

/** Conditions at the usual place and in the parts below it, as Gateway API's routes and listeners have them. */
function allConditions(object: KubernetesObject): Condition[] {
  const found: Condition[] = [];
  let level: unknown[] = [at(object, 'status')];
  for (let depth = 0; depth < 4; depth++) {
    for (const part of level) found.push(...conditionsOf(part, 'conditions'));
    level = level.flatMap(partsOf).slice(0, mostParts);
  }
  return found;
}

function partsOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === 'conditions' || typeof part !== 'object' ? [] : [part],
  );
}

function fromCondition(condition: Condition, generation: number | undefined): Verdict | undefined {
  const { status, reason } = condition;
  const type = bare(condition.type);
  const since = condition.lastTransitionTime ?? undefined;
  const message = condition.message || reason || type;
  if (neutral.test(type)) return undefined;
  if ((condition.observedGeneration ?? Infinity) < (generation ?? 0))
    return {
      status: 'Progressing',
      reason: 'NotObserved',
      message: `${type} is of an older generation`,
      since,
    };
  const isTrue = status === 'True';
  const hasFailed = reason !== undefined && isFailureWord(reason) && !/^(all|no)/i.test(reason);
  if (hasFailed && status !== 'Unknown' && !badNews.test(type))
    return { status: 'Degraded', reason, message, since };
  if (reason !== undefined && /paused$|^paus|^stopped$/i.test(reason) && !isTrue)
    return { status: 'Suspended', reason, message, since };
  if (stopped.test(type))
    return isTrue ? { status: 'Suspended', reason, message, since } : undefined;
  if (workGoesOn.test(type))
    return isTrue ? { status: 'Progressing', reason, message, since } : undefined;
  if (badNews.test(type))
    return isTrue ? { status: 'Degraded', reason: reason ?? type, message, since } : undefined;
  if (!goodNews.test(type)) return undefined;
  // Operators written with Ansible say Running while they work and when they wait for the next round.
  if (isTrue && type === 'Running' && reason === 'Running')
    return { status: 'Progressing', reason, message, since };
  if (isTrue) return { status: 'Healthy', message, since };
  const isWaiting =
    status === 'Unknown' ||
    (reason !== undefined && notYet.test(reason) && !/fail|error/i.test(reason));
  return { status: isWaiting ? 'Progressing' : 'Degraded', reason: reason ?? type, message, since };
}

function fromError(object: KubernetesObject): Verdict | undefined {
  for (const place of Object.keys((at(object, 'status') ?? {}) as object)) {
    if (!errorField.test(place)) continue;
    const message = textAt(object, 'status', place) ?? textAt(object, 'status', place, 'message');
    if (message) return { status: 'Degraded', reason: 'Error', message };
  }
  return undefined;
}

function fromReplicas(object: KubernetesObject): Verdict | undefined {
  const wanted = numberAt(object, 'spec', 'replicas') ?? numberAt(object, 'status', 'replicas');
  if (wanted === undefined) return undefined;
  const counts: [string, number | undefined][] = ['ready', 'updated', 'available'].map((word) => [
    word,
    numberAt(object, 'status', `${word}Replicas`),
  ]);
  const known = counts.filter(([, count]) => count !== undefined) as [string, number][];
  const short = known.find(([, count]) => count < wanted);
  if (short !== undefined)
    return { status: 'Progressing', message: `${short[1]} of ${wanted} ${short[0]}` };
  return known.length > 0
    ? { status: 'Healthy', message: `${wanted} of ${wanted} ${known[0]?.[0]}` }
    : undefined;
}
