import type { CostModel } from './model.ts';

/** Address of a currency's page: the main one is at the front. */
export function currencyPath(model: CostModel, currency: string): string {
  return currency === model.currencies[0] ? '/costs/' : `/costs/${currency.toLowerCase()}/`;
}
