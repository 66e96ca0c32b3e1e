import { definePlugin } from '../types.ts';
import type { CostModel } from './model.ts';
import { CostOptions } from './options.ts';
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
});
