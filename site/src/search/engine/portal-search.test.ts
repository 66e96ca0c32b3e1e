import { describe, expect, test } from 'vitest';
import type { SearchRecord } from '../../../../plugins/types.ts';
import { memoryIndex } from '../../../../test/memory-index.ts';
import { MissingFile } from './index-files.ts';
import type { Filter, Results } from './messages.ts';
import { PortalSearch } from './portal-search.ts';

const records: SearchRecord[] = [
  {
    url: '/payments-api/',
    title: 'Payments API',
    type: 'API',
    names: ['payments-api', 'api:default/payments-api'],
    summary: 'Takes card payments',
    breadcrumb: ['Checkout'],
    filters: { kind: ['API'], owner: ['payments'] },
  },
  {
    url: '/payments/',
    title: 'Payments',
    type: 'Group',
    names: ['group:default/payments'],
    summary: 'The payments team',
  },
  {
    url: '/order-ledger/',
    title: 'Order ledger',
    type: 'Component',
    names: ['order-ledger'],
    summary: 'Double entry',
    filters: { kind: ['Component'], owner: ['ledger people'] },
    weight: 2,
  },
  {
    url: '/runbooks/rollback/',
    title: 'Rollback',
    type: 'Page',
    text: 'Set max_retry_count before you start.',
    sections: [
      { title: 'When the payment provider is down', anchor: 'down', text: 'Wait.' },
      {
        title: 'Undo a deploy',
        anchor: 'undo',
        text: 'Deployments are undone with idempotent jobs.',
      },
    ],
    updated: '1970-01-11T00:00:00Z',
  },
  { url: '/größe/', title: 'Über Größe', type: 'Page', text: 'Maße und Gewichte' },
  { url: '/jp/', title: '支払いサービス', type: 'Page', text: '返金の手順' },
];

const files = await memoryIndex(records);
const search = await PortalSearch.open(async (path) => files.get(path));

async function answers(typed: string, from = search, filters: Filter[] = []): Promise<Results[]> {
  const all: Results[] = [];
  await from.search({ typed, filters, limit: 10, isNamesOnly: false }, (each) => all.push(each));
  return all;
}

async function first(typed: string): Promise<string | undefined> {
  return (await answers(typed)).at(-1)!.hits[0]?.url;
}

describe('first is what is meant', () => {
  test.each([
    ['payments', '/payments/'],
    ['payments-api', '/payments-api/'],
    ['paymentsApi', '/payments-api/'],
    ['paymentsapi', '/payments-api/'],
    ['payments api', '/payments-api/'],
    ['api:default/payments-api', '/payments-api/'],
    ['paymetns api', '/payments-api/'],
    ['paymetnsapi', '/payments-api/'],
    ['aymentsapi', '/payments-api/'],
    ['ordr ledger', '/order-ledger/'],
    ['led', '/order-ledger/'],
    ['undo deploy', '/runbooks/rollback/'],
    ['provider down', '/runbooks/rollback/'],
    ['where is the rollback', '/runbooks/rollback/'],
    ['maxRetryCount', '/runbooks/rollback/'],
    ['max retry count', '/runbooks/rollback/'],
    ['idempotent deployment', '/runbooks/rollback/'],
    ['uber', '/größe/'],
    ['gewichte', '/größe/'],
    ['idempotency', '/runbooks/rollback/'],
    ['支払い', '/jp/'],
    ['返金', '/jp/'],
  ])('%s', async (query, url) => {
    expect(await first(query)).toBe(url);
  });
});

test('nothing like it is nothing', async () => {
  expect(await first('zzzzzz')).toBeUndefined();
  expect(await first('')).toBeUndefined();
});

test('names come first, texts are joined in', async () => {
  const [named, whole] = await answers('retry');

  expect(named).toMatchObject({ isFinal: false, total: 0 });
  expect(whole).toMatchObject({ isFinal: true, total: 1, isNamesOnly: false });
});

test('a typo that no text has is put right, and said', async () => {
  expect((await answers('paymetns api')).at(-1)!.corrected).toBe('payments api');
  expect((await answers('payments api')).at(-1)!.corrected).toBeUndefined();
  // Somebody is still typing.
  expect((await answers('paymen')).at(-1)!.corrected).toBeUndefined();
});

test('filters narrow, in any case and without words, and are counted', async () => {
  const [typed] = await answers('kind:api owner:PAYMENTS');
  const [people] = await answers('owner:people');
  const chosen = await answers('ledger', search, [{ name: 'owner', value: 'ledger people' }]);

  expect(typed!.hits.map(({ url }) => url)).toEqual(['/payments-api/']);
  expect(typed!.filters).toEqual([
    { name: 'kind', value: 'API' },
    { name: 'owner', value: 'payments' },
  ]);
  expect(people!.hits.map(({ url }) => url)).toEqual(['/order-ledger/']);
  expect(chosen.at(-1)!.hits.map(({ url }) => url)).toEqual(['/order-ledger/']);
  expect(chosen.at(-1)!.facets).toEqual({
    kind: { Component: 1 },
    owner: { 'ledger people': 1 },
  });
});

test('a result shows its heading, and where the words stand', async () => {
  const { hits, words } = (await answers('undo a deploy')).at(-1)!;
  const { row, heading } = hits[0]!;
  const excerpt = await search.excerpt({ row, heading, hasPlace: true, words });

  expect(excerpt.heading).toEqual({ title: 'Undo a deploy', anchor: 'undo' });
  expect(hits[0]!.day).toBe(10);
  const again = await search.excerpt({
    row,
    heading: undefined,
    hasPlace: true,
    words: ['idempotent'],
  });
  expect(again.parts.find(({ isMatch }) => isMatch)!.text.trim()).toBe('idempotent');
});

test('a newer query leaves an older one at its names', async () => {
  const all: Results[] = [];
  const request = { typed: 'retry', filters: [], limit: 10, isNamesOnly: false };
  await search.search(
    request,
    (each) => all.push(each),
    () => true,
  );

  expect(all.map(({ isFinal }) => isFinal)).toEqual([false]);
});

describe('when files are missing', () => {
  test('without texts names are found, and the results say so', async () => {
    const halved = await PortalSearch.open(async (path) =>
      /texts-/.test(path) ? undefined : files.get(path),
    );
    const found = (await answers('rollback', halved)).at(-1)!;

    expect(found).toMatchObject({ isFinal: true, isNamesOnly: true });
    expect(found.hits[0]!.url).toBe('/runbooks/rollback/');
  });

  test('a file that failed once is asked for again', async () => {
    let isDown = true;
    const shaky = await PortalSearch.open(async (path) => {
      if (isDown && /texts-/.test(path)) throw new TypeError('Failed to fetch');
      return files.get(path);
    });
    expect((await answers('retry', shaky)).at(-1)!.isNamesOnly).toBe(true);
    isDown = false;
    expect((await answers('retry', shaky)).at(-1)!.total).toBe(1);
  });

  test('without a start there is none', async () => {
    await expect(PortalSearch.open(async () => undefined)).rejects.toThrow(MissingFile);
  });
});
