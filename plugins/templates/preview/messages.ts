import type { Bundle } from '../bundle.ts';
import type {
  ActionDescription,
  JsonObject,
  LogLine,
  StepReport,
  TemplateSpec,
  Unresolved,
} from '../engine/index.ts';

/** A file of the preview; binary ones have no text. */
export interface PreviewFile {
  path: string;
  mode: number;
  bytes: Uint8Array;
  text: string | undefined;
  /** Skeleton file it came from, as text. */
  before: string | undefined;
}

export interface PreviewResult {
  state: 'done' | 'failed';
  error: string | undefined;
  files: PreviewFile[];
  steps: StepReport[];
  unresolved: Unresolved[];
  log: LogLine[];
  milliseconds: number;
}

export interface PreviewStart {
  kind: 'start';
  spec: TemplateSpec;
  bundle: Bundle;
  /** Actions of plugins: what they are, so that their outputs can be made up. */
  actions: readonly ActionDescription[];
  templateRef: string;
}

export interface PreviewRun {
  kind: 'run';
  /** Answers carry it, so that late ones are known. */
  id: number;
  parameters: JsonObject;
}

export type PreviewRequest = PreviewStart | PreviewRun;

export interface PreviewAnswer {
  id: number;
  result: PreviewResult;
}
