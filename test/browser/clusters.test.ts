import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { launchChromium } from './chromium.ts';

const portal = inject('portal');
const address = `${portal}/catalog/default/component/checkout-api/kubernetes/`;
const data = '**/api/kubernetes/entities/component/default/checkout-api.json';
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  page = await browser.newPage();
});
afterEach(() => page.close());

interface Live {
  asOf: string;
  health: { status: string; message: string };
  workloads: { health: { status: string } }[];
}

/** The host answers as if it had published newer data than the page was built with. */
async function publish(change: (live: Live) => void): Promise<void> {
  await page.route(data, async (route) => {
    const live = (await (await route.fetch()).json()) as Live;
    change(live);
    await route.fulfill({ json: live });
  });
}

test('a broken rollout says why, what to type and that versions differ', async () => {
  await page.goto(address);
  const text = await page.locator('main').innerText();

  expect(text).toContain(
    '2 of 4 pods cannot pull image ghcr.io/marrowby/checkout-api:1.9.3: not found, since rollout 1.9.3',
  );
  expect(text).toMatch(/kubectl --context harbour-eu -n checkout describe pod checkout-api-/);
  expect(await page.getByText('differs').count()).toBe(2);
});

test('newer data on the host changes the states, and the page says so', async () => {
  await publish((live) => {
    live.asOf = '2099-01-01T00:00:00Z';
    live.health = { status: 'Healthy', message: '2 workloads are healthy' };
    for (const workload of live.workloads) workload.health.status = 'Healthy';
  });
  await page.goto(address);
  await page.getByText('states refreshed').waitFor();

  expect(await page.locator('[data-k8s-workload]').allInnerTexts()).toEqual(['healthy', 'healthy']);
  expect(await page.locator('[data-k8s-entity]').innerText()).toContain('2 workloads are healthy');
  expect(await page.locator('[data-k8s-cause]:visible').count()).toBe(0);
});

test.each<[string, () => Promise<unknown>]>([
  ['older data', () => publish((live) => (live.asOf = '2000-01-01T00:00:00Z'))],
  ['no data', () => page.route(data, (route) => route.fulfill({ status: 404 }))],
  [
    'something that is no data',
    () => page.route(data, (route) => route.fulfill({ body: '<html>' })),
  ],
])('%s on the host changes nothing', async (_, answer) => {
  await answer();
  await page.goto(address);
  await page.waitForLoadState('networkidle');

  expect(await page.locator('[data-k8s-source]').innerText()).toBe('as built');
  expect(await page.locator('[data-k8s-workload]').allInnerTexts()).toContain('degraded');
});

test('home shows what is broken of the team that was picked', async () => {
  await page.goto(portal);
  await page.evaluate(() => localStorage.setItem('callboard:team', 'group:default/checkout'));
  await page.reload();
  const list = page.locator('[data-k8s-broken]');

  expect(await list.locator('li:visible a').allInnerTexts()).toEqual(['Basket', 'Checkout API']);
});
