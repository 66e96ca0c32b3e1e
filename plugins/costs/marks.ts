import { refOf, type Portal } from '../types.ts';
import { canonical } from './attribution/attribute.ts';
import { formatMonth } from './format.ts';
import type { CostModel } from './model.ts';

/** Something that happened on a day. */
export interface Mark {
  date: string;
  title: string;
  isAlert: boolean;
}

/** Events of the configuration for an entity (or one it belongs to or consists of), and restatements. */
export function marksOf(model: CostModel, currency: string, subject: string | undefined): Mark[] {
  const events = model.options.events
    .filter(({ entity }) => {
      if (!entity || !subject) return true;
      const ref = canonical(entity);
      return (
        model.membership.members(subject).includes(ref) ||
        model.membership.members(ref).includes(subject)
      );
    })
    .map(({ date, title }) => ({ date, title, isAlert: false }));
  const restated = model.data.restatements
    .filter((one) => one.currency === currency)
    .map(({ seen, month, bill }) => ({
      date: seen,
      title: `${formatMonth(month)} of bill ${bill} restated`,
      isAlert: false,
    }));
  return [...events, ...restated];
}

/**
 * What other plugins know to have happened to an entity and its parts, one mark a day: a team's releases of a day are
 * one thing on its chart. Events that several entities share (one repository, one release) are told once.
 */
export function happenings(model: CostModel, portal: Portal, subject: string): Mark[] {
  const told = new Set<string>();
  const byDay = new Map<string, string[]>();
  for (const ref of model.membership.members(subject)) {
    const known = model.catalog.get(ref);
    if (!known) continue;
    for (const { date, title, href } of portal.eventsFor(known.entity)) {
      const id = href ?? `${date} ${title}`;
      if (told.has(id)) continue;
      told.add(id);
      const text = refOf(known.entity) === subject ? title : `${known.title} ${title}`;
      byDay.set(date, [...(byDay.get(date) ?? []), text]);
    }
  }
  return [...byDay].map(([date, titles]) => ({ date, title: listed(titles), isAlert: false }));
}

const named = 3;

function listed(titles: readonly string[]): string {
  const shown = titles.slice(0, named).join(', ');
  return titles.length > named ? `${shown} and ${titles.length - named} more` : shown;
}
