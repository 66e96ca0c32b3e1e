import type { EntityEvent, Portal } from '../types.ts';
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
  const told = new Map<string, { event: EntityEvent; of: string[] }>();
  for (const ref of model.membership.members(subject)) {
    const known = model.catalog.get(ref);
    if (!known) continue;
    for (const event of portal.eventsFor(known.entity)) {
      const id = event.href ?? `${ref} ${event.date} ${event.title}`;
      const before = told.get(id) ?? { event, of: [] };
      before.of.push(ref === subject ? '' : known.title);
      told.set(id, before);
    }
  }
  const days = Map.groupBy(told.values(), ({ event }) => event.date);
  return [...days].map(([date, events]) => ({
    date,
    title: listed(events.map(({ event, of }) => `${whose(of)}${event.title}`)),
    isAlert: false,
  }));
}

/** The subject's own need no name. */
function whose(titles: readonly string[]): string {
  if (titles.includes('')) return '';
  return titles.length > 1 ? `${titles[0]} and ${titles.length - 1} more: ` : `${titles[0]} `;
}

const named = 3;

function listed(titles: readonly string[]): string {
  const shown = titles.slice(0, named).join(', ');
  return titles.length > named ? `${shown} and ${titles.length - named} more` : shown;
}
