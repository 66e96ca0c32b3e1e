import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { launchChromium } from './chromium.ts';

const portal = inject('portal');
const guide = `${portal}/docs/default/component/engineering-guide/`;
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

async function open(
  address: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ page: Page; context: BrowserContext; errors: string[] }> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(address, { waitUntil: 'networkidle' });
  return { page, context, errors };
}

test('from the list of sites to a page, its next page and back by the navigation', async () => {
  const { page, context, errors } = await open(`${portal}/docs/`);

  await page.getByRole('link', { name: 'Engineering guide' }).first().click();
  await page.getByRole('link', { name: /^Next/u }).click();
  await page.waitForURL(/first-week/u);
  await page
    .getByRole('navigation', { name: 'Documentation' })
    .getByRole('link', { name: 'Reviews' })
    .click();
  await page.waitForURL(/reviews/u);

  expect(await page.locator('.doc-nav [aria-current=page]').innerText()).toBe('Reviews');
  expect(errors).toEqual([]);
  await context.close();
});

test('tabs switch together and by keyboard', async () => {
  const { page, context } = await open(`${guide}writing/`);
  const tabs = page.getByRole('tab');

  await tabs.nth(0).focus();
  await page.keyboard.press('ArrowRight');

  expect(await tabs.nth(1).getAttribute('aria-selected')).toBe('true');
  expect(await page.getByRole('tabpanel').first().isVisible()).toBe(true);
  await context.close();
});

test('code is copied as it was written', async () => {
  const { page, context } = await open(`${guide}writing/`, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const block = page.locator('pre.code:visible').first();

  await block.scrollIntoViewIfNeeded();
  await block.getByRole('button', { name: 'Copy' }).click();

  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    await block.locator('code').textContent(),
  );
  await context.close();
});

test('a tab chosen on one page is chosen on the next, and an address opens the tab it leads into', async () => {
  const { page, context } = await open(`${guide}writing/`);
  const label = await page.getByRole('tab').nth(1).innerText();

  await page.getByRole('tab').nth(1).click();
  await page.reload({ waitUntil: 'networkidle' });
  expect(await page.getByRole('tab', { selected: true }).first().innerText()).toBe(label);
  await page.evaluate(() => (location.hash = '#tabs-1-1'));

  await expect.poll(() => page.locator('#tabs-1-1').isVisible()).toBe(true);
  await context.close();
});

test('the number in code opens its note beside it, and is not copied with the code', async () => {
  const { page, context, errors } = await open(`${portal}/docs/default/system/checkout/payments/`, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const block = page.locator('pre.code', { has: page.locator('.doc-note-link') }).first();

  await block.hover();
  await block.getByRole('button', { name: 'Copy' }).click();
  await block.getByRole('link', { name: 'Note 1' }).click();
  const note = page.locator('.doc-note-box');

  expect(await note.innerText()).toBe(await page.locator('#note-1-1').innerText());
  expect(await page.evaluate(() => navigator.clipboard.readText())).not.toMatch(/\(1\)|[12]\n/u);
  await page.keyboard.press('Escape');
  expect(await note.isVisible()).toBe(false);
  expect(errors).toEqual([]);
  await context.close();
});

test('a picture is shown large, and goes by Escape', async () => {
  const { page, context } = await open(`${portal}/docs/default/system/delivery/planning/`);

  await page.locator('[data-doc] img').first().click();
  const large = page.getByRole('dialog').locator('img');
  expect(await large.getAttribute('src')).toMatch(/insertion\.svg$/u);
  await page.keyboard.press('Escape');

  expect(await page.getByRole('dialog').count()).toBe(0);
  await context.close();
});

test('selected text goes into a new issue, the width of the text is kept', async () => {
  const { page, context } = await open(`${guide}first-week/`);
  const before = (await page.locator('[data-doc]').boundingBox())!.width;

  await page.locator('[data-doc] p').first().selectText();
  const report = page.getByRole('link', { name: 'Report an issue' }).last();
  const issue = new URL((await report.getAttribute('href'))!);
  expect(issue.searchParams.get('title')).toBe('Docs: docs/first-week.md');
  expect(issue.searchParams.get('body')).toMatch(/^> \w[^]*first-week\/\n$/u);

  await page.getByRole('button', { name: 'Wide text' }).click();
  await page.reload({ waitUntil: 'networkidle' });
  expect((await page.locator('[data-doc]').boundingBox())!.width).toBeGreaterThan(before);
  await context.close();
});

test('where the browser keeps nothing, the page works all the same', async () => {
  const context = await browser.newContext();
  await context.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('forbidden', 'SecurityError');
        },
      });
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${guide}writing/`, { waitUntil: 'networkidle' });

  await page.getByRole('tab').nth(1).click();

  expect(await page.getByRole('tab').nth(1).getAttribute('aria-selected')).toBe('true');
  expect(await page.getByRole('button', { name: 'Wide text' }).isVisible()).toBe(true);
  expect(errors).toEqual([]);
  await context.close();
});

test('diagrams are drawn when they are scrolled to, within the policy', async () => {
  const { page, context, errors } = await open(
    `${portal}/docs/default/system/checkout/architecture/`,
  );

  const picture = page.locator('figure.diagram img').first();
  await picture.waitFor();

  expect(await picture.getAttribute('src')).toMatch(/^data:image\/svg\+xml/u);
  expect(errors).toEqual([]);
  await context.close();
});

test('without scripts everything is readable', async () => {
  const { page, context } = await open(`${guide}writing/`, { javaScriptEnabled: false });

  const labels = page.locator('.tabbed-label');
  expect(await labels.first().isVisible()).toBe(true);
  for (const panel of await page.locator('.tabbed-block').all()) {
    expect(await panel.isVisible()).toBe(true);
  }
  expect(await page.locator('pre.mermaid').first().isVisible()).toBe(true);
  expect(
    await page.getByRole('navigation', { name: 'Documentation' }).getByRole('link').count(),
  ).toBeGreaterThan(3);
  await context.close();
});

test('on paper every tab is printed and nothing of the frame', async () => {
  const { page, context } = await open(`${guide}writing/`);

  await page.emulateMedia({ media: 'print' });

  for (const panel of await page.locator('.tabbed-block').all()) {
    expect(await panel.isVisible()).toBe(true);
  }
  expect(await page.locator('.doc-nav').isVisible()).toBe(false);
  await context.close();
});

test('a page ships little: scripts under 15 kB, styles under 25 kB', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const sizes = { script: 0, stylesheet: 0 };
  page.on('response', async (response) => {
    const type = response.request().resourceType() as keyof typeof sizes;
    if (!(type in sizes)) return;
    const { gzipSync } = await import('node:zlib');
    sizes[type] += gzipSync(await response.body()).length;
  });
  await page.goto(`${guide}first-week/`, { waitUntil: 'networkidle' });

  expect(sizes.script).toBeLessThan(15_000);
  expect(sizes.stylesheet).toBeLessThan(25_000);
  await context.close();
});

test('in a small window pages and contents are folded above the text', async () => {
  const { page, context } = await open(`${guide}writing/`, {
    viewport: { width: 390, height: 800 },
  });
  const contents = page.getByRole('navigation', { name: 'On this page' });

  expect(await contents.getByRole('link').first().isVisible()).toBe(false);
  await contents.getByRole('button', { name: 'On this page' }).click();

  const heading = (await page.locator('h1').boundingBox())!;
  expect((await contents.getByRole('link').first().boundingBox())!.y).toBeLessThan(heading.y);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await context.close();
});
