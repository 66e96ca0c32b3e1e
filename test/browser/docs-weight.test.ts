import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { servePortal } from '../../site/preview.ts';
import { cleanEnvironment } from '../clean-environment.ts';
import { weighDocs } from '../docs-weight.ts';
import { launchChromium } from './chromium.ts';

const root = join(import.meta.dirname, '../..');
const directory = mkdtempSync(join(tmpdir(), 'callboard-large-site-'));
const dist = join(directory, 'dist');
let browser: Browser;
let server: Server;
let site: string;

/** A site of 310 pages with long titles in sections within sections, and a page of 400 headings. */
beforeAll(async () => {
  const repository = join(directory, 'repositories/warehouse');
  const nav: string[] = [];
  for (let section = 0; section < 10; section += 1) {
    nav.push(`  - Operating the warehouse in region ${section}:`);
    for (let part = 0; part < 3; part += 1) {
      nav.push(`      - Shifts and handovers, part ${part}:`);
      for (let page = 0; page < 10; page += 1) {
        const path = `region-${section}/part-${part}/handover-${page}.md`;
        nav.push(`          - "Handing over shift ${page}: 引き継ぎの手順と確認事項": ${path}`);
        write(`docs/${path}`, `# Handover ${page}\n\nText.\n`);
      }
    }
  }
  for (let page = 0; page < 10; page += 1) write(`docs/loose-${page}.md`, '# Loose\n');
  const headings = Array.from({ length: 400 }, (_, at) => `## Change ${at}\n\n### Details ${at}\n`);
  write('docs/changes.md', `# Changes\n\n${headings.join('\n')}`);
  write('docs/index.md', '# Warehouse\n');
  write(
    'mkdocs.yml',
    `site_name: Warehouse\nnav:\n  - index.md\n  - changes.md\n${nav.join('\n')}\n`,
  );
  write(
    'catalog-info.yaml',
    'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: warehouse\n  annotations:\n    backstage.io/techdocs-ref: dir:.\nspec: {type: service, lifecycle: production, owner: nobody}\n',
  );
  writeFileSync(
    join(directory, 'callboard.config.ts'),
    "export default { title: 'Warehouse', sources: [{ type: 'local', root: './repositories', repositories: '*', owner: 'warehouse', url: 'https://github.com/warehouse/{name}' }] };\n",
  );
  for (const command of ['collect', 'build']) {
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(root, 'collectors/callboard.mjs'), command, '--quiet'],
      { cwd: directory, env: cleanEnvironment(), encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`callboard ${command} ended with ${status}: ${stderr}`);
  }
  server = await servePortal(dist, '/', 0);
  const { port } = server.address() as { port: number };
  site = `http://localhost:${port}/docs/default/component/warehouse/`;
  browser = await launchChromium();

  function write(path: string, text: string): void {
    mkdirSync(join(repository, path, '..'), { recursive: true });
    writeFileSync(join(repository, path), text);
  }
}, 180_000);
afterAll(async () => {
  await browser?.close();
  server?.close();
  rmSync(directory, { recursive: true, force: true });
});

test.each([
  ['a site of 310 pages', 310, () => dist],
  ['the demo portal', 100, () => inject('dist')],
])('pages of %s have under 8 kB of HTML around their content', (_, least, folder) => {
  const weights = weighDocs(folder());

  expect(weights.length).toBeGreaterThanOrEqual(least);
  expect(weights.filter(({ around }) => around >= 8_000)).toEqual([]);
});

test('the navigation of a large site is whole once its file is there, and keeps what was opened', async () => {
  const page = await browser.newPage();
  await page.goto(`${site}region-3/part-1/handover-4/`, { waitUntil: 'networkidle' });
  const nav = page.getByRole('navigation', { name: 'Documentation' });

  const region = nav.locator('details', { hasText: 'in region 8' });
  await region.locator('summary').first().click();
  await region.getByText('Shifts and handovers, part 2').click();
  await region.getByRole('link', { name: /^Handing over shift 9/u }).click();
  await page.waitForURL(/region-8\/part-2\/handover-9/u);
  await nav.getByText('Operating the warehouse in region 8').waitFor();

  expect(await nav.locator('[aria-current=page]').innerText()).toMatch(/shift 9/u);
  expect(await nav.locator('details[open] > summary').allInnerTexts()).toEqual([
    'Operating the warehouse in region 3',
    'Shifts and handovers, part 1',
    'Operating the warehouse in region 8',
    'Shifts and handovers, part 2',
  ]);
  await page.close();
});

test('the contents of a page of very many headings are completed, and follow what is read', async () => {
  const page = await browser.newPage();
  await page.goto(`${site}changes/`, { waitUntil: 'networkidle' });
  const contents = page.getByRole('navigation', { name: 'On this page' });

  await page.evaluate(() => document.querySelector('#details-300')!.scrollIntoView());

  await expect.poll(() => contents.locator('[aria-current=true]').innerText()).toBe('Details 300');
  expect(await contents.getByRole('link').count()).toBe(800);
  const box = await contents.locator('[aria-current=true]').boundingBox();
  expect(box!.y).toBeGreaterThan(0);
  expect(box!.y).toBeLessThan(page.viewportSize()!.height);
  await page.close();
});
