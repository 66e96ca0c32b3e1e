/** The other side of node-run.ts: runs one template and tells what happens. */
import { parentPort, workerData } from 'node:worker_threads';

import { bundleSource } from '../bundle.ts';
import { actionsWith, runTemplate } from '../engine/index.ts';
import { githubClient } from '../github/client.ts';
import { publishingHandlers } from '../github/index.ts';
import { withRemoteSkeletons } from '../github/remote-skeleton.ts';
import type { NodeRun, WorkerMessage } from './node-run.ts';
import { pluginActions } from './plugin-actions.ts';

const job = workerData as NodeRun;
tell({ kind: 'alive' });
const signs = setInterval(() => tell({ kind: 'alive' }), 500);

const { workspace, ...result } = await runTemplate({
  spec: job.spec,
  parameters: job.parameters,
  secrets: job.secrets,
  actions: actionsWith(
    publishingHandlers(job.github, job.registration),
    job.pluginsOf === undefined ? [] : await pluginActions(job.pluginsOf),
  ),
  source: job.github
    ? withRemoteSkeletons(bundleSource(job.bundle), githubClient(job.github))
    : bundleSource(job.bundle),
  isDryRun: job.isDryRun,
  templateRef: job.templateRef,
  entity: (ref) => job.entities[ref],
  ...(job.user && { user: job.user }),
  onLog: (line) => tell({ kind: 'log', line }),
  onStep: (report) => tell({ kind: 'step', report: structuredClone(report) }),
});
clearInterval(signs);
const files = workspace.paths().map((path) => {
  const { mode, content } = workspace.get(path)!;
  return { path, mode, content };
});
tell({ kind: 'result', result: { ...result, files } });

function tell(message: WorkerMessage): void {
  parentPort!.postMessage(message);
}
