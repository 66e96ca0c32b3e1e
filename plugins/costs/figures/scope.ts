import { sum, type Units } from '../money.ts';
import type { CostOptions } from '../options.ts';
import { findAnomalies, type Anomaly } from './anomalies.ts';
import { forecastMonth, type Forecast } from './forecast.ts';
import { monthLength, monthSpan, type Calendar, type Row } from './rows.ts';

/** Money of one month beside the one before it. */
export interface Change {
  now: Units;
  before: Units;
  amount: Units;
  /** Undefined where there was nothing before. */
  ratio: number | undefined;
}

/** Everything a page says about one thing's direct cost, in one currency. */
export interface Figures {
  currency: string;
  daily: readonly Units[];
  /** Effective and billed cost by month. */
  monthly: readonly { month: string; effective: Units; billed: Units; isComplete: boolean }[];
  monthToDate: Units;
  /** Against the same days of the month before. */
  toDateChange: Change;
  forecast: Forecast | undefined;
  lastFullMonth: { month: string; change: Change } | undefined;
  services: readonly Part[];
  /** Services or entities that moved most, the last 30 days against the 30 before. */
  movers: readonly Mover[];
  anomalies: readonly Anomaly[];
}

/** A part of a scope: one service, one entity, one account. */
export interface Part {
  name: string;
  daily: readonly Units[];
  /** Effective cost of the last 30 complete days. */
  recent: Units;
}

/** A part that changed. */
export interface Mover {
  name: string;
  change: Change;
}

/** Works the figures of some rows out; `partOf` names what movers are: services of an entity, entities of a team. */
export function figuresOf(
  rows: readonly Row[],
  currency: string,
  calendar: Calendar,
  alerts: CostOptions['alerts'],
  partOf: (row: Row) => string = serviceOf,
): Figures {
  const daily = addUp(rows, calendar.days);
  const end = calendar.through + 1;
  const month = calendar.monthOf[calendar.through] ?? 0;
  const [from] = monthSpan(calendar, month);
  const monthToDate = sum(daily.slice(from, end));
  const [beforeFrom, beforeTo] = monthSpan(calendar, month - 1);
  const sameDays = sum(daily.slice(beforeFrom, Math.min(beforeTo, beforeFrom + end - from)));
  const weekday = new Date(calendar.start).getUTCDay();
  const length = monthLength(calendar.months[month] ?? '1970-01');
  const isDone = end - from === length;
  const full = isDone ? month : month - 1;
  const monthly = once(() => monthlyOf(rows, daily, calendar, full));
  const services = once(() => partsOf(rows, calendar, serviceOf));
  const movers = once(() => moversOf(rows, calendar, partOf));
  const anomalies = once(() => anomaliesOf(daily, calendar, alerts));
  const forecast = once(() =>
    isDone ? undefined : forecastMonth(daily, { from, through: calendar.through, length }, weekday),
  );
  return {
    currency,
    daily,
    monthToDate,
    toDateChange: changeOf(monthToDate, month > 0 ? sameDays : 0),
    lastFullMonth: fullMonth(daily, calendar, full),
    // Lists of entities ask for one number of thousands of them; the rest is worked out for pages that show it.
    get monthly() {
      return monthly();
    },
    get forecast() {
      return forecast();
    },
    get services() {
      return services();
    },
    get movers() {
      return movers();
    },
    get anomalies() {
      return anomalies();
    },
  };
}

/** Unusual days; with `since` only days after it are judged, by the months before it. */
export function anomaliesOf(
  daily: Float64Array | readonly Units[],
  calendar: Calendar,
  alerts: CostOptions['alerts'],
  since = 0,
): Anomaly[] {
  const from = learntFrom(since);
  const found = findAnomalies(
    daily.slice(from),
    calendar.through - from,
    (new Date(calendar.start).getUTCDay() + from) % 7,
    { score: alerts.sensitivity, minimum: alerts.minimum * 10_000 },
    (day) => calendar.dayOfMonth[from + day]!,
  );
  return found.map((one) => ({ ...one, from: one.from + from, to: one.to + from }));
}

/** First day that matters to judge those after `since`: weekdays need eight weeks, firsts of a month three. */
export function learntFrom(since: number): number {
  return Math.max(0, since - 98);
}

/** Parts of some rows with their daily sums, the largest of the last 30 days first. */
export function partsOf(
  rows: readonly Row[],
  calendar: Calendar,
  nameOf: (row: Row) => string,
): Part[] {
  const end = calendar.through + 1;
  return [...Map.groupBy(rows, nameOf)]
    .map(([name, group]) => {
      const daily = addUp(group, calendar.days);
      return { name, daily, recent: sum(daily.slice(Math.max(0, end - 30), end)) };
    })
    .toSorted((a, b) => b.recent - a.recent || (a.name < b.name ? -1 : 1));
}

/** Change between two amounts. */
export function changeOf(now: Units, before: Units): Change {
  return {
    now,
    before,
    amount: now - before,
    ratio: before > 0 ? (now - before) / before : undefined,
  };
}

/** The service of a row, as people say it. */
export function serviceOf(row: Row): string {
  return row.service;
}

function moversOf(rows: readonly Row[], calendar: Calendar, nameOf: (row: Row) => string): Mover[] {
  const end = calendar.through + 1;
  if (end < 60) return [];
  return partsOf(rows, calendar, nameOf)
    .map(({ name, daily, recent }) => ({
      name,
      change: changeOf(recent, sum(daily.slice(end - 60, end - 30))),
    }))
    .filter(({ change }) => change.amount !== 0)
    .toSorted(
      (a, b) => Math.abs(b.change.amount) - Math.abs(a.change.amount) || (a.name < b.name ? -1 : 1),
    )
    .slice(0, 8);
}

function monthlyOf(
  rows: readonly Row[],
  daily: readonly Units[],
  calendar: Calendar,
  full: number,
): Figures['monthly'] {
  return calendar.months.map((name, month) => {
    const [from, to] = monthSpan(calendar, month);
    return {
      month: name,
      effective: sum(daily.slice(from, to)),
      billed: sum(rows.map((row) => row.billed[month] ?? 0)),
      isComplete: month <= full,
    };
  });
}

function fullMonth(
  daily: readonly Units[],
  calendar: Calendar,
  full: number,
): Figures['lastFullMonth'] {
  const month = calendar.months[full];
  if (month === undefined) return undefined;
  const [from, to] = monthSpan(calendar, full);
  const [beforeFrom, beforeTo] = monthSpan(calendar, full - 1);
  const before = full > 0 ? sum(daily.slice(beforeFrom, beforeTo)) : 0;
  return { month, change: changeOf(sum(daily.slice(from, to)), before) };
}

/** Sums of rows by day. */
export function addUp(rows: readonly Row[], days: number): Units[] {
  return Array.from(sumsByDay(rows, days));
}

/** The same for those who only go through them; days before `from` stay zero. */
export function sumsByDay(rows: readonly Row[], days: number, from = 0): Float64Array {
  const daily = new Float64Array(days);
  for (const { effective } of rows)
    for (let day = from; day < days; day += 1) daily[day]! += effective[day]!;
  return daily;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
