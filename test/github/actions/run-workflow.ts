import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';

import { gitEnvironment } from '../git.ts';
import { filledIn, valueOf, type Contexts } from './expressions.ts';
import { runAction, type Place } from './stand-ins.ts';

interface Step {
  id?: string;
  name?: string;
  if?: string;
  uses?: string;
  run?: string;
  env?: Record<string, unknown>;
  with?: Record<string, unknown>;
}

interface Job {
  needs?: string | string[];
  if?: string;
  uses?: string;
  with?: Record<string, unknown>;
  secrets?: Record<string, unknown>;
  outputs?: Record<string, string>;
  strategy?: { matrix: Record<string, unknown[]> };
  steps?: Step[];
}

/** What a run is started with. */
export interface RunSetting {
  place: Place;
  /** Folder for this run's workspaces. */
  folder: string;
  vars: Record<string, string>;
  secrets: Record<string, string>;
  inputs?: Record<string, unknown>;
  /** Folder with programs that stand in for others, e.g. `gh`. */
  programs: string;
  /** Names of steps that are not run. */
  skip?: readonly string[];
}

/** What a run came to. */
export interface WorkflowRun {
  /** `job: step` with what it said, for every step that failed. */
  failed: string[];
  /** Everything written to the summaries of jobs. */
  summary: string;
  jobs: string[];
}

/** Runs a workflow file on this machine: its scripts are run as they are written, its actions by stand-ins. */
export async function runWorkflow(file: string, setting: RunSetting): Promise<WorkflowRun> {
  const { jobs } = parse(readFileSync(file, 'utf8')) as { jobs: Record<string, Job> };
  const whole: WorkflowRun = { failed: [], summary: '', jobs: [] };
  const needs: Contexts['needs'] = {};
  for (const [name, job] of inOrder(jobs)) {
    const contexts: Contexts = {
      github: {
        token: 'ghs_workflow',
        run_id: whole.jobs.length + Date.now(),
        server_url: `file://${setting.place.server}`,
        repository: setting.place.repository,
      },
      runner: {},
      vars: setting.vars,
      secrets: setting.secrets,
      inputs: setting.inputs ?? {},
      matrix: {},
      steps: {},
      needs,
    };
    if ([job.needs ?? []].flat().some((each) => !needs[each])) continue;
    if (job.if !== undefined && !valueOf(job.if, contexts)) continue;
    if (job.uses !== undefined) {
      const called = await runWorkflow(join(dirname(file), job.uses.replace(/.*\//, '')), {
        ...setting,
        inputs: Object.fromEntries(
          Object.entries(job.with ?? {}).map(([key, text]) => [key, filledIn(text, contexts)]),
        ),
      });
      whole.failed.push(...called.failed);
      whole.summary += called.summary;
      whole.jobs.push(...called.jobs);
      continue;
    }
    const results = [];
    for (const matrix of combinations(job.strategy?.matrix))
      results.push(await runJob(name, job, { ...contexts, matrix, steps: {} }, setting));
    whole.failed.push(...results.flatMap(({ failed }) => failed));
    whole.summary += results.map(({ summary }) => summary).join('');
    whole.jobs.push(name);
    if (results.every(({ failed }) => failed.length === 0))
      needs[name] = { outputs: results[0]!.outputs };
  }
  return whole;
}

interface JobResult {
  failed: string[];
  summary: string;
  outputs: Record<string, string>;
}

async function runJob(
  name: string,
  job: Job,
  contexts: Contexts,
  { place, folder, programs, skip = [] }: RunSetting,
): Promise<JobResult> {
  mkdirSync(folder, { recursive: true });
  const workspace = mkdtempSync(join(folder, `${name}-`));
  const temporary = mkdtempSync(join(folder, `${name}-temp-`));
  const summary = join(temporary, 'summary.md');
  writeFileSync(summary, '');
  contexts.runner['temp'] = temporary;
  const failed: string[] = [];
  for (const step of job.steps ?? []) {
    const label = step.name ?? step.uses ?? step.run ?? '';
    if (skip.includes(label)) continue;
    const isWanted = step.if === undefined ? true : Boolean(valueOf(step.if, contexts));
    const isRun = isWanted && (failed.length === 0 || step.if?.includes('always()'));
    if (!isRun) continue;
    const output = join(temporary, `output-${step.id ?? 'none'}`);
    writeFileSync(output, '');
    try {
      if (step.uses !== undefined) {
        const inputs = Object.entries(step.with ?? {});
        const filled = inputs.map(([key, text]) => [key, filledIn(text, contexts)]);
        await runAction(step.uses, Object.fromEntries(filled), workspace, place);
      } else
        await runScript(step.run!, workspace, {
          ...gitEnvironment,
          ...environmentOf(step, contexts),
          PATH: `${programs}:${process.env['PATH']}`,
          HOME: temporary,
          CI: 'true',
          RUNNER_TEMP: temporary,
          GITHUB_OUTPUT: output,
          GITHUB_STEP_SUMMARY: summary,
        });
    } catch (error) {
      failed.push(`${name}: ${label}: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (step.id !== undefined) contexts.steps[step.id] = { outputs: outputsIn(output) };
  }
  const outputs = Object.entries(job.outputs ?? {}).map(([key, text]) => [
    key,
    filledIn(text, contexts),
  ]);
  return {
    failed,
    summary: readFileSync(summary, 'utf8'),
    outputs: Object.fromEntries(outputs) as Record<string, string>,
  };
}

function environmentOf({ env = {} }: Step, contexts: Contexts): Record<string, string> {
  const filled = Object.entries(env).map(([key, text]) => [key, filledIn(text, contexts)]);
  return Object.fromEntries(filled) as Record<string, string>;
}

/** As GitHub does where a step names no shell: `bash -e`. */
function runScript(script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-e', '-c', script], { cwd, env });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${code}: ${said}`))));
  });
}

function outputsIn(file: string): Record<string, string> {
  const pairs = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.includes('='))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

/** Jobs, each after those it needs. */
function inOrder(jobs: Record<string, Job>): [string, Job][] {
  const left = new Map(Object.entries(jobs));
  const ordered: [string, Job][] = [];
  while (left.size > 0) {
    const [name, job] = [...left].find(([, { needs = [] }]) =>
      [needs].flat().every((each) => !left.has(each)),
    )!;
    ordered.push([name, job]);
    left.delete(name);
  }
  return ordered;
}

function combinations(matrix: Record<string, unknown[]> | undefined): Record<string, unknown>[] {
  let found: Record<string, unknown>[] = [{}];
  for (const [key, values] of Object.entries(matrix ?? {}))
    found = found.flatMap((each) => values.map((value) => ({ ...each, [key]: value })));
  return found;
}
