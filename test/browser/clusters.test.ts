import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import type { EntityData } from '../../plugins/kubernetes/view/entity-data.ts';
import type { FleetData } from '../../plugins/kubernetes/view/fleet-data.ts';
import type { StatusData } from '../../plugins/kubernetes/view/status-data.ts';
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

/** The host answers as if it had published newer data than the page was built with. */
async function publish(change: (live: EntityData) => void): Promise<void> {
  await page.route(data, async (route) => {
    const live = (await (await route.fetch()).json()) as EntityData;
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

test('newer data on the host are shown whole, and the page says so', async () => {
  await publish((live) => {
    live.asOf = '2099-01-01T00:00:00Z';
    live.clusters[0]!.asOf = '2099-01-01T00:00:00Z';
    live.health = { status: 'Healthy', message: '2 workloads are healthy' };
    live.counts = { Healthy: 2 };
    for (const workload of live.workloads) {
      workload.health = { status: 'Healthy', message: '3 of 3 pods ready' };
      workload.ready = workload.desired = workload.updated = 3;
      workload.restarts = 21;
      workload.images = ['ghcr.io/marrowby/checkout-api:1.9.4'];
      workload.version = '1.9.4';
      workload.isDrifting = false;
      workload.events = [];
      workload.pods = [1, 2, 3].map((index) => ({
        name: `fresh-${index}`,
        status: 'Running',
        ready: 1,
        containers: 1,
        restarts: 7,
      }));
    }
    live.objects = [];
  });
  await page.goto(address);
  await page.getByText('refreshed after this page was built').waitFor();
  const text = await page.locator('main').innerText();

  expect(await page.locator('[data-k8s-workload]').allInnerTexts()).toEqual([
    expect.stringMatching(/healthy\s+1\.9\.4\s+3 of 3\s+21/),
    expect.stringMatching(/healthy\s+1\.9\.4\s+3 of 3\s+21/),
  ]);
  expect(await page.locator('[data-k8s-entity]').innerText()).toMatch(
    /2 workloads are healthy\s+2 healthy[^]*as of in \d+ yr/,
  );
  expect(await page.locator('[data-k8s-cause]').count()).toBe(0);
  expect(text).toContain('fresh-3');
  expect(text).toContain('ghcr.io/marrowby/checkout-api:1.9.4');
  expect(text).not.toContain('1.9.3');
});

test('newer data reach the card of the overview too', async () => {
  await publish((live) => {
    live.asOf = '2099-01-01T00:00:00Z';
    live.workloads[0]!.version = '9.9.9';
  });
  await page.goto(address.replace('kubernetes/', ''));

  await page.getByText('refreshed after this page was built').waitFor();
  expect(await page.locator('[data-k8s-view="summary"]').innerText()).toContain('9.9.9');
});

test('a cluster that stopped answering is shown although nothing newer was read', async () => {
  await publish((live) => {
    live.clusters[0]!.freshness = 'stale';
    live.health = { status: 'Stale', message: 'healthy when last read' };
  });
  await page.goto(address);

  await page.getByText('refreshed after this page was built').waitFor();
  expect(await page.locator('[data-k8s-entity]').innerText()).toMatch(/^stale/);
});

test('newer data reach the page of all clusters', async () => {
  await page.route('**/api/kubernetes/clusters.json', async (route) => {
    const live = (await (await route.fetch()).json()) as FleetData;
    live.asOf = live.clusters[0]!.asOf = '2099-01-01T00:00:00Z';
    live.clusters[0]!.serverVersion = 'v9.99.9';
    live.clusters[0]!.broken = [];
    live.clusters[1]!.broken = [];
    await route.fulfill({ json: live });
  });
  await page.goto(`${portal}/clusters/`);
  await page.getByText('refreshed after this page was built').waitFor();

  expect(await page.locator('[data-k8s-cluster]').first().innerText()).toContain('v9.99.9');
  expect(await page.getByRole('heading', { name: 'Not well' }).count()).toBe(0);
});

test('newer data reach the page of one cluster, by that cluster', async () => {
  await page.route('**/api/kubernetes/clusters.json', async (route) => {
    const live = (await (await route.fetch()).json()) as FleetData;
    const [eu, jp] = live.clusters;
    live.asOf = eu!.asOf = '2099-01-01T00:00:00Z';
    eu!.pods = jp!.pods = 4321;
    await route.fulfill({ json: live });
  });
  await page.goto(`${portal}/clusters/harbour-eu/`);
  await page.getByText('refreshed after this page was built').waitFor();
  expect(await page.locator('.stats').innerText()).toContain('4,321');

  await page.goto(`${portal}/clusters/lantern-jp/`);
  await page.waitForLoadState('networkidle');
  expect(await page.locator('.stats').innerText()).not.toContain('4,321');
});

test('newer data reach home, narrowed to the team as before', async () => {
  await page.route('**/api/kubernetes/entities.json', async (route) => {
    const live = (await (await route.fetch()).json()) as StatusData;
    live.asOf = '2099-01-01T00:00:00Z';
    Object.assign(live.entities['component:default/payments']!, {
      status: 'Degraded',
      message: '1 of 3 pods fails',
    });
    await route.fulfill({ json: live });
  });
  await page.goto(portal);
  await page.evaluate(() => localStorage.setItem('callboard:team', 'group:default/checkout'));
  await page.reload();
  await page.getByText('Refreshed after this page was built').waitFor();

  expect(await page.locator('[data-k8s-broken] li:visible a').allInnerTexts()).toEqual([
    'Basket',
    'Checkout API',
    'Payments',
  ]);
});

test.each<[string, () => Promise<unknown>]>([
  ['older data', () => publish((live) => (live.asOf = '2000-01-01T00:00:00Z'))],
  ['no data', () => page.route(data, (route) => route.fulfill({ status: 404 }))],
  [
    'something that is no data',
    () => page.route(data, (route) => route.fulfill({ body: '<html>' })),
  ],
  [
    'data that break off inside',
    () =>
      publish((live) => {
        live.asOf = '2099-01-01T00:00:00Z';
        live.workloads = [{ id: 'half' }] as typeof live.workloads;
      }),
  ],
  [
    'data of another version',
    () => publish((live) => Object.assign(live, { asOf: '2099-01-01T00:00:00Z', version: 99 })),
  ],
])('%s on the host changes nothing', async (_, answer) => {
  await answer();
  await page.goto(address);
  await page.waitForLoadState('networkidle');

  expect(await page.locator('[data-k8s-source]').innerText()).toBe('as built');
  expect((await page.locator('[data-k8s-workload]').allInnerTexts()).join()).toContain('degraded');
});

test.each([390, 1440])('200 pods of one service stay readable, %s wide', async (width) => {
  await page.setViewportSize({ width, height: 900 });
  await publish((live) => {
    live.asOf = '2099-01-01T00:00:00Z';
    live.workloads = live.workloads.slice(0, 1);
    live.workloads[0]!.pods = Array.from({ length: 200 }, (_, index) => podOf(index));
  });
  await page.goto(address);
  const groups = page.locator('[data-k8s-groups] > details');
  await groups.first().waitFor();

  expect(await groups.locator('summary').allInnerTexts()).toEqual([
    expect.stringMatching(/degraded\s+40 pods ImagePullBackOff\s+Cannot pull image/),
    expect.stringMatching(/degraded\s+9 pods CrashLoopBackOff/),
    expect.stringMatching(/healthy\s+151 pods Running/),
  ]);
  expect(await page.locator('[data-k8s-pod]:visible').count()).toBe(9);
  await groups.last().locator('summary').click();
  expect(await page.locator('[data-k8s-pod]:visible').count()).toBe(160);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
    width,
  );
  const height = await groups.last().evaluate((element) => element.clientHeight);
  expect(height).toBeLessThan(500);
  const folder = process.env['CALLBOARD_SCREENSHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/pods-${width}.png`, fullPage: true });
});

function podOf(index: number): EntityData['workloads'][number]['pods'][number] {
  const name = `checkout-api-7c9d8b6f5d-${String(index).padStart(5, 'x')}`;
  const pod = { name, ready: 1, containers: 1, restarts: 0, node: `node-${index % 12}` };
  if (index < 40)
    return {
      ...pod,
      ready: 0,
      status: 'ImagePullBackOff',
      health: {
        status: 'Degraded',
        message: 'Cannot pull image ghcr.io/marrowby/checkout-api:1.9.3: not found',
      },
    };
  if (index < 49)
    return {
      ...pod,
      ready: 0,
      restarts: index,
      status: 'CrashLoopBackOff',
      health: { status: 'Degraded', message: `Restarted ${index} times: exit code 1` },
    };
  return { ...pod, status: 'Running', created: '2026-11-23T08:00:00Z' };
}

test('home shows what is broken of the team that was picked', async () => {
  await page.goto(portal);
  await page.evaluate(() => localStorage.setItem('callboard:team', 'group:default/checkout'));
  await page.reload();
  const list = page.locator('[data-k8s-broken]');

  expect(await list.locator('li:visible a').allInnerTexts()).toEqual(['Basket', 'Checkout API']);
});
