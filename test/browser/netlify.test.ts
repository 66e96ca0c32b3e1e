import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';

import { launchChromium } from './chromium.ts';
import { serveAsNetlify } from './netlify-host.ts';
import { pageTypes } from './page-types.ts';

const { address, server, policyOf } = await serveAsNetlify(inject('dist'));
const paths = await pageTypes(inject('portal'));
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  server.close();
});
/** Its missing pages, and its certificate, which no service worker may be fetched with. */
const ofTheStandIn = /status of 404|SSL certificate error/;

beforeEach(async () => {
  context = await browser.newContext({ ignoreHTTPSErrors: true });
  page = await context.newPage();
  complaints = [];
  context.on('console', (message) => {
    if (message.type() === 'error' && !ofTheStandIn.test(message.text()))
      complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(error.error().message));
});
afterEach(() => context.close());

test('the policy allows nothing inline and no eval', () => {
  expect(policyOf('/')).toContain("frame-ancestors 'self'");
  expect(policyOf('/')).not.toContain('unsafe');
});

describe.each(paths)('%s', (path) => {
  test('breaks no policy of the host', async () => {
    await page.goto(`${address}${path}`, { waitUntil: 'networkidle' });

    expect(await page.locator('h1').count()).toBe(1);
    expect(complaints).toEqual([]);
  });
});

test('search works, in names and in texts', async () => {
  await page.goto(`${address}/search/?query=order+ledger`);
  await page.locator('[data-search-results] a').first().waitFor();

  const texts = page.waitForResponse(/texts-[\w-]+\.idx/);
  await page.goto(`${address}/search/?query=refund`);
  await page.locator('[data-search-results] a mark').first().waitFor();
  expect((await texts).headers()['cache-control']).toContain('immutable');
  expect(complaints).toEqual([]);
});

test('a diagram is drawn, in its frame', async () => {
  await page.goto(`${address}/docs/default/component/callboard/`);
  await page.locator('pre.mermaid').first().scrollIntoViewIfNeeded();
  await page.locator('figure.diagram img').first().waitFor();

  expect(complaints).toEqual([]);
});

test('no other site may frame a page', async () => {
  const other = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(`<iframe src="${address}/"></iframe>`);
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`);

  await expect.poll(() => complaints.join()).toContain("frame-ancestors 'self'");
  other.close();
});

test.each([
  ['/catalog/default/component/order-ledger', '/catalog/default/component/order-ledger/'],
  ['/catalog?filters%5Bkind%5D=component', '/catalog/?filters%5Bkind%5D=component'],
  ['/docs', '/docs/'],
  ['/api-docs', '/api-docs/'],
  ['/create', '/create/'],
  ['/search?query=order', '/search/?query=order'],
  ['/catalog-graph?selectedKinds%5B%5D=component', '/graph/?selectedKinds%5B%5D=component'],
  ['/catalog-import', '/problems/'],
  ['/settings/auth-providers', '/'],
  ['/settings', '/'],
  ['/explore/domains', '/catalog/'],
])('the Backstage address %s leads to %s', async (from, to) => {
  const answer = await page.goto(`${address}${from}`);

  expect(answer?.status()).toBe(200);
  expect(page.url()).toBe(`${address}${to}`);
});

test("the address of Backstage's REST gives the entity", async () => {
  const path = '/api/catalog/entities/by-name/component/default/order-ledger';
  const answer = await context.request.get(`${address}${path}`);

  expect(answer.headers()['content-type']).toContain('application/json');
  expect(await answer.json()).toMatchObject({ metadata: { name: 'order-ledger' } });
});

test('assets are kept for ever, pages are asked for again', async () => {
  const pages = await context.request.get(`${address}/`);
  const [, asset] = /(?:src|href)="(\/_assets\/[^"]+)"/.exec(await pages.text())!;
  const assets = await context.request.get(`${address}${asset}`);

  expect(pages.headers()['cache-control']).toBe('public, max-age=0, must-revalidate');
  expect(assets.headers()['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(pages.headers()).toMatchObject({
    'strict-transport-security': expect.stringMatching(/^max-age=\d{8}/) as string,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
  });
});
