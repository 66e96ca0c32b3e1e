import { exampleOf, inputErrors } from './input.ts';
import { defaultLimits } from './limits.ts';
import { nearActions } from './near-actions.ts';
import { Log } from './log.ts';
import { createRenderer } from './render.ts';
import type { Run, RunOptions } from './run-context.ts';
import {
  asksForState,
  contextOf,
  isTruthy,
  noteUnresolved,
  rendererOf,
  secretsOf,
} from './run-context.ts';
import type { Action, Json, JsonObject, RunResult, Step, StepReport } from './types.ts';
import { TemplateError } from './types.ts';
import { unresolvedIn } from './unresolved.ts';
import { Workspace } from './workspace.ts';

export type { RunOptions } from './run-context.ts';

/** Runs a template's steps in a workspace in memory. Never throws for what a template does: the result says it. */
export async function runTemplate(options: RunOptions): Promise<RunResult> {
  const limits = { ...defaultLimits, ...options.limits };
  const run: Run = {
    ...options,
    limits,
    workspace: new Workspace(limits),
    log: new Log(limits, Object.values(options.secrets ?? {}), options.onLog),
    outputs: {},
    unresolved: [],
    hasFailed: false,
    askedForState: false,
  };
  const steps: StepReport[] = options.spec.steps.map(({ id, name, action }) => ({
    id,
    name,
    action,
    state: 'skipped',
    reason: 'not reached',
    effects: [],
  }));
  let error = firstRefusal(run);
  if (error === undefined) {
    for (const [index, step] of options.spec.steps.entries()) {
      const failure = await runReported(run, step, steps[index]!);
      error ??= failure;
    }
  }
  const output = error === undefined ? outputOf(run) : {};
  const { workspace, unresolved } = run;
  const result: RunResult = {
    state: error === undefined ? 'done' : 'failed',
    workspace,
    steps,
    output,
    log: run.log.lines,
    unresolved,
  };
  if (error !== undefined) result.error = error;
  return result;
}

/** What stops a run before its first step. */
function firstRefusal(run: Run): string | undefined {
  const { steps } = run.spec;
  if (steps.length > run.limits.steps) {
    return `The template has ${steps.length} steps, expected at most ${run.limits.steps}`;
  }
  if (run.isDryRun && run.allowsUnknownActions) return undefined;
  const unknown = steps.filter(({ action }) => !run.actions.has(action));
  if (unknown.length > 0) {
    const names = unknown.map(({ id, action }) => `${action} (step ${id})`).join(', ');
    const near = new Set(unknown.flatMap(({ action }) => nearActions(action, run.actions.keys())));
    const hint = near.size > 0 ? `Did you mean ${[...near].join(' or ')}? Otherwise add` : 'Add';
    return `Unknown action ${names}: nothing was run. ${hint} a plugin that provides it, or remove the step`;
  }
  const idle = run.isDryRun ? undefined : steps.find(({ action }) => !run.actions.get(action)!.run);
  return idle && `The action ${idle.action} (step ${idle.id}) cannot run here: nothing was run`;
}

/** Runs one step, keeps its report and returns the message of its failure. */
async function runReported(run: Run, step: Step, report: StepReport): Promise<string | undefined> {
  report.state = 'running';
  delete report.reason;
  run.onStep?.(report);
  let failure: string | undefined;
  try {
    run.signal?.throwIfAborted();
    await runStep(run, step, report);
  } catch (error) {
    failure = run.log.masked(error instanceof Error ? error.message : String(error));
    report.state = 'failed';
    report.reason = failure;
    run.log.add(step.id, 'error', failure);
    run.hasFailed = true;
  }
  run.onStep?.(report);
  return failure === undefined ? undefined : `Step ${step.id} (${step.action}) failed: ${failure}`;
}

async function runStep(run: Run, step: Step, report: StepReport): Promise<void> {
  function skip(state: 'skipped' | 'dry', reason: string) {
    Object.assign(report, { state, reason });
    run.log.add(step.id, 'info', `Skipped: ${reason}`);
  }
  const plainContext = contextOf(run);
  if (run.hasFailed && !asksForState(run, step)) return skip('skipped', 'a previous step failed');
  if (step.if === false) return skip('skipped', 'its condition is false');
  if (typeof step.if === 'string' && step.each === undefined) {
    if (!isTruthy(rendererOf(run, plainContext).value(step.if))) {
      return skip('skipped', `its condition ${step.if} is false`);
    }
  }
  const action = run.actions.get(step.action);
  if (action === undefined || (run.isDryRun && (!action.supportsDryRun || !action.run))) {
    run.outputs[step.id] = {
      output: action?.output ? (exampleOf(action.output) as JsonObject) : {},
    };
    noteUnresolved(run, step);
    return skip(
      'dry',
      action ? 'it reaches outside of the preview' : `nothing here knows ${step.action}`,
    );
  }
  if (run.isDryRun && lacksElements(run, step)) {
    run.outputs[step.id] = { output: {} };
    return skip('dry', 'its each comes from a step that was not run');
  }
  const rounds = roundsOf(run, step, action);
  const output: JsonObject = {};
  function emit(name: string, value: Json) {
    if (step.each === undefined) output[name] = value;
    else output[name] = [...((output[name] as Json[] | undefined) ?? []), value];
  }
  for (const { input, name, shouldRun } of rounds) {
    if (!shouldRun) {
      run.log.add(step.id, 'info', `Skipped ${name}: its condition is false`);
      continue;
    }
    await action.run!(actionContext(run, step, report, input, emit));
  }
  run.outputs[step.id] = { output };
  report.state = 'done';
}

/** Whether `each` has no elements because it reads the output of a step a dry run left out. */
function lacksElements(run: Run, step: Step): boolean {
  if (typeof step.each !== 'string' || !/\bsteps\b/.test(step.each)) return false;
  const each = rendererOf(run, contextOf(run)).value(step.each);
  return each === undefined || each === null || typeof each !== 'object';
}

/** The inputs a step runs with: one, or one per element of `each`. All are checked before the first runs. */
function roundsOf(
  run: Run,
  step: Step,
  action: Action,
): { input: JsonObject; name: string; shouldRun: boolean }[] {
  const context = contextOf(run, secretsOf(run));
  const each = step.each === undefined ? undefined : rendererOf(run, context).value(step.each);
  if (
    step.each !== undefined &&
    (each === undefined || each === null || typeof each !== 'object')
  ) {
    throw new TemplateError(
      `each of ${step.action} is ${JSON.stringify(each ?? null)}, expected a list or an object`,
    );
  }
  const entries = each === undefined ? [undefined] : Object.entries(each as JsonObject);
  if (entries.length > run.limits.iterations) {
    throw new TemplateError(
      `each has ${entries.length} elements, expected at most ${run.limits.iterations}`,
    );
  }
  noteUnresolved(run, step);
  return entries.map((entry) => {
    const scope = entry ? { ...context, each: { key: entry[0], value: entry[1] } } : context;
    const renderer = rendererOf(run, scope);
    const name = entry ? `${step.action}[${entry[0]}]` : step.action;
    const shouldRun = !entry || !step.if || isTruthy(renderer.value(step.if));
    const input = (renderer.value(step.input ?? {}, (source, reason) =>
      unrendered(run, step, source, reason),
    ) ?? {}) as JsonObject;
    const errors = shouldRun ? inputErrors(input, action.input) : [];
    if (errors.length > 0)
      throw new TemplateError(`Unexpected input of ${name}: ${errors.join('; ')}`);
    return { input, name, shouldRun };
  });
}

/** What stands for a text that could not be rendered: itself, but nothing in a preview whose form is not filled in yet. */
function unrendered(run: Run, step: Step, source: string, reason: string): string | undefined {
  const { parameters, steps } = contextOf(run);
  const isEarly = run.isDryRun && unresolvedIn(source, '', { parameters, steps }).length > 0;
  if (isEarly) return undefined;
  run.log.add(
    step.id,
    'warn',
    `${source} could not be rendered and is passed on as written: ${reason}`,
  );
  return source;
}

function actionContext(
  run: Run,
  step: Step,
  report: StepReport,
  input: JsonObject,
  output: (name: string, value: Json) => void,
): Parameters<NonNullable<Action['run']>>[0] {
  return {
    input,
    workspace: run.workspace,
    source: run.source,
    limits: run.limits,
    isDryRun: run.isDryRun,
    templateRef: run.templateRef,
    entity: (ref) => run.entity?.(ref),
    renderer: ({ cookiecutterCompat, ...options }) =>
      createRenderer(
        { [cookiecutterCompat ? 'cookiecutter' : 'values']: input['values'] ?? {} },
        run.limits,
        { cookiecutterCompat, ...options },
      ),
    signal: run.signal,
    output,
    log: (message) => run.log.add(step.id, 'info', message),
    warn: (message) => run.log.add(step.id, 'warn', message),
    effect: (effect) => report.effects.push(effect),
    unresolved: (variable) => run.unresolved.push(variable),
  };
}

function outputOf(run: Run): JsonObject {
  const written = run.spec.output ?? {};
  const output = rendererOf(run, contextOf(run)).value(written) as JsonObject;
  for (const key of ['links', 'text']) {
    const [items, asWritten] = [output[key], written[key]];
    if (!Array.isArray(items)) continue;
    output[key] = items.flatMap((item, index) =>
      // A condition without a value is gone once rendered: whether there was one is asked of what was written.
      withoutCondition(item, Array.isArray(asWritten) ? asWritten[index] : item),
    );
  }
  return output;
}

function withoutCondition(item: Json, written: Json | undefined): Json[] {
  if (!isPlainObject(item)) return [item];
  const { if: condition, ...rest } = item;
  const isConditional = 'if' in item || (isPlainObject(written) && 'if' in written);
  return isConditional && !isTruthy(condition) ? [] : [rest];
}

function isPlainObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
