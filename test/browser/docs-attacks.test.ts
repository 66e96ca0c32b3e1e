import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { attacks } from '../../plugins/docs/security/attacks.ts';
import { servePortal } from '../../site/preview.ts';
import { cleanEnvironment } from '../clean-environment.ts';
import { launchChromium } from './chromium.ts';

const root = join(import.meta.dirname, '../..');
const directory = mkdtempSync(join(tmpdir(), 'callboard-attacks-'));
let browser: Browser;
let server: Server;
let portal: string;

/** A portal of one repository whose every page tries something. */
beforeAll(async () => {
  const repository = join(directory, 'repositories/evil');
  mkdirSync(join(repository, 'docs'), { recursive: true });
  writeFileSync(
    join(directory, 'callboard.config.ts'),
    "export default { title: 'Attacks', sources: [{ type: 'local', root: './repositories', repositories: '*', owner: 'evil' }], plugins: { docs: { iframeHosts: ['video.example.org'], imageHosts: ['img.example.org'] } } };\n",
  );
  writeFileSync(
    join(repository, 'catalog-info.yaml'),
    'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: evil\n  annotations:\n    backstage.io/techdocs-ref: dir:.\nspec: {type: service, lifecycle: production, owner: nobody}\n',
  );
  const titles = attacks.map(
    ([name], index) =>
      `  - ${JSON.stringify(`<img src=x onerror=alert(1)> ${name}`)}: page-${index}.md`,
  );
  writeFileSync(
    join(repository, 'mkdocs.yml'),
    `site_name: "<script>alert(1)</script>"\nmarkdown_extensions: [pymdownx.arithmatex, pymdownx.keys, pymdownx.blocks.html]\nnav:\n  - "Bad": "javascript:alert(1)"\n${titles.join('\n')}\n`,
  );
  for (const [index, [, markdown]] of attacks.entries()) {
    writeFileSync(join(repository, `docs/page-${index}.md`), `${markdown}\n`);
  }
  writeFileSync(
    join(repository, 'docs/allowed.md'),
    '![a](https://img.example.org/a.png)\n\n<iframe src="https://video.example.org/v"></iframe>\n',
  );
  for (const command of ['collect', 'build']) {
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(root, 'collectors/callboard.mjs'), command, '--quiet'],
      { cwd: directory, env: cleanEnvironment(), encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`callboard ${command} ended with ${status}: ${stderr}`);
  }
  server = await servePortal(join(directory, 'dist'), '/', 0);
  portal = `http://localhost:${(server.address() as { port: number }).port}`;
  browser = await launchChromium();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  server?.close();
  rmSync(directory, { recursive: true, force: true });
});

test.each([
  [
    'allowed',
    "img-src 'self' data: https://img.example.org",
    "frame-src 'self' https://video.example.org",
  ],
  ['page-0', "img-src 'self' data:", "frame-src 'self'"],
])('the policy of %s lets in what it shows of what the portal allows', (name, images, frames) => {
  const file = join(directory, `dist/docs/default/component/evil/${name}/index.html`);
  const policy = /http-equiv="content-security-policy" content="([^"]*)"/u.exec(
    readFileSync(file, 'utf8'),
  )?.[1];

  expect(policy?.split(';')).toEqual(expect.arrayContaining([images, frames]));
});

test('nothing that was written runs, loads or navigates', { timeout: 300_000 }, async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const seen: string[] = [];
  let current = '';
  page.on('dialog', (dialog) => {
    seen.push(`${current}: dialog`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(portal) && !request.url().startsWith('data:')) {
      seen.push(`${current}: request to ${request.url()}`);
    }
  });
  page.on('pageerror', (error) => seen.push(`${current}: ${error.message}`));
  page.on('console', (message) => {
    // The policy is the second wall: it must have nothing to do.
    if (/Content Security Policy/iu.test(message.text()))
      seen.push(`${current}: ${message.text()}`);
  });

  for (const [index, [name]] of attacks.entries()) {
    current = name;
    const address = `${portal}/docs/default/component/evil/page-${index}/`;
    await page.goto(address, { waitUntil: 'load' });
    await page.waitForTimeout(30);
    expect(page.url(), name).toBe(address);
    const links = await page
      .locator('[data-doc] a[href], .doc-nav a[href]')
      .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).protocol));
    expect(
      links.filter((each) => /javascript|vbscript|data|blob|file/u.test(each)),
      name,
    ).toEqual([]);
  }

  expect(seen).toEqual([]);
  await context.close();
});
