import type { Entity, EntityFact, Portal } from '../types.ts';
import { refOf } from '../entity.ts';
import { dateAt } from './figures/rows.ts';
import { formatMoney, formatRatio } from './format.ts';
import type { CostModel } from './model.ts';

/** Cost of the last full month, for headers and lists; red only when a budget is passed. */
export function* entityFacts(
  entity: Entity,
  model: CostModel | undefined,
  portal: Portal,
): Iterable<EntityFact> {
  const ref = refOf(entity);
  const figures = model?.figures(ref)[0];
  if (!model || !figures?.lastFullMonth) return;
  const { change } = figures.lastFullMonth;
  const budget = model.budget(ref);
  const link = portal.entityLink(ref);
  const tone = { holds: undefined, 'will-pass': 'warn' as const, passed: 'error' as const }[
    budget?.state ?? 'holds'
  ];
  yield {
    id: 'cost',
    label: 'Cost a month',
    text: `${formatMoney(change.now, figures.currency, true)} ${change.ratio === undefined ? '' : formatRatio(change.ratio)}`.trim(),
    ...(tone ? { tone } : {}),
    ...(link ? { href: `${link.path}costs/` } : {}),
    asOf: `${dateAt(model.calendar, model.calendar.through)}T00:00:00Z`,
    sort: change.now,
  };
}
