import type { PageItem, Portal } from '../types.ts';
import { dimensions, dimensionTitles, slicesOf, slugOf } from './dimensions.ts';
import { currencyPath } from './links.ts';
import type { CostModel } from './model.ts';

/** A page for each currency beside the main one. */
export function* currencyItems(model: CostModel | undefined): Iterable<PageItem> {
  for (const currency of model?.currencies.slice(1) ?? [])
    yield {
      params: { currency: currency.toLowerCase() },
      title: `Costs in ${currency}`,
      item: { currency },
      breadcrumbs: [{ title: 'Costs', href: '/costs/' }],
    };
}

/** A page for each provider, service, account and kind of cost. Teams, systems and domains have their own pages. */
export function* sliceItems(model: CostModel | undefined, portal: Portal): Iterable<PageItem> {
  if (!model) return;
  for (const currency of model.currencies)
    for (const dimension of dimensions) {
      if (dimension === 'team' || dimension === 'system' || dimension === 'domain') continue;
      for (const { key, title } of slicesOf(model, portal, currency, dimension)) {
        if (key === '') continue;
        yield {
          params: { currency: currency.toLowerCase(), dimension, key: slugOf(key) },
          title,
          item: { currency, dimension, key },
          breadcrumbs: [
            { title: 'Costs', href: currencyPath(model, currency) },
            {
              title: dimensionTitles[dimension],
              href: `${currencyPath(model, currency)}#${dimension}`,
            },
          ],
        };
      }
    }
}
