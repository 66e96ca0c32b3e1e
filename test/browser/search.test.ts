import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { launchChromium } from './chromium.ts';

const portal = inject('portal');
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  context = await browser.newContext();
  page = await context.newPage();
});
afterEach(() => context.close());

function field(): Locator {
  return page.getByRole('searchbox', { name: 'Search by name, title or text' });
}

function results(): Locator {
  return page.locator('[data-search-results] a');
}

function status(): Locator {
  return page.locator('[data-search-status]');
}

test.each([
  'ordr ledger',
  'order-legder',
  'orderLedgr',
  'ledger order',
  'where is the order ledger',
])('in spite of how it is typed, %s leads to the order ledger', async (query) => {
  await page.goto(`${portal}/search/?query=${encodeURIComponent(query)}`);
  await results().first().waitFor();

  expect(await results().first().getAttribute('href')).toContain('order-ledger');
});

test('a facet narrows the results, counts them, and is in the address', async () => {
  await page.goto(`${portal}/search/?query=order`);
  const box = page.locator('[data-search-facets] input[name=kind][value=Component]');
  await box.waitFor();
  const label = await box.locator('..').innerText();
  await box.check();
  await page.waitForURL(/filter=kind%3AComponent/);
  await status()
    .getByText(/^\d+ result/)
    .waitFor();

  const types = await page.locator('[data-search-results] .result-type').allInnerTexts();
  expect(new Set(types)).toEqual(new Set(['Component']));
  expect(await status().innerText()).toContain(/\d+$/.exec(label)![0]);
});

test('where there is room for one column, facets are behind a button', async () => {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto(`${portal}/search/?query=order`);
  await results().first().waitFor();
  const button = page.getByText('Filters', { exact: true });
  const boxes = page.locator('[data-search-facets] input');
  await button.waitFor();
  expect(await boxes.first().isVisible()).toBe(false);

  await button.click();

  expect(await boxes.first().isVisible()).toBe(true);
});

test('filters can be typed, in any case', async () => {
  await page.goto(`${portal}/search/?query=${encodeURIComponent('kind:api order')}`);
  await results().first().waitFor();

  const types = await page.locator('[data-search-results] .result-type').allInnerTexts();
  expect(new Set(types)).toEqual(new Set(['API']));
});

test('what was searched for is offered again', async () => {
  await page.goto(`${portal}/search/`);
  await field().fill('order-ledger');
  await field().press('Tab');
  await page.goto(`${portal}/`);
  await page.keyboard.press('Control+k');
  const recent = page.getByRole('group', { name: 'Recent searches' });
  await recent.waitFor();

  expect(await recent.innerText()).toContain('order-ledger');
});

test('without storage, search works', async () => {
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, 'localStorage', {
      get() {
        throw new DOMException('forbidden', 'SecurityError');
      },
    });
  });
  await page.goto(`${portal}/search/?query=order-ledger`);
  await results().first().waitFor();

  expect(await results().first().getAttribute('href')).toContain('order-ledger');
});

test('without the full text, names are found and the page says so', async () => {
  await page.route('**/search/files/texts-*', (route) => route.abort());
  await page.goto(`${portal}/search/?query=order-ledger`);
  await status().getByText('Names only').waitFor();

  expect(await results().first().getAttribute('href')).toContain('order-ledger');
});

test('without an index the page says so, and lists remain', async () => {
  await page.route('**/search/index.json', (route) => route.fulfill({ status: 404, body: '' }));
  await page.goto(`${portal}/search/?query=order`);
  await status().getByText('could not be loaded').waitFor();
  await page.getByRole('link', { name: 'Everything from A to Z' }).click();
  await page.waitForURL(/search\/all/);
});

test('with scripts off everything is listed by kind', async () => {
  const silent = await browser.newContext({ javaScriptEnabled: false });
  const plain = await silent.newPage();
  await plain.goto(`${portal}/search/`);
  await plain.getByRole('link', { name: 'Everything from A to Z' }).click();
  await plain.getByRole('link', { name: /^Component/ }).click();

  expect(await plain.getByRole('link', { name: 'Order ledger' }).count()).toBeGreaterThan(0);
  await silent.close();
});

test.each([
  ['x'.repeat(5000), 'long'],
  ['.*+?^${}()|[]\\', 'regular expression'],
  ['<script>alert(1)</script>', 'HTML'],
  ['kind:"', 'open quote'],
  ['__proto__ constructor', 'prototype'],
  ['\u202E\u0000😀', 'odd characters'],
])('a hostile query is only a query: %#', async (query) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${portal}/search/`);
  await field().fill(query);
  await page.waitForFunction(
    () => !/Searching/.test(document.querySelector('[data-search-status]')?.textContent ?? ''),
  );
  await field().fill('order-ledger');
  await results().first().waitFor();

  expect(errors).toEqual([]);
});

test('axe finds nothing in the palette or in the results', async () => {
  await page.goto(`${portal}/search/?query=order`);
  await page.locator('[data-search-facets] fieldset').first().waitFor();
  const inResults = await new AxeBuilder({ page }).analyze();
  expect(inResults.violations.map((violation) => violation.id)).toEqual([]);

  await page.goto(`${portal}/`);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('order');
  await page.locator('#palette-results [role=option]').first().waitFor();
  const inPalette = await new AxeBuilder({ page }).include('[data-palette]').analyze();
  expect(inPalette.violations.map((violation) => violation.id)).toEqual([]);
});

test('a portal published while its page is open is searched as it is now', async () => {
  await page.goto(`${portal}/search/?query=refund`);
  await results().first().waitFor();
  // The host has other files by now: those of the index in use are gone, and its beginning is another one.
  await page.route('**/search/files/texts-*', (route) => route.fulfill({ status: 404, body: '' }));
  const start = (await (await fetch(`${portal}/search/index.json`)).json()) as object;
  await page.route('**/search/index.json', async (route) => {
    await page.unroute('**/search/files/texts-*');
    await route.fulfill({ json: { ...start, version: 'next' } });
  });
  await field().fill('lemon');
  await status()
    .getByText(/^\d+ result/)
    .waitFor();

  expect(await status().innerText()).not.toContain('Names only');
});

test('Pagefind adds where the words stand, and what is like them; without it the page works as before', async () => {
  const marks = page.locator('[data-search-results] mark, [data-search-more] mark');
  const answered = page.waitForResponse(/pagefind\/0\/fragment\//);
  await page.goto(`${portal}/search/?query=retry`);
  await answered;
  await marks.first().waitFor();

  await context.route(/\/pagefind\//, (route) => route.abort());
  await page.goto(`${portal}/search/?query=${encodeURIComponent('order ledger')}`);
  await results().first().waitFor();

  expect(await results().first().getAttribute('href')).toContain('order-ledger');
  expect(await page.locator('[data-search-more]').isVisible()).toBe(false);
});
