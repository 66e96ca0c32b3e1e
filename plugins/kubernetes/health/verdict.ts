/** Health of one object: Argo CD's six words, and three of our own for what could not be read. */
export const healthStatuses = [
  'Healthy',
  'Suspended',
  'Progressing',
  'Stale',
  'Missing',
  'Unknown',
  'Forbidden',
  'Unreachable',
  'Degraded',
] as const;
export type HealthStatus = (typeof healthStatuses)[number];

/** What one rule says about one object. */
export interface Verdict {
  status: HealthStatus;
  /** One sentence without a time in it: times are in `since`. */
  message: string;
  /** One word as Kubernetes writes it, e.g. `ImagePullBackOff`. */
  reason?: string | undefined;
  /** ISO 8601: the state began then, as far as the object tells. */
  since?: string | undefined;
  /** Worth a look although it does not change the status, e.g. an autoscaler at its limit. */
  notes?: string[] | undefined;
}

/** A verdict and the rule that gave it: `kind`, `conditions`, `lua:<file>`, or `none` where no rule knows the kind. */
export interface Judgement extends Verdict {
  rule: string;
}

/** Waiting times before a state that usually passes counts as a failure. All in minutes. */
export interface Patience {
  /** A pod no node has room for; autoscaled clusters need some minutes to add one. */
  unschedulable: number;
  /** First failed pulls of an image: a registry hiccup passes by itself. */
  imagePull: number;
  /** Running but not ready, counted from the last change of its Ready condition. */
  notReady: number;
  /** Past the deletion deadline with finalizers left. */
  terminating: number;
  /** A restart older than this is history. */
  restartWindow: number;
  /** Restarts per hour that make a running container unhealthy. */
  restartsPerHour: number;
  /** A CronJob that has not started a job it should have. */
  missedSchedule: number;
}

/** The patience of an organisation that configures none. */
export const defaultPatience: Patience = {
  unschedulable: 5,
  imagePull: 2,
  notReady: 10,
  terminating: 10,
  restartWindow: 60,
  restartsPerHour: 3,
  missedSchedule: 10,
};

/** What rules may know besides the object: the time of the reading, and the organisation's patience. */
export interface Reading {
  /** Milliseconds since 1970, by the clock of the API server where it told us. */
  now: number;
  patience: Patience;
}

/** The more alarming of two verdicts; the first when they are equal. */
export function worse<T extends { status: HealthStatus }>(one: T, other: T): T {
  return rank(other.status) > rank(one.status) ? other : one;
}

/** Higher is more alarming. What could not be read ranks above what is fine and below what is known to be broken. */
export function rank(status: HealthStatus): number {
  return healthStatuses.indexOf(status);
}

/** Minutes from an ISO time to the reading; undefined without a time that can be read. */
export function minutesSince(time: string | undefined, reading: Reading): number | undefined {
  const at = time === undefined ? Number.NaN : Date.parse(time);
  return Number.isNaN(at) ? undefined : (reading.now - at) / 60_000;
}

/** True when the time is known and longer ago than the limit. */
export function isOlderThan(time: string | undefined, minutes: number, reading: Reading): boolean {
  return (minutesSince(time, reading) ?? -1) > minutes;
}
