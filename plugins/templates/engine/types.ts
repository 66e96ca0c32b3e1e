/** Types of the template engine. It runs the same in Node and in a browser's worker: nothing here may import `node:`. */
import type { ActionSchema, Effect, Json, JsonObject } from '../../template-action.ts';
import type { Renderer } from './render.ts';
import type { Limits } from './limits.ts';
import type { Workspace } from './workspace.ts';

export type { ActionSchema as Schema, Effect, Json, JsonObject } from '../../template-action.ts';

/** One entry of `spec.steps`. */
export interface Step {
  id: string;
  name: string;
  action: string;
  input?: JsonObject | undefined;
  if?: string | boolean | undefined;
  each?: Json | undefined;
}

/** The parts of a `scaffolder.backstage.io/v1beta3` template that are run. */
export interface TemplateSpec {
  steps: Step[];
  output?: JsonObject | undefined;
}

/** A file of a skeleton. `mode` is a git mode: 0o100644, 0o100755 or 0o120000 for a link whose content is its target. */
export interface SkeletonFile {
  path: string;
  content: Uint8Array;
  mode: number;
}

/** Where skeletons come from. Addresses are relative to the template's own file, or absolute. */
export interface SkeletonSource {
  /** Files below a folder, paths relative to it; undefined when it is not there. */
  tree(address: string): Promise<SkeletonFile[] | undefined>;
  file(address: string): Promise<SkeletonFile | undefined>;
}

/** What an action is, without what it does: enough for pages, checks and dry runs. */
export interface ActionDescription {
  id: string;
  description: string;
  input: ActionSchema;
  output?: ActionSchema;
  /** Touches nothing but the workspace, so that a preview may run it. */
  supportsDryRun: boolean;
}

export interface Action extends ActionDescription {
  /** Absent where the action cannot run, e.g. publishing in a browser: only dry runs get past it. */
  run?: (context: ActionContext) => Promise<void> | void;
}

/** What an action may use; there is no other way out of it. */
export interface ActionContext {
  readonly input: JsonObject;
  readonly workspace: Workspace;
  readonly source: SkeletonSource;
  readonly limits: Limits;
  readonly isDryRun: boolean;
  /** Canonical ref of the template, e.g. `template:default/typescript-service`. */
  readonly templateRef: string | undefined;
  readonly entity: (ref: string) => JsonObject | undefined;
  readonly renderer: (options: {
    cookiecutterCompat: boolean;
    trimBlocks: boolean;
    lstripBlocks: boolean;
  }) => Renderer;
  readonly signal: AbortSignal | undefined;
  output(name: string, value: Json): void;
  log(message: string): void;
  warn(message: string): void;
  effect(effect: Effect): void;
  /** Notes a variable that was rendered without having a value. */
  unresolved(variable: Unresolved): void;
}

/** A variable read by a template that nothing defines. */
export interface Unresolved {
  /** Skeleton file, or `step <id>` for the input of a step, which has no line: 0. */
  file: string;
  line: number;
  column: number;
  name: string;
}

export interface LogLine {
  step: string;
  level: 'info' | 'warn' | 'error';
  message: string;
}

export type StepState = 'running' | 'done' | 'skipped' | 'dry' | 'failed';

export interface StepReport {
  id: string;
  name: string;
  action: string;
  state: StepState;
  /** Why it was skipped, or what went wrong. */
  reason?: string | undefined;
  effects: Effect[];
}

export interface RunResult {
  state: 'done' | 'failed';
  error?: string | undefined;
  workspace: Workspace;
  steps: StepReport[];
  output: JsonObject;
  log: LogLine[];
  unresolved: Unresolved[];
}

/** A failure whose message is meant for the person running the template. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}
