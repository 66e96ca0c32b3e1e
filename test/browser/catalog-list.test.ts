import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { launchChromium } from './chromium.ts';

const portal = inject('portal');
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

async function openList(address = '/catalog/'): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(portal + address);
  await page.waitForLoadState('networkidle');
  return page;
}

test('a filtered list is an address: shared and reloaded it shows the same', async () => {
  const page = await openList();
  const all = await page.locator('main a[href*="/catalog/default/"]').count();
  await page.locator('main input[type=search]').first().fill('ledger');
  await page.waitForURL(/ledger/);

  const shared = await openList(page.url().slice(portal.length));
  const titles = await shared.locator('main a[href*="/catalog/default/"]').allInnerTexts();

  expect(all).toBeGreaterThan(titles.length);
  expect(titles.some((title) => /ledger/i.test(title))).toBe(true);
  expect(await shared.locator('main input[type=search]').first().inputValue()).toBe('ledger');
  await shared.reload();
  await shared.waitForLoadState('networkidle');
  expect(await shared.locator('main input[type=search]').first().inputValue()).toBe('ledger');
  await Promise.all([page.close(), shared.close()]);
});

test('a filter with a long name stays in its column', async () => {
  const page = await openList();
  const filters = await page.locator('.list-facets').boundingBox();
  const wide = await page
    .locator('.facet-option')
    .evaluateAll((options) => options.map((option) => option.getBoundingClientRect().right));

  expect(await page.getByTitle('machine-learning-training-pipeline').count()).toBeGreaterThan(0);
  expect(Math.max(...wide)).toBeLessThanOrEqual(filters!.x + filters!.width);
  await page.close();
});

test('without scripts every kind is listed and leads to its entities', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${portal}/catalog/`);

  expect(
    await page.locator('a[href$="/catalog/default/component/checkout-api/"]').count(),
  ).toBeGreaterThan(0);
  expect(await page.getByText('Resources').count()).toBeGreaterThan(0);
  await context.close();
});
