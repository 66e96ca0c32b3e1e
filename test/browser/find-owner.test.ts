import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { launchChromium } from './chromium.ts';

const portal = inject('portal');
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  page = await browser.newPage();
  await page.goto(`${portal}/`);
  await page.waitForLoadState('networkidle');
});
afterEach(() => page.close());

test('from home to the owner of a service: one key, its name, Enter', async () => {
  await page.keyboard.press('/');
  await page.getByRole('combobox').waitFor();
  await page.keyboard.type('order-ledger');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/order-ledger/);

  expect(await page.getByRole('heading', { level: 1 }).innerText()).toMatch(/order ledger/i);
  expect(await page.getByText('Owner').first().isVisible()).toBe(true);
});

test.each(['order-ledger', 'orderLedger', 'Order Ledger', 'component:default/order-ledger'])(
  'the palette finds %s',
  async (query) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill(query);

    const first = page.getByRole('option').first();
    await first.waitFor();
    expect(await first.getAttribute('href')).toContain('/order-ledger/');
  },
);

test('arrows move through the results and screen readers are told', async () => {
  await page.keyboard.press('/');
  await page.getByRole('combobox').fill('order');
  await page.getByRole('option').nth(1).waitFor();
  const before = await page.getByRole('combobox').getAttribute('aria-activedescendant');
  await page.keyboard.press('ArrowDown');

  expect(await page.getByRole('combobox').getAttribute('aria-activedescendant')).not.toBe(before);
  expect(await page.locator('[role=option][aria-selected=true]').count()).toBe(1);
});

test('a hostile query is a query', async () => {
  await page.keyboard.press('/');
  await page.getByRole('combobox').fill('<img src=x onerror=alert(1)> [.*+?^${}()|\\');
  await page.getByText('Nothing found.').waitFor();
});

test('the theme is chosen once and kept, without a flash', async () => {
  await page.getByRole('button', { name: /dark theme/ }).click();
  await page.goto(`${portal}/problems/`);

  expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
});

test('an address that leads nowhere suggests where to go', async () => {
  await page.goto(`${portal}/catalog/default/component/order-ledgers/`);
  const suggestion = page.locator('[data-suggestions] a').first();
  await suggestion.waitFor();
});
