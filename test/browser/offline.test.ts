import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import fastGlob from 'fast-glob';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  inject,
  test,
  vi,
} from 'vitest';
import { workerCode } from '../../site/offline/worker-file.ts';
import { writeOffline } from '../../site/offline/write.ts';
import { builtFolder } from './built-folder.ts';
import { launchChromium } from './chromium.ts';
import { startHost, type PortalHost } from './portal-host.ts';

/** Time enough for a machine that does other things as well. */
vi.setConfig({ testTimeout: 180_000 });

/** Reading offline in a real Chromium: the host goes down, a new version is published, one is broken. */
const service = '/catalog/default/component/checkout-api/';
const unread = '/catalog/default/component/ledger/';

let browser: Browser;
let context: BrowserContext;
let page: Page;
/** The demo with a tenth of its files: keeping all of them is a matter of minutes on a busy machine. */
let small: string;
let workers: { worker: string; stop: string };
let folder: string;
let host: PortalHost;

beforeAll(async () => {
  browser = await launchChromium();
  small = mkdtempSync(join(tmpdir(), 'callboard-small-'));
  cpSync(inject('dist'), small, { recursive: true });
  const kept = [
    'catalog/{index.html,default/component/checkout-api/**}',
    'docs/{index.html,default/*/*/{index.html,refunds/**}}',
    '{teams,status,costs,clusters,problems,search,graph,offline}/index.html',
  ];
  const rest =
    '{catalog,docs,teams,status,costs,clusters,problems,graph,create,api-docs,api/catalog/entities,api/costs,api/kubernetes,feeds,badges}/**';
  for (const path of fastGlob.sync(rest, { cwd: small, ignore: kept })) rmSync(join(small, path));
  workers = { worker: await workerCode('worker.ts'), stop: await workerCode('stop.ts') };
  writeOffline(builtFolder(small), true, workers);
});
afterAll(async () => {
  await browser.close();
  rmSync(small, { recursive: true, force: true });
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-offline-'));
  cpSync(small, folder, { recursive: true });
  host = await startHost(folder);
  context = await browser.newContext();
  page = await context.newPage();
});
afterEach(async () => {
  await context.close();
  host.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(path: string): Promise<void> {
  await page.goto(host.address + path);
}

/** Opens a page and waits until the worker has all it keeps for everyone. */
async function start(path = '/'): Promise<void> {
  await open(path);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 50));
  });
}

/** Fetches all of the portal, and waits until it is whole. */
async function keepAll(): Promise<void> {
  await start('/offline/');
  await page.getByRole('button', { name: /^Keep this portal offline/ }).click();
  await page.getByText('All of this portal is kept in this browser').waitFor({ timeout: 90_000 });
}

/** Publishes another version: the files as they are in the folder now. */
function publish(): void {
  writeOffline(builtFolder(folder), true, workers);
}

function edit(path: string, change: (text: string) => string): void {
  const file = join(folder, path);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

function mark(): ReturnType<Page['locator']> {
  return page.locator('[data-offline-mark]');
}

/** Waits until the copy in the browser is this version. */
async function waitForCopy(version: string): Promise<void> {
  await expect.poll(keptVersion, { timeout: 60_000 }).toBe(version);
}

function keptVersion(): Promise<string | undefined> {
  return page.evaluate(async () => {
    const cache = await caches.open('callboard / kept');
    const list = await (await cache.match('/offline/lists/copy'))?.json();
    return list?.version;
  });
}

/** How many workers and caches the browser holds for the portal. */
function heldByBrowser(): Promise<[number, number]> {
  return page.evaluate(async () => {
    const registrations = await navigator.serviceWorker.getRegistrations();
    return [registrations.length, (await caches.keys()).length] as [number, number];
  });
}

function publishedVersion(): string {
  return JSON.parse(readFileSync(join(folder, 'offline/version.json'), 'utf8')).version;
}

describe('without asking', () => {
  test('a page that was read opens when the host is down, with a mark and the age of its data', async () => {
    await start();
    await open(service);
    expect(await mark().isVisible()).toBe(false);
    host.isDown = true;

    await page.reload();

    expect(await page.locator('h1').innerText()).toBe('Checkout API');
    await mark().waitFor();
    expect(await mark().innerText()).toMatch(/^Offline, data as of \d+ \w+ 20\d\d, \d\d:\d\d$/);
    const { violations } = await new AxeBuilder({ page }).include('.shell-header').analyze();
    expect(violations).toEqual([]);
  });

  test('the same with the network switched off, and the mark goes when it is back', async () => {
    await start();
    await open(service);
    await page.waitForTimeout(300);
    await context.setOffline(true);
    await page.reload();
    await mark().waitFor();

    await context.setOffline(false);

    await mark().waitFor({ state: 'hidden', timeout: 40_000 });
  });

  test('a page that was not read says so, and names are found all the same', async () => {
    await start();
    host.isDown = true;

    await open(unread);

    expect(await page.getByText('this page is not kept in this browser').isVisible()).toBe(true);
    await page.keyboard.press('/');
    await page.keyboard.type('checkout api');
    await page
      .getByRole('option', { name: /Checkout API/ })
      .first()
      .waitFor();
  });

  test('an address without its slash leads to the page that was read', async () => {
    await start();
    await open(service);
    await page.waitForTimeout(300);
    host.isDown = true;

    await open(service.slice(0, -1));

    expect(new URL(page.url()).pathname).toBe(service);
  });

  test('a host in trouble is answered for; a page it does not have is not', async () => {
    await start();
    await open('/nothing-here/');

    expect(await page.getByText('This page does not exist').isVisible()).toBe(true);
    expect(await mark().isVisible()).toBe(false);
  });

  test('pages keep the headers that protect them', async () => {
    await start();
    const kept = await page.evaluate(async () => {
      const cache = await caches.open('callboard / kept');
      const keys = await cache.keys();
      const html = keys.find(({ url }) => url.endsWith('.html'))!;
      return Object.fromEntries((await cache.match(html))!.headers);
    });

    expect(kept).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
  });
});

describe('all of it', () => {
  test('says its size before, and then every page and search work with the host down', async () => {
    await start('/offline/');
    const button = page.getByRole('button', { name: /^Keep this portal offline/ });
    expect(await button.innerText()).toMatch(/\(\d+(\.\d)? MB\)/);
    await keepAll();
    host.isDown = true;
    host.asked = [];

    // Frames are no pages, and documentation that several entities share sends its readers on.
    const ignore = ['docs-*/**', 'docs/default/component/**'];
    const pages = fastGlob.sync('**/index.html', { cwd: folder, ignore });
    const some = pages.filter((_, index) => index % 2 === 0);
    for (const path of some) {
      await open(`/${path.replace(/index\.html$/, '')}`);
      expect(await page.locator('h1').first().count(), path).toBe(1);
      expect(await page.getByText('is not kept in this browser').isVisible(), path).toBe(false);
    }
    await open('/search/?query=how%20do%20I%20refund%20an%20order');
    await page
      .getByRole('link', { name: /Refunds/ })
      .first()
      .waitFor();

    expect(some.length).toBeGreaterThan(5);
    expect(await mark().isVisible()).toBe(true);
  });

  test('stops when told to, and goes on where it stopped', async () => {
    await start('/offline/');
    host.delay = 40;
    await page.getByRole('button', { name: /^Keep this portal offline/ }).click();
    await page.getByText(/^\d.* of [\d.]+ MB$/).waitFor();
    await page.waitForTimeout(500);
    await page.getByRole('button', { name: 'Pause' }).click();
    const rest = page.getByRole('button', { name: /^Continue \(.* left\)/ });
    await rest.waitFor();
    const fetched = new Set(host.asked);
    host.delay = 0;
    host.asked = [];

    await rest.click();
    await page.getByText('All of this portal is kept in this browser').waitFor();

    const again = host.asked.filter((path) => fetched.has(path) && /\.(js|css|md)$/.test(path));
    expect(again).toEqual([]);
  });

  test('a new version: only what changed is fetched, by whatever page is open', async () => {
    await keepAll();
    edit('teams/index.html', (text) => text.replace('<h1', '<h1 data-new'));
    publish();
    host.asked = [];

    await open('/status/');
    await waitForCopy(publishedVersion());

    const data = host.asked.filter(
      (path) => !/^\/(status|sw\.js|offline\/|_assets|api|theme)/.test(path),
    );
    expect(data.filter((path) => path !== '/favicon.svg')).toEqual(['/teams/']);
    host.isDown = true;
    await open('/teams/');
    expect(await page.locator('h1[data-new]').count()).toBe(1);
  });

  test('a broken version never replaces the one that works', async () => {
    await keepAll();
    const version = publishedVersion();
    edit('teams/index.html', (text) => text.replace('<h1', '<h1 data-new'));
    publish();
    // Half published: the list tells of files that the host does not have.
    edit('teams/index.html', () => 'login page');
    edit('index.html', () => 'login page');

    await open('/offline/');
    await page.getByText('The host did not answer with what was built').waitFor();
    host.isDown = true;

    await waitForCopy(version);
    await open('/teams/');
    expect(await page.locator('h1').innerText()).toBe('Teams');
    await open('/');
    expect(await page.locator('h1').count()).toBe(1);
  });

  test('it can be removed', async () => {
    await keepAll();
    await page.getByRole('button', { name: 'Remove the copy' }).click();
    await page.getByText('Removed.').waitFor();
    host.isDown = true;

    await open(unread);

    expect(await page.getByText('this page is not kept in this browser').isVisible()).toBe(true);
  });

  test('a full disk is said to be one, and what was there stays', async () => {
    await start('/offline/');
    const session = await context.newCDPSession(page);
    await session.send('Storage.overrideQuotaForOrigin', {
      origin: host.address,
      quotaSize: 3_000_000,
    });
    await page.getByRole('button', { name: /^Keep this portal offline/ }).click();

    await page.getByText('The storage of this browser is full').waitFor();

    host.isDown = true;
    await open('/');
    expect(await page.locator('h1').count()).toBe(1);
  });

  test('the page is accessible, in both themes', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await start('/offline/');
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations).toEqual([]);
    }
  });
});

describe('a new worker', () => {
  test('comes while a page is open, which still gets the files it came with', async () => {
    await start();
    // The palette's code has another name in the new version, and the old one is gone from the host.
    const [chunk] = fastGlob.sync('_assets/palette.*.js', { cwd: folder });
    const renamed = chunk!.replace('palette.', 'palette.new-');
    for (const file of fastGlob.sync('{**/*.html,_assets/*.js}', { cwd: folder })) {
      edit(file, (text) => text.replaceAll(chunk!.slice(8), renamed.slice(8)));
    }
    cpSync(join(folder, chunk!), join(folder, renamed));
    rmSync(join(folder, chunk!));
    publish();
    const changed = page.evaluate(
      () =>
        new Promise((done) =>
          navigator.serviceWorker.addEventListener('controllerchange', () => done(true), {
            once: true,
          }),
        ),
    );
    await page.evaluate(async () => {
      await (await navigator.serviceWorker.getRegistration())!.update();
    });
    await changed;

    await page.keyboard.press('/');
    await page.keyboard.type('checkout api');

    await page
      .getByRole('option', { name: /Checkout API/ })
      .first()
      .waitFor();
  });

  test('that cannot have all it needs does not replace the one that works', async () => {
    await start();
    edit('index.html', (text) => text.replace('<h1', '<h1 data-new'));
    publish();
    edit('index.html', () => 'login page');

    const state = await page.evaluate(async () => {
      const registration = (await navigator.serviceWorker.getRegistration())!;
      await registration.update();
      const { installing } = registration;
      await new Promise((done) => installing!.addEventListener('statechange', done));
      return [installing?.state, registration.active?.state];
    });
    host.isDown = true;
    await open('/');

    expect(state).toEqual(['redundant', 'activated']);
    expect(await page.locator('h1').count()).toBe(1);
  });

  test('the kill switch takes back the worker and all it kept', async () => {
    await keepAll();
    writeOffline(builtFolder(folder), false, workers);

    await open('/status/');
    await expect.poll(heldByBrowser, { timeout: 60_000 }).toEqual([0, 0]);

    host.isDown = true;
    await expect(open('/')).rejects.toThrow();
  });
});

describe('where it cannot be', () => {
  test('a browser without workers reads the portal, and is told why it keeps nothing', async () => {
    await page.addInitScript(() => {
      Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');
    });
    await open('/offline/');

    expect(await page.getByText('This browser keeps nothing for reading offline').isVisible()).toBe(
      true,
    );
  });

  test('storage that is forbidden is said to be', async () => {
    await page.addInitScript(() => {
      CacheStorage.prototype.open = () => Promise.reject(new DOMException('no', 'SecurityError'));
    });
    await open('/offline/');

    await page.getByText('its storage is switched off').waitFor();
  });

  test('without scripts the page says what it would need', async () => {
    const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await plain.goto(`${host.address}/offline/`);

    expect(await plain.getByText('Keeping it needs scripts').isVisible()).toBe(true);
    await plain.context().close();
  });
});

test('no page carries more script for it than a few kilobytes', () => {
  const html = readFileSync(join(folder, 'status/index.html'), 'utf8');
  const scripts = [...html.matchAll(/<script[^>]* src="\/([^"]*)"/g)].map(([, path]) => path!);
  const bytes = scripts.reduce(
    (sum, path) => sum + gzipSync(readFileSync(join(folder, path))).length,
    0,
  );

  expect(bytes).toBeLessThan(6_000);
});
