import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchChromium } from './chromium.ts';
import { pageTypes } from './page-types.ts';

const portal = inject('portal');
const paths = await pageTypes(portal);
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

describe.each(paths)('%s', (path) => {
  test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (colorScheme) => {
    const context = await browser.newContext({
      colorScheme,
      viewport: { width: 1440, height: 900 },
    });
    const page = await openPage(await context.newPage(), path);

    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();

    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(' ')}`),
    ).toEqual([]);
    await context.close();
  });

  test('fits a phone, breaks no rule of its own policy, and asks nobody else for anything', async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const complaints: string[] = [];
    const strangers: string[] = [];
    const blank = await context.newPage();
    blank.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('404'))
        complaints.push(message.text());
    });
    blank.on('pageerror', (error) => complaints.push(error.message));
    blank.on('request', (request) => {
      if (!request.url().startsWith(portal) && !request.url().startsWith('data:'))
        strangers.push(request.url());
    });
    const page = await openPage(blank, path);

    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );

    expect(complaints).toEqual([]);
    expect(strangers).toEqual([]);
    expect(overflow).toBeLessThanOrEqual(0);
    await context.close();
  });

  test('ships little script', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    let bytes = 0;
    page.on('response', async (response) => {
      const { pathname } = new URL(response.url());
      if (/\.m?js$/.test(pathname)) bytes += gzipSync(await response.body()).length;
    });
    await openPage(page, path);
    const hasIsland = await page.locator('astro-island').count();

    expect(bytes).toBeLessThan((hasIsland > 0 ? 110 : 12) * 1000);
    await context.close();
  });
});

async function openPage(page: Page, path: string): Promise<Page> {
  await page.goto(portal + path);
  await page.waitForLoadState('networkidle');
  return page;
}
