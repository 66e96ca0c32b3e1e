/**
 * Milliseconds between a keystroke in the form and the new preview of a 200-file skeleton, in the built portal.
 * `npm run bench:templates-preview`
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';

import { launchChromium } from '../browser/chromium.ts';

const engine = join(import.meta.dirname, '../..');
const files = 200;
const rounds = 15;
const bar = 500;
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

const folder = mkdtempSync(join(tmpdir(), 'callboard-preview-'));
try {
  makeOrganisation(folder);
  for (const command of ['collect', 'build']) {
    execFileSync(process.execPath, [join(engine, 'collectors/callboard.mjs'), command, '--quiet'], {
      cwd: folder,
      stdio: 'inherit',
    });
  }
  await measure(join(folder, 'dist'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** One repository with one template, whose files read the name in names and contents. */
function makeOrganisation(root: string): void {
  const repository = join(root, 'repositories/service');
  write(
    join(root, 'callboard.config.ts'),
    `export default { title: 'Bench', sources: [{ type: 'local', root: './repositories' }] };\n`,
  );
  write(join(repository, 'catalog-info.yaml'), template());
  for (let index = 0; index < files; index++) {
    const lines = Array.from({ length: 60 }, (_, line) =>
      line % 6 === 0
        ? `export const name${line} = '\${{ values.name }}';`
        : `// line ${line} of file ${index}`,
    );
    write(
      join(repository, `skeleton/src/part-${index % 20}/\${{ values.name }}-${index}.ts`),
      lines.join('\n'),
    );
  }
  write(join(repository, 'skeleton/README.md'), '# ${{ values.name }}\n');
}

function template(): string {
  return `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: service }
spec:
  owner: group:default/team
  type: service
  parameters:
    properties:
      name: { title: Name, type: string }
  steps:
    - id: fetch
      action: fetch:template
      input:
        url: ./skeleton
        values: { name: '\${{ parameters.name }}' }
`;
}

async function measure(dist: string): Promise<void> {
  const server = createServer((request, response) => {
    let path = join(dist, decodeURIComponent(new URL(request.url!, 'http://x').pathname));
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) path = join(path, 'index.html');
    const isThere = statSync(path, { throwIfNoEntry: false })?.isFile();
    response.writeHead(isThere ? 200 : 404, {
      'content-type': types[extname(path)] ?? 'application/octet-stream',
    });
    response.end(isThere ? readFileSync(path) : undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.goto(
    `http://127.0.0.1:${(server.address() as AddressInfo).port}/create/templates/default/service/`,
  );
  await page.locator('#create_name').fill('warm-up');
  await page.getByText('# warm-up').waitFor();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await page.evaluate((text) => {
      const field = document.querySelector<HTMLInputElement>('#create_name')!;
      const state = globalThis as unknown as { took: Promise<number> };
      const begin = performance.now();
      state.took = new Promise((resolve) => {
        const preview = document.querySelector('.create-preview')!;
        const watch = new MutationObserver(() => {
          if (!preview.textContent?.includes(`# ${text}`)) return;
          watch.disconnect();
          requestAnimationFrame(() => resolve(performance.now() - begin));
        });
        watch.observe(preview, { subtree: true, childList: true, characterData: true });
      });
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(field, text);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }, `round-${round}`);
    times.push(
      await page.evaluate(() => (globalThis as unknown as { took: Promise<number> }).took),
    );
  }
  const made = await page.locator('.create-tree button').count();
  await browser.close();
  server.close();
  times.sort((a, b) => a - b);
  const median = Math.round(times[Math.floor(rounds / 2)]!);
  const slow = Math.round(times[Math.floor(rounds * 0.9)]!);
  console.log(
    `RESULT ${JSON.stringify({ files: made, median, p90: slow, unit: 'ms', holds: made === files + 1 && slow <= bar })}`,
  );
  process.exitCode = made === files + 1 && slow <= bar ? 0 : 1;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
