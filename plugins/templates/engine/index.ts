/** The template engine: one for the preview in a browser, for CI and for a terminal. */
export { actionsWith } from './actions/index.ts';
export { defaultLimits } from './limits.ts';
export { runTemplate } from './run.ts';
export type { RunOptions } from './run.ts';
export type { ParameterPage } from './template.ts';
export { pagesOf, templateSpecOf } from './template.ts';
export type {
  Action,
  ActionContext,
  ActionDescription,
  Json,
  JsonObject,
  LogLine,
  RunResult,
  SkeletonFile,
  SkeletonSource,
  Step,
  StepReport,
  TemplateSpec,
  Unresolved,
} from './types.ts';
export { TemplateError } from './types.ts';
export { decodeText, executableMode, linkMode, regularMode, Workspace } from './workspace.ts';
