import { unitsText, type Units } from './money.ts';

/** Amounts as people read them: `€1,234.50`. Yen have no decimals; `isShort` leaves cents out of large amounts. */
export function formatMoney(amount: Units, currency: string, isShort = false): string {
  const places = isShort && Math.abs(amount) >= 1_000_000 ? 0 : placesOf(currency);
  const text = unitsText(amount, places) as Intl.StringNumericLiteral;
  // One minus everywhere: the hyphen of Intl beside the sign of changes looks like another thing.
  return formatterOf(currency, places).format(text).replace('-', '−');
}

/** Amounts with their sign: `+€40.00`. */
export function formatChange(amount: Units, currency: string, isShort = true): string {
  const text = formatMoney(Math.abs(amount), currency, isShort);
  if (amount === 0) return text;
  return `${amount > 0 ? '+' : '−'}${text}`;
}

/** A ratio in percent with its sign; a dash where there was nothing to compare with. */
export function formatRatio(ratio: number | undefined): string {
  if (ratio === undefined) return '–';
  const percent = Math.abs(ratio * 100);
  const text = percent >= 100 ? Math.round(percent).toLocaleString('en') : percent.toFixed(1);
  if (text === '0.0') return '0 %';
  return `${ratio > 0 ? '+' : '−'}${text} %`;
}

/** A part of a whole in percent. */
export function formatPart(part: number): string {
  const size = Math.abs(part);
  const text = (size * 100).toFixed(size > 0 && size < 0.1 ? 1 : 0);
  return `${part < 0 && Number(text) > 0 ? '−' : ''}${text} %`;
}

/** `2026-03` as `March 2026`. */
export function formatMonth(month: string): string {
  return new Date(`${month}-01`).toLocaleDateString('en-GB', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** `2026-03-09` as `9 Mar`, with the year when asked for. */
export function formatDay(day: string, hasYear = false): string {
  return new Date(day).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
    ...(hasYear ? { year: 'numeric' } : {}),
  });
}

/** Decimal places a currency is counted in. */
export function placesOf(currency: string): number {
  return Math.min(4, formatterOf(currency).resolvedOptions().maximumFractionDigits ?? 2);
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatterOf(currency: string, places?: number): Intl.NumberFormat {
  const key = `${currency} ${places ?? ''}`;
  const known = formatters.get(key);
  if (known) return known;
  const digits =
    places === undefined ? {} : { minimumFractionDigits: places, maximumFractionDigits: places };
  const made = new Intl.NumberFormat('en', {
    style: 'currency',
    currency: codeOf(currency),
    ...digits,
  });
  formatters.set(key, made);
  return made;
}

/** A bill may hold anything in its currency column; Intl takes three letters only. */
function codeOf(currency: string): string {
  return /^[A-Za-z]{3}$/.test(currency) ? currency : 'XXX';
}
