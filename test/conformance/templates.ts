/**
 * Renders every template of a corpus in Node and in Chromium, and its skeleton files with nunjucks.
 * `npm run conformance:templates -- <corpus>`
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

import type { Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { build } from 'vite';

import type { Action, ActionContext, JsonObject } from '../../plugins/templates/engine/index.ts';
import {
  actionsWith,
  defaultLimits,
  pagesOf,
  runTemplate,
  templateSpecOf,
  Workspace,
} from '../../plugins/templates/engine/index.ts';
import type { Job } from './templates/browser-run.ts';
import { runJob } from './templates/browser-run.ts';
import type { CorpusTemplate } from './templates/corpus.ts';
import { diskSource, templatesOf } from './templates/corpus.ts';
import { referenceFiles } from './templates/reference.ts';
import { valuesFor } from './templates/values.ts';

interface Outcome {
  template: string;
  files: number;
  failure: string | undefined;
  differs: boolean;
}

interface Comparison {
  files: number;
  same: number;
  different: string[];
}

const corpus = process.argv[2];
if (corpus === undefined) {
  console.error('Which corpus? npm run conformance:templates -- <folder with TEMPLATES.tsv>');
  process.exit(2);
}

const templates = templatesOf(corpus);
const comparison: Comparison = { files: 0, same: 0, different: [] };
const browser = await openBrowser();
const outcomes: Outcome[] = [];
for (const template of templates) outcomes.push(await tryTemplate(template));
await browser.close();
report();

/** Runs one template on both sides and its `fetch:template` steps through nunjucks. */
async function tryTemplate(template: CorpusTemplate): Promise<Outcome> {
  const spec = templateSpecOf(template.spec);
  const parameters = valuesFor(pagesOf(template.spec), template.name);
  const job: Job = { spec, parameters, trees: {}, files: {} };
  const source = recordingSource(template, job);
  await runTemplate({
    spec,
    parameters,
    source,
    actions: comparingActions(template),
    isDryRun: true,
    allowsUnknownActions: true,
    templateRef: 'template:default/conformance',
    entity: () => ({ kind: 'Group', metadata: { name: 'payments' } }),
  });
  const [inNode, inBrowser] = [await runJob(job), await browser.run(job)];
  return {
    template: template.file,
    files: inNode.files.length,
    failure: inNode.error,
    differs: JSON.stringify(inNode) !== JSON.stringify(inBrowser),
  };
}

/** Reads from disk and keeps what was read, so that Node and the browser get the same. */
function recordingSource(template: CorpusTemplate, job: Job): ReturnType<typeof diskSource> {
  const disk = diskSource(template);
  return {
    folder: disk.folder,
    async tree(address) {
      const files = await disk.tree(address);
      if (files) job.trees[address] = files.map(asJson);
      return files;
    },
    async file(address) {
      const file = await disk.file(address);
      if (file) job.files[address] = asJson(file);
      return file;
    },
  };
}

function asJson(file: { path: string; mode: number; content: Uint8Array }): Job['files'][string] {
  return {
    path: file.path,
    mode: file.mode,
    content: Buffer.from(file.content).toString('base64'),
  };
}

/** The engine's actions, with `fetch:template` also run alone and compared with the reference. */
function comparingActions(template: CorpusTemplate): ReadonlyMap<string, Action> {
  const actions = new Map(actionsWith());
  const fetchTemplate = actions.get('fetch:template')!;
  actions.set('fetch:template', {
    ...fetchTemplate,
    async run(context) {
      await compare(template, fetchTemplate, context);
      await fetchTemplate.run!(context);
    },
  });
  return actions;
}

async function compare(
  template: CorpusTemplate,
  action: Action,
  context: ActionContext,
): Promise<void> {
  const disk = diskSource(template);
  const url = String(context.input['url']);
  const files = await disk.tree(url);
  if (!files) return;
  const workspace = new Workspace(defaultLimits);
  const ours = await attempt(async () => action.run!({ ...context, workspace }));
  let expected = new Map<string, Buffer>();
  const theirs = await attempt(() => {
    expected = referenceFiles(files, disk.folder(url), context.input as JsonObject);
  });
  if (ours !== undefined || theirs !== undefined) {
    const isSame = ours !== undefined && theirs !== undefined;
    comparison.files += files.length;
    if (isSame) comparison.same += files.length;
    else
      comparison.different.push(
        `${template.file} ${url}: ours ${ours ?? 'renders'}; nunjucks ${theirs ?? 'renders'}`,
      );
    return;
  }
  for (const path of new Set([...workspace.paths(), ...expected.keys()])) {
    comparison.files++;
    const [mine, other] = [workspace.get(path)?.content, expected.get(path)];
    if (mine && other && Buffer.compare(mine, other) === 0) comparison.same++;
    else comparison.different.push(`${template.file} ${path}`);
  }
}

async function attempt(act: () => unknown): Promise<string | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    return (error as Error).message.split('\n').slice(0, 2).join(' ');
  }
}

/** Chromium with the engine bundled as for a page. */
async function openBrowser(): Promise<{
  run: (job: Job) => ReturnType<typeof runJob>;
  close: () => Promise<void>;
}> {
  const entry = fileURLToPath(new URL('./templates/browser-run.ts', import.meta.url));
  const bundles = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2023',
      lib: { entry, formats: ['es'], fileName: 'engine' },
    },
  });
  const chunks = new Map<string, string>();
  for (const bundle of Array.isArray(bundles) ? bundles : [bundles]) {
    if (!('output' in bundle)) continue;
    for (const chunk of bundle.output) {
      if (chunk.type === 'chunk') chunks.set(`/${chunk.fileName}`, chunk.code);
    }
  }
  const server = createServer((request, response) => {
    const code = chunks.get(request.url ?? '');
    // The policy of the portal's pages: an engine that needs eval fails here.
    response.setHeader('content-security-policy', "default-src 'none'; script-src 'self'");
    response.setHeader('content-type', code === undefined ? 'text/html' : 'text/javascript');
    response.end(code ?? '<!doctype html><title>conformance</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const chrome = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
  const page: Page = await chrome.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return {
    async run(job) {
      const answer = await page.evaluate(async (text) => {
        const path = '/engine.js';
        const engine = (await import(path)) as { runJob: (job: unknown) => Promise<unknown> };
        return JSON.stringify(await engine.runJob(JSON.parse(text)));
      }, JSON.stringify(job));
      return JSON.parse(answer) as Awaited<ReturnType<typeof runJob>>;
    },
    async close() {
      await chrome.close();
      server.close();
    },
  };
}

function report(): void {
  for (const line of comparison.different) console.log(`differs from nunjucks: ${line}`);
  for (const { template, differs, failure } of outcomes) {
    if (differs) console.log(`differs between Node and Chromium: ${template}`);
    if (failure !== undefined) console.log(`fails: ${template}: ${failure}`);
  }
  const rendered = outcomes.filter(({ files }) => files > 0);
  const different = outcomes.filter(({ differs }) => differs).length;
  const share = comparison.files === 0 ? 0 : comparison.same / comparison.files;
  const result = {
    templates: outcomes.length,
    rendered: rendered.length,
    failed: outcomes.filter(({ failure }) => failure !== undefined).length,
    files: outcomes.reduce((sum, { files }) => sum + files, 0),
    differentInBrowser: different,
    comparedWithNunjucks: comparison.files,
    sameAsNunjucks: comparison.same,
    share: Number(share.toFixed(4)),
    holds: different === 0 && comparison.files > 0 && share >= 0.99,
  };
  console.log(`RESULT ${JSON.stringify(result)}`);
  process.exitCode = result.holds ? 0 : 1;
}
