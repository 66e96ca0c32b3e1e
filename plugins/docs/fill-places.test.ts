import { expect, test } from 'vitest';

import { fillPlaces } from './fill-places.ts';
import type { DocsSite } from './schema.ts';

const site = {
  viewBase: 'https://github.com/acme/checkout/blob/main/',
  assets: [{ path: 'a & b.png', bytes: 1, width: 30, height: 20 }],
} as unknown as DocsSite;

function fill(html: string): string {
  return fillPlaces(html, site, (ref, page) =>
    ref === 'component:default/stock' ? `/docs/default/component/stock/${page}` : undefined,
  );
}

test.each([
  [
    '<a href="callboard-repository:src/main.ts">',
    '<a href="https://github.com/acme/checkout/blob/main/src/main.ts">',
  ],
  [
    '<img src="a%20&#x26;%20b.png" data-asset="a &#x26; b.png">',
    '<img src="a%20&#x26;%20b.png" width="30" height="20">',
  ],
  [
    '<a href="callboard-entity:component:default/stock">',
    '<a href="/docs/default/component/stock/">',
  ],
  [
    '<a class="x" href="callboard-entity:component:default/stock/guide/a/#b">',
    '<a class="x" href="/docs/default/component/stock/guide/a/#b">',
  ],
  ['<a href="callboard-entity:component:default/gone">x</a>', '<a>x</a>'],
])('%s becomes %s', (html, expected) => {
  expect(fill(html)).toBe(expected);
});
