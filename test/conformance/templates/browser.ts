/** Chromium with the engine and the form bundled as for a page, under the policy of the portal's pages. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

import { build } from 'vite';

import { launchChromium } from '../../browser/chromium.ts';
import type { FormPage } from '../../../plugins/templates/form/split-schema.ts';
import type { Job, runJob } from './browser-run.ts';

export interface TestBrowser {
  run(job: Job): Promise<Awaited<ReturnType<typeof runJob>>>;
  showForm(
    page: FormPage,
    code: string,
    index: number,
  ): Promise<{ error?: string; fields: number }>;
  close(): Promise<void>;
}

/** Starts it. Whatever the page logs as an error, a policy refused for example, is an error of the form shown. */
export async function openBrowser(): Promise<TestBrowser> {
  const files = new Map<string, string>([
    ...(await bundle('browser-run.ts', 'engine')),
    ...(await bundle('browser-form.tsx', 'form')),
  ]);
  const server = createServer((request, response) => {
    const code = files.get(new URL(request.url!, 'http://x').pathname);
    response.setHeader('content-security-policy', "default-src 'none'; script-src 'self'");
    response.setHeader('content-type', code === undefined ? 'text/html' : 'text/javascript');
    response.end(code ?? '<!doctype html><title>conformance</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const chrome = await launchChromium();
  const page = await chrome.newPage();
  const messages: string[] = [];
  page.on('pageerror', (error) => messages.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) messages.push(message.text());
  });
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  let forms = 0;
  return {
    async run(job) {
      const answer = await page.evaluate(async (text) => {
        const path = '/engine.js';
        const engine = (await import(path)) as { runJob: (job: unknown) => Promise<unknown> };
        return JSON.stringify(await engine.runJob(JSON.parse(text)));
      }, JSON.stringify(job));
      return JSON.parse(answer) as Awaited<ReturnType<typeof runJob>>;
    },
    async showForm(formPage, code, index) {
      const url = `/validators-${forms++}.js`;
      files.set(url, code);
      messages.length = 0;
      const answer = await page.evaluate(
        async (text) => {
          const path = '/form.js';
          const { page, url, index } = JSON.parse(text) as {
            page: unknown;
            url: string;
            index: number;
          };
          const form = (await import(path)) as {
            showForm: (page: unknown, url: string, index: number) => Promise<unknown>;
          };
          return JSON.stringify(await form.showForm(page, url, index));
        },
        JSON.stringify({ page: formPage, url, index }),
      );
      const shown = JSON.parse(answer) as { error?: string; fields: number };
      files.delete(url);
      return messages.length > 0 ? { ...shown, error: messages.join('; ') } : shown;
    },
    async close() {
      await chrome.close();
      server.close();
    },
  };
}

async function bundle(file: string, name: string): Promise<Map<string, string>> {
  const bundles = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2023',
      lib: {
        entry: fileURLToPath(new URL(file, import.meta.url)),
        formats: ['es'],
        fileName: name,
      },
    },
  });
  const chunks = new Map<string, string>();
  for (const each of Array.isArray(bundles) ? bundles : [bundles]) {
    if (!('output' in each)) continue;
    for (const chunk of each.output) {
      if (chunk.type === 'chunk') chunks.set(`/${chunk.fileName}`, chunk.code);
    }
  }
  return chunks;
}
