import type { Limits } from './limits.ts';
import type { Log } from './log.ts';
import type { Renderer } from './render.ts';
import { createRenderer } from './render.ts';
import type {
  Action,
  Json,
  JsonObject,
  LogLine,
  SkeletonSource,
  Step,
  StepReport,
  TemplateSpec,
  Unresolved,
} from './types.ts';
import { unresolvedIn } from './unresolved.ts';
import type { Workspace } from './workspace.ts';

export interface RunOptions {
  spec: TemplateSpec;
  parameters: JsonObject;
  actions: ReadonlyMap<string, Action>;
  source: SkeletonSource;
  /** Skips actions that reach outside of the workspace; their outputs are examples. */
  isDryRun: boolean;
  /** Lets a dry run pass actions nobody knows, as if they were unable to run dry. */
  allowsUnknownActions?: boolean;
  secrets?: Record<string, string>;
  user?: { ref: string; entity?: JsonObject };
  templateRef?: string;
  entity?: (ref: string) => JsonObject | undefined;
  limits?: Partial<Limits>;
  signal?: AbortSignal;
  onLog?: (line: LogLine) => void;
  onStep?: (report: StepReport) => void;
}

/** State of one run, shared by its steps. */
export interface Run extends RunOptions {
  limits: Limits;
  workspace: Workspace;
  log: Log;
  outputs: Record<string, { output: JsonObject }>;
  unresolved: Unresolved[];
  hasFailed: boolean;
  askedForState: boolean;
}

export function contextOf(run: Run, secrets: Record<string, string> = {}): Record<string, unknown> {
  const [kind, rest] = run.user?.ref.split(':') ?? [];
  return {
    parameters: run.parameters,
    steps: run.outputs,
    user: { ref: run.user?.ref ?? '', entity: run.user?.entity ?? userEntity(kind, rest) },
    secrets,
    environment: { parameters: {}, secrets: {} },
    context: { task: { id: 'callboard' } },
  };
}

function userEntity(kind: string | undefined, rest: string | undefined): JsonObject {
  const name = rest?.split('/').at(-1);
  return name === undefined ? {} : { kind: kind ?? 'User', metadata: { name } };
}

/** Secrets are there only while inputs are rendered; a dry run sees their names. */
export function secretsOf(run: Run): Record<string, string> {
  const entries = Object.entries(run.secrets ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name, run.isDryRun ? '***' : value]));
}

export function rendererOf(run: Run, context: Record<string, unknown>): Renderer {
  function asked<T extends Json>(value: () => T) {
    return () => {
      run.askedForState = true;
      return value();
    };
  }
  const globals = { always: asked(() => true), failure: asked(() => run.hasFailed) };
  return createRenderer(context, run.limits, { globals });
}

/** Whether a step's condition calls `always()` or `failure()`: only those run after a failure. */
export function asksForState(run: Run, step: Step): boolean {
  if (typeof step.if !== 'string') return false;
  run.askedForState = false;
  rendererOf(run, contextOf(run)).value(step.if);
  return run.askedForState;
}

const handedOn = /^\s*\$\{\{-?\s*parameters\.[\w.]+\s*-?\}\}\s*$/;

export function noteUnresolved(run: Run, step: Step): void {
  const { parameters, steps } = contextOf(run);
  const context = { parameters, steps };
  // A parameter handed on as a whole may be one nobody has to fill in: where it is read, it is missed.
  const written = JSON.stringify(step.input ?? {}, (_key, value: unknown) =>
    typeof value === 'string' && handedOn.test(value) ? '' : value,
  );
  const found = unresolvedIn(written.replaceAll('\\"', '"'), 'template.yaml', context);
  for (const name of new Set(found.map((each) => each.name))) {
    run.unresolved.push({ file: `step ${step.id}`, line: 0, column: 0, name });
  }
}

export function isTruthy(value: Json | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
