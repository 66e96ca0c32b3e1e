import type { Units } from '../money.ts';
import { Latest } from './latest.ts';
import { median } from './statistics.ts';
import { Weekdays } from './weekdays.ts';

/** One stretch of unusual days. */
export interface Anomaly {
  /** Positions of the first and the last day. */
  from: number;
  to: number;
  /** Money above (or below) the usual over these days. */
  excess: Units;
  /** Robust deviations of the most unusual day. */
  score: number;
  /** It went on for a week and became the new level, as a launch does. */
  isLasting: boolean;
}

/** When a day is unusual. */
export interface Sensitivity {
  /** Robust deviations. */
  score: number;
  /** Money a day, in units. */
  minimum: Units;
}

const historyNeeded = 28;
const lastingAfter = 7;
const levelDays = 10;
const spreadDays = 42;
// One of each for all series: there are thousands, worked out one after the other.
const usual = new Latest(levelDays);
const residuals = new Latest(spreadDays);
const weekdays = new Weekdays();
/** Days vary by at least this part, however even the days before were. */
const leastSpread = 0.04;

/**
 * Days that cost far more or less than the same weekdays before. Each day is freed of its weekday's weight, then
 * compared with the median of the ten usual days before it, in units of the median deviation of six weeks. Unusual days
 * are not learnt from, until seven in a row make a new level. What comes back on every first of a month is usual, and so
 * is what came three times in eight weeks: a job that runs now and then is no news each time.
 */
export function findAnomalies(
  daily: ArrayLike<Units>,
  through: number,
  firstWeekday: number,
  sensitivity: Sensitivity,
  dayOfMonth: (day: number) => number,
): Anomaly[] {
  const found: Anomaly[] = [];
  let begin = 0;
  while (begin <= through && daily[begin] === 0) begin += 1;
  // Usual days so far, the latest of them, and by how much these were off.
  let known = 0;
  usual.clear();
  residuals.clear();
  let open: Anomaly | undefined;
  weekdays.clear();
  let factors = weekdays.factors();
  const firsts: number[] = [];
  const jumps: Jump[] = [];
  let base = begin;
  for (let day = begin; day <= through; day += 1) {
    // Weights of weekdays change slowly: once a week is enough. After a new level the old weights stay until four weeks
    // of the new one are known; a mixture of both would be neither.
    if ((day - base) % 7 === 0 && day - base >= historyNeeded) factors = weekdays.factors();
    const weekday = (day + firstWeekday) % 7;
    const factor = factors[weekday]!;
    weekdays.add(weekday, daily[day]!);
    const value = daily[day]! / factor;
    const level = usual.median;
    const excess = daily[day]! - level * factor;
    const isFirst = dayOfMonth(day) === 1;
    const isUsualFirst =
      isFirst &&
      firsts.some(
        (before) =>
          Math.abs(excess) <= 2 * Math.abs(before) && Math.sign(before) === Math.sign(excess),
      );
    if (isFirst && known >= levelDays) firsts.push(excess);
    const raw =
      known >= historyNeeded && !isUsualFirst && Math.abs(excess) >= sensitivity.minimum
        ? scoreOf(value, level, residuals, sensitivity)
        : 0;
    const isSame = open !== undefined && Math.sign(open.excess) === Math.sign(excess);
    const isHabit = raw !== 0 && !isSame && cameBefore(jumps, day, excess);
    if (raw !== 0 && !isSame) jumps.push({ day, excess });
    const score = isHabit ? 0 : raw;
    if (score === 0) {
      // One day of peace does not end it: a launch on a Friday has a quiet Saturday.
      if (open && day - open.to === 1) continue;
      open = undefined;
      if (isUsualFirst) continue;
      usual.add(value);
      known += 1;
      if (known > levelDays) residuals.add(value - level);
      continue;
    }
    if (open && isSame) {
      open.to = day;
      open.excess = Math.round(open.excess + excess);
      open.score = Math.abs(score) > Math.abs(open.score) ? score : open.score;
    } else {
      open = { from: day, to: day, excess: Math.round(excess), score, isLasting: false };
      found.push(open);
    }
    if (open.to - open.from + 1 < lastingAfter) continue;
    open.isLasting = true;
    // From here on the new level is the usual one; its spread is learnt anew from the old, in proportion.
    const raised = Array.from(
      { length: lastingAfter },
      (_, at) => daily[open!.from + at]! / factors[(open!.from + at + firstWeekday) % 7]!,
    );
    const ratio = level === 0 ? 1 : Math.max(1, median(raised) / level);
    residuals.scale(ratio);
    usual.clear();
    for (const value of [...raised, ...raised]) usual.add(value);
    known = historyNeeded + 2 * lastingAfter;
    base = open.from;
    weekdays.clear();
    for (let at = base; at <= day; at += 1) weekdays.add((at + firstWeekday) % 7, daily[at]!);
    open = undefined;
  }
  return found;
}

/** The first day of something unusual. */
interface Jump {
  day: number;
  excess: Units;
}

const habitDays = 56;
const habitTimes = 3;

/** Whether a jump like this, up to half as large, came often enough lately to be usual. */
function cameBefore(jumps: readonly Jump[], day: number, excess: Units): boolean {
  let times = 0;
  for (let at = jumps.length - 1; at >= 0 && day - jumps[at]!.day <= habitDays; at -= 1) {
    const before = jumps[at]!.excess;
    if (Math.sign(before) === Math.sign(excess) && Math.abs(excess) <= 2 * Math.abs(before))
      times += 1;
  }
  return times >= habitTimes;
}

/** Robust deviations from the level; 0 for a usual day. */
function scoreOf(
  value: number,
  level: number,
  residuals: Latest,
  sensitivity: Sensitivity,
): number {
  const least = Math.max(leastSpread * Math.abs(level), 1);
  if (Math.abs(value - level) < sensitivity.score * least) return 0;
  const score = (value - level) / Math.max(residuals.deviation, least);
  return Math.abs(score) >= sensitivity.score ? score : 0;
}
