/** Cron schedules, as far as needed to see that one was missed: the last time before a moment that matches. */
interface Fields {
  minutes: number[];
  hours: number[];
  days: Set<number>;
  months: Set<number>;
  weekdays: Set<number>;
  /** Cron joins day of month and weekday with OR when both are restricted. */
  isEitherDay: boolean;
}

const macros: Record<string, string> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};
const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const dayNames = 'sun mon tue wed thu fri sat'.split(' ');
const day = 86_400_000;

/**
 * Milliseconds of the last due time at or before `before`, looking back a year at most. Undefined for a schedule we
 * cannot read. The offset of the time zone is taken as of `before`.
 */
export function lastDue(
  schedule: string,
  timeZone: string | undefined,
  before: number,
): number | undefined {
  const fields = parse(schedule);
  if (fields === undefined) return undefined;
  const offset = zoneOffset(timeZone, before);
  if (offset === undefined) return undefined;
  const wall = before + offset;
  const midnight = Math.floor(wall / day) * day;
  for (let back = 0; back <= 366; back++) {
    const date = midnight - back * day;
    if (!matchesDay(fields, new Date(date))) continue;
    const found = lastOfDay(fields, back === 0 ? wall - date : day);
    if (found !== undefined) return date + found - offset;
  }
  return undefined;
}

function lastOfDay(fields: Fields, limit: number): number | undefined {
  for (const hour of fields.hours.toReversed())
    for (const minute of fields.minutes.toReversed()) {
      const at = (hour * 60 + minute) * 60_000;
      if (at <= limit) return at;
    }
  return undefined;
}

function matchesDay(fields: Fields, date: Date): boolean {
  if (!fields.months.has(date.getUTCMonth() + 1)) return false;
  const isDay = fields.days.has(date.getUTCDate());
  const isWeekday = fields.weekdays.has(date.getUTCDay());
  return fields.isEitherDay ? isDay || isWeekday : isDay && isWeekday;
}

function parse(schedule: string): Fields | undefined {
  const text = macros[schedule.trim()] ?? schedule.trim();
  const [minute, hour, date, month, weekday, ...rest] = text.toLowerCase().split(/\s+/);
  if (!minute || !hour || !date || !month || !weekday || rest.length > 0) return undefined;
  const minutes = values(minute, 0, 59);
  const hours = values(hour, 0, 23);
  const days = values(date, 1, 31);
  const months = values(month, 1, 12, monthNames, 1);
  const weekdays = values(weekday, 0, 7, dayNames, 0);
  if (!minutes || !hours || !days || !months || !weekdays) return undefined;
  return {
    minutes,
    hours,
    days: new Set(days),
    months: new Set(months),
    weekdays: new Set(weekdays.map((each) => each % 7)),
    isEitherDay: !/^[*?]/.test(date) && !/^[*?]/.test(weekday),
  };
}

function values(
  field: string,
  low: number,
  high: number,
  names: string[] = [],
  first = 0,
): number[] | undefined {
  const found = new Set<number>();
  for (const part of field.split(',')) {
    const [range = '', step] = part.split('/');
    const every = step === undefined ? 1 : Number(step);
    const [from, to] = ends(range, step !== undefined, low, high, (text) => {
      const named = names.indexOf(text);
      return named === -1 ? Number(text) : named + first;
    });
    const isFine =
      [from, to, every].every(Number.isInteger) && from >= low && to <= high && every > 0;
    if (!isFine) return undefined;
    for (let value = from; value <= to; value += every) found.add(value);
  }
  return [...found].sort((one, other) => one - other);
}

function ends(
  range: string,
  hasStep: boolean,
  low: number,
  high: number,
  read: (text: string) => number,
): [number, number] {
  if (range === '*' || range === '?') return [low, high];
  const [from = '', to] = range.split('-');
  const start = from === '' ? Number.NaN : read(from);
  if (to !== undefined) return [start, read(to)];
  return [start, hasStep ? high : start];
}

function zoneOffset(timeZone: string | undefined, at: number): number | undefined {
  if (timeZone === undefined || timeZone === 'UTC' || timeZone === 'Etc/UTC') return 0;
  try {
    const text = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).format(
      at,
    );
    const match = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(text);
    const minutes = Number(match?.[2] ?? 0) * 60 + Number(match?.[3] ?? 0);
    return (match?.[1] === '-' ? -minutes : minutes) * 60_000;
  } catch {
    return undefined;
  }
}
