import type { Browser, Locator, Page } from 'playwright-core';
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

function options(): Locator {
  return page.locator('#palette-results [role=option]');
}

function palette(): Locator {
  return page.getByRole('combobox', { name: 'Search by name, title or text' });
}

test('from home to the owner of a service: one key, its name, Enter', async () => {
  await page.keyboard.press('/');
  await palette().waitFor();
  await page.keyboard.type('order-ledger');
  await options().first().waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/order-ledger/);

  expect(await page.getByRole('heading', { level: 1 }).innerText()).toMatch(/order ledger/i);
  expect(await page.getByText('Owner').first().isVisible()).toBe(true);
});

test('no key is lost that is typed while the palette loads', async () => {
  await page.route('**/*palette*.js', async (route) => {
    await new Promise((done) => setTimeout(done, 500));
    await route.continue();
  });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('order-ledger');
  await options().first().waitFor();

  expect(await palette().inputValue()).toBe('order-ledger');
  expect(await options().first().getAttribute('href')).toContain('/order-ledger/');
});

test.each(['order-ledger', 'orderLedger', 'Order Ledger', 'component:default/order-ledger'])(
  'the palette finds %s',
  async (query) => {
    await page.keyboard.press('Control+k');
    await palette().fill(query);

    const first = options().first();
    await first.waitFor();
    expect(await first.getAttribute('href')).toContain('/order-ledger/');
  },
);

test('arrows move through the results and screen readers are told', async () => {
  await page.keyboard.press('/');
  await palette().fill('order');
  await options().nth(1).waitFor();
  const before = await palette().getAttribute('aria-activedescendant');
  await page.keyboard.press('ArrowDown');

  expect(await palette().getAttribute('aria-activedescendant')).not.toBe(before);
  expect(await page.locator('[role=option][aria-selected=true]').count()).toBe(1);
});

test('a hostile query is a query', async () => {
  await page.keyboard.press('/');
  await palette().fill('<img src=x onerror=alert(1)> [.*+?^${}()|\\');
  await page
    .locator('.palette-status')
    .getByText(/Nothing found|result/)
    .waitFor();

  expect(await page.locator('.palette img').count()).toBe(0);
});

test('the theme is chosen once and kept, without a flash', async () => {
  await page.getByRole('button', { name: /dark theme/ }).click();
  await page.goto(`${portal}/problems/`);

  expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
});

test('an address that leads nowhere suggests where to go', async () => {
  await page.goto(`${portal}/catalog/default/component/order-ledge/`);
  const suggestion = page.locator('[data-suggestions] a').first();
  await suggestion.waitFor();
});
