/** The template engine: one for the preview in a browser, for CI and for a terminal. */
export { actionsWith } from './actions/index.ts';
export type { Limits } from './limits.ts';
export { defaultLimits } from './limits.ts';
export { runTemplate, templateRefOf } from './run.ts';
export type { RunOptions } from './run.ts';
export type { ParameterPage } from './template.ts';
export { pagesOf, templateSpecOf } from './template.ts';
export type {
  Action,
  ActionContext,
  ActionDescription,
  Effect,
  Json,
  JsonObject,
  LogLine,
  RunResult,
  Schema,
  SkeletonFile,
  SkeletonSource,
  Step,
  StepReport,
  StepState,
  TemplateSpec,
  Unresolved,
} from './types.ts';
export { TemplateError } from './types.ts';
export { decodeText, executableMode, linkMode, regularMode, Workspace } from './workspace.ts';
