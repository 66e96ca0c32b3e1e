import { cpuText, memoryText } from '../quantity.ts';
import type { Workload } from '../schema.ts';

/** Below this part of what is requested, a workload asks for too much. */
const little = 0.4;
/** Above this part of a limit, it is about to be throttled or ended. */
const much = 0.9;
/** Room left above the highest use when a request is suggested. */
const headroom = 1.3;

/** What the use of CPU and memory says about requests and limits. One reading is a hint, not a proof. */
export function sizingHints(workload: Workload): string[] {
  const cpu = peak(workload, 'cpu');
  const memory = peak(workload, 'memory');
  const hints: string[] = [];
  if (cpu !== undefined)
    hints.push(...sizeHints('CPU', cpu, workload.requests?.cpu, workload.limits?.cpu, cpuText, 10));
  if (memory !== undefined)
    hints.push(
      ...sizeHints(
        'memory',
        memory,
        workload.requests?.memory,
        workload.limits?.memory,
        memoryText,
        2 ** 24,
      ),
    );
  if (workload.pods.length > 0 && workload.requests?.memory === undefined)
    hints.push('Requests no memory: the first to be evicted when a node runs out');
  return hints;
}

/** Use of the pod that uses most. */
export function peak(workload: Workload, what: 'cpu' | 'memory'): number | undefined {
  const used = workload.pods.flatMap((pod) => pod.usage?.[what] ?? []);
  return used.length === 0 ? undefined : Math.max(...used);
}

function sizeHints(
  what: string,
  used: number,
  request: number | undefined,
  limit: number | undefined,
  text: (amount: number) => string,
  step: number,
): string[] {
  if (limit !== undefined && used > limit * much)
    return [`Uses ${text(used)} of at most ${text(limit)} ${what} a pod: raise the limit`];
  if (request !== undefined && used > request)
    return [`Uses ${text(used)} ${what} a pod, more than the ${text(request)} it requests`];
  if (request === undefined || used > request * little) return [];
  const enough = Math.max(step, Math.ceil((used * headroom) / step) * step);
  if (enough > request / 2) return [];
  return [
    `Requests ${text(request)} ${what} a pod and uses at most ${text(used)}: ${text(enough)} would do`,
  ];
}
