/**
 * Renders every template of a corpus in Node and in Chromium, and its skeleton files with nunjucks.
 * `npm run conformance:templates -- <corpus>`
 */

import type { Action, ActionContext, JsonObject } from '../../plugins/templates/engine/index.ts';
import {
  actionsWith,
  defaultLimits,
  pagesOf,
  runTemplate,
  templateSpecOf,
  Workspace,
} from '../../plugins/templates/engine/index.ts';
import { compileForm } from '../../plugins/templates/form/compile-form.ts';
import { formPage } from '../../plugins/templates/form/split-schema.ts';
import { openBrowser } from './templates/browser.ts';
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
  /** Why its form is not shown. */
  form: string | undefined;
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
    form: await showForm(template),
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

/** Shows every page of a template's form; the first error, or that nothing was shown. */
async function showForm(template: CorpusTemplate): Promise<string | undefined> {
  const pages = pagesOf(template.spec).map(formPage);
  const { code, problems } = compileForm(pages);
  if (problems.length > 0) return `not compiled: ${problems[0]}`;
  for (const [index, page] of pages.entries()) {
    const { error, fields } = await browser.showForm(page, code, index);
    if (error !== undefined) return `${page.title}: ${error}`;
    const isEmpty = Object.keys((page.schema['properties'] ?? {}) as object).length === 0;
    if (fields === 0 && !isEmpty) return `${page.title}: no field is shown`;
  }
  return undefined;
}

function report(): void {
  for (const line of comparison.different) console.log(`differs from nunjucks: ${line}`);
  for (const { template, differs, failure, form } of outcomes) {
    if (form !== undefined) console.log(`shows no form: ${template}: ${form}`);
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
    formsShown: outcomes.filter(({ form }) => form === undefined).length,
    comparedWithNunjucks: comparison.files,
    sameAsNunjucks: comparison.same,
    share: Number(share.toFixed(4)),
    holds:
      different === 0 &&
      outcomes.every(({ form }) => form === undefined) &&
      comparison.files > 0 &&
      share >= 0.99,
  };
  console.log(`RESULT ${JSON.stringify(result)}`);
  process.exitCode = result.holds ? 0 : 1;
}
