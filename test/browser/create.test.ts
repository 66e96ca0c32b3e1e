import { readFileSync } from 'node:fs';

import { unzipSync } from 'fflate';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { parse } from 'yaml';

import { launchChromium } from './chromium.ts';

const portal = inject('portal');
const address = `${portal}/create/templates/default/typescript-service/`;
let browser: Browser;
let page: Page;
let messages: string[] = [];

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  page = await browser.newPage();
  messages = [];
  page.on('pageerror', (error) => messages.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') messages.push(message.text());
  });
});
afterEach(async () => {
  await page.close();
  expect(messages).toEqual([]);
});

test('a form filled in shows the result, and its review leads to GitHub', async () => {
  await page.goto(address);
  await page.locator('#create_name').fill('Bad Name');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('must match pattern').waitFor();

  await fillFirstPage();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Owner').fill('acme');
  await page.getByLabel('Repository').fill('payments-fx');
  await page.getByRole('button', { name: 'Review' }).click();

  const link = page.getByRole('link', { name: 'Create with GitHub' });
  const href = new URL((await link.getAttribute('href'))!);
  expect(href.pathname).toBe('/marrowby/portal/issues/new');
  expect(href.searchParams.get('template-ref')).toBe('template:default/typescript-service');
  expect(parse(href.searchParams.get('values')!)).toEqual({
    name: 'payments-fx',
    description: 'Turns money into other money',
    owner: 'group:default/platform',
    port: 8080,
    visibility: 'private',
    repoUrl: 'github.com?owner=acme&repo=payments-fx',
  });
  await page.getByRole('button', { name: 'CODEOWNERS' }).click();
  await page.getByText('* @acme/platform').waitFor();
});

test('the address keeps the values, and opening it fills the form again', async () => {
  await page.goto(address);
  await fillFirstPage();
  await page.waitForFunction(() => location.hash.includes('payments-fx'));
  const shared = page.url();

  await page.goto('about:blank');
  await page.goto(shared);

  await page.getByText('# payments-fx').waitFor();
  expect(await page.locator('#create_name').inputValue()).toBe('payments-fx');
});

test('a file compares with its skeleton, and the ZIP holds what is shown', async () => {
  await page.goto(address);
  await fillFirstPage();
  await page.getByText('# payments-fx').waitFor();

  await page.getByRole('button', { name: 'Compare with the skeleton' }).click();
  await page.locator('.diff-removed', { hasText: '# ${{ values.name }}' }).waitFor();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download ZIP' }).click();
  const archive = unzipSync(readFileSync(await (await downloading).path()));

  const readme = Object.entries(archive).find(([path]) => path.endsWith('/README.md'));
  expect(new TextDecoder().decode(readme?.[1])).toMatch(/^# payments-fx\n/);
});

test('what is left out of a form is asked for in words', async () => {
  await page.goto(address);
  await page.locator('#create_name').fill('payments-fx');
  await page.getByRole('button', { name: 'Next' }).click();

  await page.getByText('This is required: fill it in.').first().waitFor();
  expect(await page.locator('#create_description').getAttribute('aria-invalid')).toBe('true');
});

const endless = `\${{ "${'a'.repeat(40)}!" | replace(r/^(a+)+$/, "") }}`;
const swelling =
  '{% set x = "x" %}{% for i in range(0, 40) %}{% set x = x + x %}{% endfor %}${{ x }}';

test.each([
  ['a regular expression without end', endless, 'The preview did not end within 5 seconds.'],
  // What cannot be rendered is passed on as written.
  ['output that multiplies', swelling, '{% set x = "x" %}'],
])('%s harms nobody but its preview', async (_name, content, shown) => {
  await page.route('**/api/templates/forms/default/typescript-service.json', async (route) => {
    const form = (await (await route.fetch()).json()) as { spec: { steps: object[] } };
    const action = 'roadiehq:utils:fs:write';
    form.spec.steps = [{ id: 'w', name: 'w', action, input: { path: 'a.txt', content } }];
    await route.fulfill({ json: form });
  });
  await page.goto(address);

  await page.locator('#create_name').fill('payments-fx');
  expect(await page.locator('#create_name').inputValue()).toBe('payments-fx');
  await page.getByText(shown).first().waitFor({ timeout: 20_000 });
});

test('the list filters by text and tag, and keeps both in the address', async () => {
  await page.goto(`${portal}/create/`);
  await page.getByPlaceholder('Filter by name, tag or owner').fill('service');
  await page.getByLabel('Tag').selectOption('go');

  expect(await page.locator('.create-card:visible h2').allInnerTexts()).toEqual(['Go service']);
  expect(new URL(page.url()).search).toBe('?filter=service&tag=go');
});

async function fillFirstPage(): Promise<void> {
  await page.locator('#create_name').fill('payments-fx');
  await page.getByLabel('What is it for?').fill('Turns money into other money');
  await page.locator('#create_owner').fill('platform');
}
