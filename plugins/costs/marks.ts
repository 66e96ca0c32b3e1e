import { formatMonth } from './format.ts';
import { canonical } from './attribution/attribute.ts';
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
