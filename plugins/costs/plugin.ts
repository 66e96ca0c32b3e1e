import { definePlugin, type Entity, type Portal } from '../types.ts';
import { apiFiles } from './api.ts';
import { refOf } from '../entity.ts';
import { entityFacts } from './facts.ts';
import type { CostModel } from './model.ts';
import { CostOptions } from './options.ts';
import { currencyItems, sliceItems } from './page-items.ts';
import { problems } from './problems.ts';
import { CostSnapshot } from './schema.ts';

/** What every service, team and system costs, from the bills already exported. */
export default definePlugin<CostOptions, CostSnapshot, CostModel | undefined>({
  name: 'costs',
  title: 'Costs',
  after: ['catalog'],
  options: CostOptions,
  snapshot: {
    version: 1,
    schema: CostSnapshot,
    identities: ({ checks }) =>
      checks.map(({ bill, currency, month }) => `${bill} ${currency} ${month}`),
  },
  problems,
  collect: () => import('./collect.ts'),
  model: () => import('./model.ts'),
  tools: () => import('./tools.ts'),
  nav: [{ title: 'Costs', path: '/costs/', order: 70 }],
  pages: [
    {
      path: '/costs/',
      title: 'Costs',
      description: 'What everything costs, from the bills.',
      component: () => import('./pages/Costs.astro'),
    },
    {
      path: '/costs/[currency]/',
      title: 'Costs',
      component: () => import('./pages/Costs.astro'),
      items: currencyItems,
    },
    {
      path: '/costs/[currency]/[dimension]/[key]/',
      title: 'Costs',
      component: () => import('./pages/Slice.astro'),
      items: sliceItems,
    },
  ],
  entityTabs: [
    {
      path: 'costs',
      title: 'Costs',
      order: 70,
      appliesTo: hasCost,
      component: () => import('./cards/CostTab.astro'),
    },
  ],
  entityCards: [
    {
      id: 'cost',
      title: 'Costs',
      area: 'rail',
      order: 60,
      appliesTo: hasCost,
      component: () => import('./cards/CostCard.astro'),
    },
  ],
  entityFacts: (entity, model, portal) => entityFacts(entity, model, portal),
  homeWidgets: [
    {
      id: 'costs',
      title: 'Costs',
      area: 'side',
      order: 60,
      component: () => import('./cards/HomeCosts.astro'),
    },
  ],
  api: apiFiles,
});

function hasCost(entity: Entity, portal: Portal): boolean {
  return portal.model<CostModel>('costs')?.has(refOf(entity)) ?? false;
}
