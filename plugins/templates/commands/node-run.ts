import { Worker } from 'node:worker_threads';

import type { Bundle } from '../bundle.ts';
import type { JsonObject, LogLine, RunResult, StepReport, TemplateSpec } from '../engine/index.ts';
import type { GitHubSettings } from '../github/client.ts';
import type { Registration } from '../github/register.ts';

/** Everything a run needs, as a message to its worker. */
export interface NodeRun {
  spec: TemplateSpec;
  parameters: JsonObject;
  secrets: Record<string, string>;
  bundle: Bundle;
  isDryRun: boolean;
  templateRef: string;
  user: { ref: string } | undefined;
  /** Entities `catalog:fetch` may read, by canonical ref. */
  entities: Record<string, JsonObject>;
  github: GitHubSettings | undefined;
  /** How `catalog:register` registers; undefined without a configuration. */
  registration?: Registration | undefined;
  /** Folder of the configuration whose plugins declare actions that the steps name; absent when Callboard's are enough. */
  pluginsOf?: string | undefined;
}

export interface MadeFile {
  path: string;
  mode: number;
  content: Uint8Array;
}

/** The result of a run, its workspace as plain files. */
export interface NodeRunResult extends Omit<RunResult, 'workspace'> {
  files: MadeFile[];
}

export type WorkerMessage =
  | { kind: 'alive' }
  | { kind: 'log'; line: LogLine }
  | { kind: 'step'; report: StepReport }
  | { kind: 'result'; result: NodeRunResult };

export interface NodeRunHooks {
  onLog?: (line: LogLine) => void;
  onStep?: (report: StepReport) => void;
  /** Milliseconds the worker may be busy without answering; a regular expression can be endless. */
  patience?: number;
}

const defaultPatience = 20_000;
/** Milliseconds a worker may take to start: on a busy machine that has nothing to do with what it renders. */
const startPatience = 60_000;
const memoryMegabytes = 512;

/** Runs a template in a worker that is ended when it stops answering or takes too much memory. */
export async function runInWorker(run: NodeRun, hooks: NodeRunHooks = {}): Promise<NodeRunResult> {
  const patience = hooks.patience ?? defaultPatience;
  const steps = new Map<string, StepReport>();
  const worker = new Worker(new URL('./node-worker.ts', import.meta.url), {
    workerData: run,
    // Templates never see it; an action of a plugin is the organisation's own code and has credentials to find.
    env: run.pluginsOf === undefined ? {} : process.env,
    resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes },
  });
  return new Promise((resolve) => {
    let lastSign = performance.now();
    let isStarted = false;
    const watch = setInterval(() => {
      if (performance.now() - lastSign < (isStarted ? patience : startPatience)) return;
      giveUp(`rendering did not end within ${patience / 1_000} seconds`);
    }, 250);
    function finish(result: NodeRunResult): void {
      clearInterval(watch);
      void worker.terminate();
      resolve(result);
    }
    function giveUp(reason: string): void {
      const reports = [...steps.values()];
      const current = reports.find(({ state }) => state === 'running');
      if (current) Object.assign(current, { state: 'failed', reason });
      const error = current ? `Step ${current.id} (${current.action}) failed: ${reason}` : reason;
      finish({
        state: 'failed',
        error,
        steps: reports,
        output: {},
        log: [],
        unresolved: [],
        files: [],
      });
    }
    worker.on('message', (message: WorkerMessage) => {
      lastSign = performance.now();
      isStarted = true;
      if (message.kind === 'log') hooks.onLog?.(message.line);
      if (message.kind === 'step') {
        steps.set(message.report.id, message.report);
        hooks.onStep?.(message.report);
      }
      if (message.kind === 'result') finish(message.result);
    });
    worker.on('error', (error) => giveUp(error.message));
    worker.on('exit', (code) => {
      if (code !== 0) giveUp('the worker ended before its result');
    });
  });
}
