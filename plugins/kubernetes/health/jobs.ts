import { conditionsOf } from './objects.ts';
import type { Condition, KubernetesObject } from './objects.ts';
import { lastDue } from './schedule.ts';
import type { Reading, Verdict } from './verdict.ts';

export type Job = KubernetesObject<
  { backoffLimit?: number; suspend?: boolean },
  {
    active?: number;
    failed?: number;
    succeeded?: number;
    startTime?: string;
    completionTime?: string;
    conditions?: Condition[];
  }
>;

export type CronJob = KubernetesObject<
  {
    schedule?: string;
    timeZone?: string;
    suspend?: boolean;
    concurrencyPolicy?: string;
    startingDeadlineSeconds?: number;
  },
  { active?: unknown[]; lastScheduleTime?: string; lastSuccessfulTime?: string }
>;

/** Health of a Job. A running one is Progressing: it has not done what it is for. */
export function jobHealth(job: Job): Verdict {
  const conditions = conditionsOf(job).filter((each) => each.status === 'True');
  const failed = conditions.find((each) => each.type === 'Failed' || each.type === 'FailureTarget');
  if (failed !== undefined) {
    const message = failureSentence(failed);
    return {
      status: 'Degraded',
      reason: failed.reason,
      message,
      since: failed.lastTransitionTime ?? undefined,
    };
  }
  if (conditions.some((each) => each.type === 'Complete'))
    return { status: 'Healthy', message: 'Completed', since: job.status?.completionTime };
  if (job.spec?.suspend === true || conditions.some((each) => each.type === 'Suspended'))
    return { status: 'Suspended', message: 'Suspended' };

  const { failed: failures = 0, startTime } = job.status ?? {};
  if (startTime === undefined) return { status: 'Progressing', message: 'Waiting to be started' };
  if (failures === 0) return { status: 'Progressing', message: 'Running', since: startTime };
  const limit = job.spec?.backoffLimit ?? 6;
  const note = `${failures} of at most ${limit + 1} attempts failed so far`;
  return {
    status: 'Progressing',
    reason: 'Retrying',
    message: 'Running again',
    since: startTime,
    notes: [note],
  };
}

function failureSentence(condition: Condition): string {
  if (condition.reason === 'BackoffLimitExceeded')
    return 'Failed as often as its backoff limit allows';
  if (condition.reason === 'DeadlineExceeded') return 'Ran longer than its deadline allows';
  return condition.message || condition.reason || 'Failed';
}

/** Health of a CronJob: the last run, and whether the runs its schedule asks for were started at all. */
export function cronJobHealth(cronJob: CronJob, reading: Reading): Verdict {
  const { spec = {}, status } = cronJob;
  if (spec.suspend === true) return { status: 'Suspended', message: 'Suspended' };
  if (status === undefined)
    return { status: 'Progressing', message: 'Not seen by its controller yet' };

  const isActive = (status.active?.length ?? 0) > 0;
  const missed = missedSchedule(cronJob, isActive, reading);
  if (missed !== undefined) return missed;
  const { lastScheduleTime, lastSuccessfulTime } = status;
  if (lastScheduleTime === undefined) return { status: 'Healthy', message: 'Not due yet' };
  if (isActive) return { status: 'Healthy', message: 'Running', since: lastScheduleTime };
  if (lastSuccessfulTime === undefined)
    return {
      status: 'Healthy',
      message: 'Has run',
      notes: ['No run has succeeded yet, as far as its status tells'],
    };
  if (Date.parse(lastSuccessfulTime) < Date.parse(lastScheduleTime))
    return {
      status: 'Degraded',
      reason: 'LastRunFailed',
      message: 'The last run did not succeed',
      since: lastScheduleTime,
    };
  return { status: 'Healthy', message: 'The last run succeeded', since: lastSuccessfulTime };
}

function missedSchedule(
  cronJob: CronJob,
  isActive: boolean,
  reading: Reading,
): Verdict | undefined {
  const { spec = {}, status = {}, metadata } = cronJob;
  if (spec.schedule === undefined || (isActive && spec.concurrencyPolicy === 'Forbid'))
    return undefined;
  const from = Date.parse(status.lastScheduleTime ?? metadata.creationTimestamp ?? '');
  if (Number.isNaN(from)) return undefined;
  const due = lastDue(
    spec.schedule,
    spec.timeZone,
    reading.now - reading.patience.missedSchedule * 60_000,
  );
  if (due === undefined || due <= from + 60_000) return undefined;
  return {
    status: 'Degraded',
    reason: 'MissedSchedule',
    message: `No run was started when one was due (schedule ${spec.schedule})`,
    since: new Date(due).toISOString(),
  };
}
