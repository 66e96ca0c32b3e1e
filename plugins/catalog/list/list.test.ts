import { describe, expect, test } from 'vitest';

import { toCsv } from '../../../ui/csv.ts';
import { columnsOf } from './columns.ts';
import { facetCounts, none } from './facets.ts';
import type { CatalogRow } from './rows.ts';
import { matchingRows, parseView, plainView, shownRows, viewSearch } from './view.ts';

const payments = { ref: 'group:default/payments', title: 'Payments', path: '/g/' };
const risk = { ref: 'group:default/risk', title: 'Risk' };
const rows: CatalogRow[] = [
  row('component:default/checkout', {
    title: 'Checkout',
    type: 'service',
    owner: payments,
    tags: ['go'],
    lifecycle: 'production',
  }),
  row('component:default/ledger', {
    title: 'Lédger 2',
    type: 'library',
    owner: payments,
    problems: { warning: 2 },
  }),
  row('component:default/ledger-10', {
    title: 'Ledger 10',
    type: 'service',
    owner: risk,
    problems: { error: 1 },
  }),
  row('api:default/orders', { title: '注文 API', type: 'openapi', description: 'Every order' }),
];
const nobody = { starred: new Set<string>(), team: new Set<string>() };

describe('the view in the address', () => {
  test.each([
    ['', plainView],
    [
      '?filters[kind]=component&filters[user]=owned&filters[lifecycles][0]=production&filters[owners]=payments&filters[owners]=group:emea/risk&limit=20',
      {
        ...plainView,
        chosen: {
          kind: ['component'],
          owner: ['group:default/payments', 'group:emea/risk'],
          lifecycle: ['production'],
        },
        only: 'mine',
      },
    ],
    ['?q=pay&kind=API', { ...plainView, query: 'pay', chosen: { kind: ['api'] } }],
    [
      '?owner=a&owner=b&sort=-owner',
      { ...plainView, chosen: { owner: ['a', 'b'] }, sort: 'owner', isDescending: true },
    ],
    ['?only=mine', { ...plainView, only: 'mine' }],
    ['?only=nonsense&unknown=1&kind=', plainView],
  ])('%s', (search, expected) => {
    expect(parseView(search)).toEqual(expected);
  });

  test('is read back as it was written, however odd the values', () => {
    const view = {
      ...plainView,
      query: 'a&b=c +%',
      chosen: { tag: ['c++', 'a:b'], owner: ['group:default/日本'] },
      only: 'starred' as const,
      isDescending: true,
    };

    expect(parseView(viewSearch(view))).toEqual(view);
  });

  test('of the plain list is nothing', () => {
    expect(viewSearch(plainView)).toBe('');
  });
});

describe('rows', () => {
  test.each([
    ['ledger', ['component:default/ledger', 'component:default/ledger-10']],
    ['LEDGER 10', ['component:default/ledger-10']],
    ['注文', ['api:default/orders']],
    ['every order', ['api:default/orders']],
    ['payments checkout', ['component:default/checkout']],
    ['nothing like it', []],
  ])('words %j find %j', (query, expected) => {
    expect(refs(matchingRows(rows, { ...plainView, query }, nobody))).toEqual(expected);
  });

  test.each([
    ['mine', ['component:default/checkout', 'component:default/ledger']],
    ['starred', ['api:default/orders']],
  ] as const)('only %s', (only, expected) => {
    const personal = { starred: new Set(['api:default/orders']), team: new Set([payments.ref]) };

    expect(refs(matchingRows(rows, { ...plainView, only }, personal))).toEqual(expected);
  });

  test.each([
    ['name', false, ['checkout', 'ledger', 'ledger-10', 'orders']],
    ['name', true, ['orders', 'ledger-10', 'ledger', 'checkout']],
    ['owner', false, ['checkout', 'ledger', 'ledger-10', 'orders']],
    ['problems', true, ['ledger-10', 'ledger', 'checkout', 'orders']],
    ['no-such-column', false, ['checkout', 'ledger', 'ledger-10', 'orders']],
  ])('sorted by %s, descending %s: nothing comes last', (sort, isDescending, expected) => {
    const shown = shownRows(rows, { ...plainView, sort, isDescending });

    expect(shown.map(({ name }) => name)).toEqual(expected);
  });
});

describe('facets', () => {
  test('count what each choice would leave, not counting the choice in the same facet', () => {
    const counts = facetCounts(rows, { type: ['service'] });

    expect(counts['type']).toEqual([
      { value: 'service', label: 'service', count: 2 },
      { value: 'library', label: 'library', count: 1 },
      { value: 'openapi', label: 'openapi', count: 1 },
    ]);
    expect(counts['owner']).toEqual([
      { value: payments.ref, label: 'Payments', count: 1 },
      { value: risk.ref, label: 'Risk', count: 1 },
    ]);
  });

  test('keep a choice that leaves nothing, and put having none last', () => {
    const counts = facetCounts(rows, { owner: ['group:default/gone'] });

    expect(counts['owner']?.map(({ value, count }) => [value, count])).toEqual([
      ['group:default/payments', 2],
      ['group:default/risk', 1],
      ['group:default/gone', 0],
      [none, 1],
    ]);
    expect(counts['type']).toEqual([]);
  });
});

test('columns fit the one kind chosen and show what other plugins state', () => {
  const withFact = [{ ...rows[0]!, facts: [{ id: 'health', label: 'Health', text: 'ok' }] }];

  expect(columnsOf(rows, []).map(({ id }) => id)).toEqual([
    'name',
    'kind',
    'owner',
    'system',
    'problems',
  ]);
  expect(columnsOf(rows, ['group']).map(({ title }) => title)).toEqual([
    'Name',
    'Type',
    'Parent',
    'Members',
    'Owns',
    'Problems',
  ]);
  expect(columnsOf(withFact, ['component']).at(-1)?.cellOf(withFact[0]!)).toEqual({
    text: 'ok',
    tone: undefined,
  });
});

test.each([
  ['=cmd()', "'=cmd()"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  [' =1', "' =1"],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['plain', 'plain'],
])('CSV field %j is %j', (text, expected) => {
  expect(toCsv([[text]])).toBe(`${expected}\r\n`);
});

function row(ref: string, fields: Partial<CatalogRow>): CatalogRow {
  const [kind = '', namespace = '', name = ''] = ref.split(/[:/]/);
  return {
    ref,
    kind,
    namespace,
    name,
    title: name,
    path: `/catalog/${name}/`,
    source: 's',
    repository: 'r',
    ...fields,
  };
}

function refs(list: readonly CatalogRow[]): string[] {
  return list.map(({ ref }) => ref);
}
