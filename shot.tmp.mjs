import { chromium } from 'playwright-core';
import { servePortal } from './site/preview.ts';
const server = await servePortal('dist', '/', 0);
const port = server.address().port;
const b = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
});
for (const path of process.argv.slice(2))
  for (const scheme of ['light', 'dark'])
    for (const w of [1440, 390]) {
      const c = await b.newContext({ colorScheme: scheme, viewport: { width: w, height: 1500 } });
      const p = await c.newPage();
      p.on('console', (m) => m.type() === 'error' && console.log('console', path, m.text()));
      await p.goto(`http://localhost:${port}${path}`);
      await p.waitForLoadState('networkidle');
      const o = await p.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (o > 0) console.log('overflow', path, w, o);
      await p.screenshot({
        path: `/tmp/cb/shot${path.replaceAll('/', '_')}${scheme}-${w}.png`,
        fullPage: !!process.env.FULL,
      });
      await c.close();
    }
await b.close();
server.close();
