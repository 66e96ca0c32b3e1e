import type { AroundGroup } from './around-layout.ts';
import type { GraphEdge, GraphNode } from './graph-layout.ts';

/** A drawing for the gallery: a service between its callers and what it needs. */
export const nodes: GraphNode[] = [
  { id: 'web', title: 'web-shop', glyph: 'Co', detail: 'website · storefront', href: '#web' },
  { id: 'app', title: '買い物アプリ', glyph: 'Co', detail: 'mobile · storefront', href: '#app' },
  {
    id: 'checkout',
    title: 'checkout-api',
    glyph: 'AP',
    detail: 'openapi · payments',
    href: '#api',
    isFocus: true,
  },
  {
    id: 'ledger',
    title: 'customer-facing-ledger-and-reconciliation',
    glyph: 'Co',
    detail: 'service · finance',
    href: '#ledger',
  },
  { id: 'db', title: 'orders-db', glyph: 'Re', detail: 'database · payments', href: '#db' },
  { id: 'gone', title: 'fraud-check', glyph: 'Co', detail: 'not in the catalog', isMissing: true },
];

export const edges: GraphEdge[] = [
  { from: 'web', to: 'checkout', label: 'uses' },
  { from: 'app', to: 'checkout', label: 'uses' },
  { from: 'checkout', to: 'ledger', label: 'depends on' },
  { from: 'checkout', to: 'db', label: 'depends on' },
  { from: 'checkout', to: 'gone', label: 'depends on' },
];

/** The same around its focus: few on one side, more than fit on the other. */
export const before: AroundGroup[] = [{ title: 'Consumed by', nodes: nodes.slice(0, 2), left: 0 }];

export const after: AroundGroup[] = [
  { title: 'Part of', nodes: nodes.slice(4, 5), left: 0 },
  {
    title: 'Depends on',
    nodes: Array.from({ length: 9 }, (_, index) => ({
      ...(nodes[3 + (index % 3)] ?? { title: '' }),
      id: `d${index}`,
    })),
    left: 12,
  },
];
