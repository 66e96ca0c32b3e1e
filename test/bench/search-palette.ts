/**
 * How long the palette takes to show results, and what it moves, in Chromium over generated portals.
 * Without the service worker: what it keeps for reading offline it fetches once, in its own time, and queries would then move
 * less than without it.
 * `npm run bench:palette -- [2500,10000] [--portals <folder with big-<size>/ built before>]`
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../browser/chromium.ts';
import { median } from './measure.ts';
import { CompressingHost } from './search/compressed.ts';
import { LargePortal, titleOf } from './search/large-portal.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { portals: { type: 'string' } },
});
const sizes = (positionals[0] ?? '2500,10000').split(',').map(Number);
const openings = 5;
const further = 30;
/** kB before the first result, by documentation pages. */
const firstBars: Record<number, number> = { 2500: 400, 10_000: 900 };

interface Figures {
  pages: number;
  'cold ms': number;
  'kB before the first result': number;
  'kB of texts of the first query': number;
  'warm ms, median': number;
  'warm ms, 95 of 100': number;
  'kB per further query': number;
}

const scratch = mkdtempSync(join(tmpdir(), 'callboard-palette-'));
const browser = await launchChromium();
const rows: Figures[] = [];
for (const size of sizes) {
  const portal = new LargePortal(join(values.portals ?? scratch, `big-${size}`), size);
  if (!values.portals) {
    mkdirSync(portal.folder);
    portal.build();
  }
  rows.push(await figuresOf(portal, size));
}
await browser.close();
rmSync(scratch, { recursive: true });
console.table(rows);
const holds = rows.every(
  (row) =>
    row['cold ms'] <= 200 &&
    row['warm ms, 95 of 100'] <= 50 &&
    row['kB before the first result'] <= (firstBars[row.pages] ?? 900) &&
    row['kB per further query'] <= 60,
);
console.log(`RESULT ${JSON.stringify({ bench: 'palette', rows, holds })}`);
process.exitCode = holds ? 0 : 1;

async function figuresOf(portal: LargePortal, size: number): Promise<Figures> {
  const host = new CompressingHost(portal.dist);
  await host.start();
  const titles = Array.from({ length: openings + further }, (_, at) =>
    titleOf(Math.floor((at + 0.5) * (size / (openings + further)))),
  );
  const cold: { ms: number; bytes: number }[] = [];
  for (const title of titles.slice(0, openings)) cold.push(await openCold(browser, host, title));
  const page = await openedPage(browser, host);
  const started = host.sent;
  await ask(page, titles[0]!);
  await page.waitForTimeout(3000);
  const once = host.sent - started;
  const before = host.sent;
  const warm: number[] = [];
  for (const title of titles.slice(openings)) {
    // Part of a title, as somebody types it.
    warm.push(await ask(page, title.slice(0, -2)));
    await page.waitForTimeout(500);
  }
  const moved = (host.sent - before) / warm.length;
  await page.context().close();
  host.stop();
  const sorted = warm.toSorted((a, b) => a - b);
  const first = Math.round(median(cold.map(({ bytes }) => bytes)) / 1000);
  return {
    pages: size,
    'cold ms': Math.round(median(cold.map(({ ms }) => ms))),
    'kB before the first result': first,
    'kB of texts of the first query': Math.round(once / 1000) - first,
    'warm ms, median': Math.round(median(warm)),
    'warm ms, 95 of 100': Math.round(sorted[Math.floor(sorted.length * 0.95)]!),
    'kB per further query': Math.round(moved / 1000),
  };
}

/** A page somebody reads, with an empty cache; what it needs itself is moved before. */
async function openedPage(chromium: Browser, host: CompressingHost): Promise<Page> {
  const context = await chromium.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.goto(`${host.address}/search/all/`);
  await page.waitForLoadState('networkidle');
  return page;
}

async function openCold(
  chromium: Browser,
  host: CompressingHost,
  query: string,
): Promise<{ ms: number; bytes: number }> {
  const page = await openedPage(chromium, host);
  const before = host.sent;
  const ms = await ask(page, query);
  const bytes = host.sent - before;
  await page.context().close();
  return { ms, bytes };
}

/** Opens the palette where it is not, types, and waits for a result; from the last thing done to the result drawn. */
function ask(page: Page, query: string): Promise<number> {
  return page.evaluate(
    (text) =>
      new Promise<number>((resolve) => {
        const started = performance.now();
        if (!document.querySelector('[data-palette][open]'))
          document.body.dispatchEvent(
            new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }),
          );
        const dialog = document.querySelector('[data-palette]')!;
        const list = dialog.querySelector('[role=listbox]')!;
        const input = dialog.querySelector('input')!;
        const watch = new MutationObserver(() => {
          if (!list.querySelector('[role=option]')) return;
          watch.disconnect();
          requestAnimationFrame(() => resolve(performance.now() - started));
        });
        watch.observe(list, { childList: true });
        input.value = text;
        input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }),
    query,
  );
}
