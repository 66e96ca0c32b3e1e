/** A stand-in for OpenCost: answers `/allocation` as a recorded cluster would, or fails as asked. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One controller of the cluster, with its usual day. */
export interface Workload {
  namespace: string;
  controller: string;
  labels?: Record<string, string>;
  cost: number;
  cpu: { requested: number; used: number };
  memory: { requested: number; used: number };
  /** Part of the day it ran. */
  ran?: number;
}

/** What goes wrong on a request; `fine` answers. */
export type Fault =
  | 'fine'
  | 'busy'
  | 'broken'
  | 'html'
  | 'refused'
  | 'nan'
  | 'empty'
  | 'shape'
  | 'silent';

export interface StandIn {
  url: string;
  /** Addresses asked for, without the host. */
  requests: string[];
  close(): Promise<void>;
}

/** Starts it on a free port. `faultOf` is asked for each request, counted from 0. */
export async function startOpenCost(
  workloads: readonly Workload[],
  idle: number,
  faultOf: (request: number, day: string) => Fault = () => 'fine',
): Promise<StandIn> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const address = new URL(request.url ?? '/', 'http://opencost');
    const day = address.searchParams.get('window')?.slice(0, 10) ?? '';
    requests.push(request.url ?? '');
    if (address.pathname !== '/allocation') return end(response, 404, 'not found');
    return answer(response, request, faultOf(requests.length - 1, day), () =>
      setOf(workloads, idle, day),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(
  response: ServerResponse,
  request: IncomingMessage,
  fault: Fault,
  set: () => Record<string, Record<string, unknown>>,
): void {
  switch (fault) {
    case 'silent':
      return void request.resume();
    case 'busy':
      response.setHeader('retry-after', '0');
      return end(response, 429, 'slow down');
    case 'broken':
      return end(response, 503, 'prometheus is not ready');
    case 'refused':
      return end(response, 403, 'no');
    case 'html':
      return end(response, 200, '<html>Sign in</html>');
    case 'shape':
      return end(response, 200, JSON.stringify({ code: 200, data: [{ a: { name: 7 } }] }));
    case 'empty':
      return end(response, 200, JSON.stringify({ code: 200, data: [null] }));
    case 'nan': {
      const data = set();
      for (const allocation of Object.values(data)) allocation['cpuCoreUsageAverage'] = null;
      return end(response, 200, JSON.stringify({ code: 200, data: [data] }));
    }
    case 'fine':
      return end(response, 200, JSON.stringify({ code: 200, data: [set()] }));
  }
}

function setOf(
  workloads: readonly Workload[],
  idle: number,
  day: string,
): Record<string, Record<string, unknown>> {
  const window = { start: `${day}T00:00:00Z`, end: `${day}T24:00:00Z` };
  const set: Record<string, Record<string, unknown>> = {};
  for (const { namespace, controller, labels = {}, cost, cpu, memory, ran = 1 } of workloads) {
    const name = `${namespace}/deployment/${controller}`;
    set[name] = {
      name,
      properties: { cluster: 'prod', namespace, controllerKind: 'deployment', controller, labels },
      window,
      minutes: 1440 * ran,
      cpuCoreRequestAverage: cpu.requested,
      cpuCoreUsageAverage: cpu.used,
      cpuCost: cost * 0.6,
      ramByteRequestAverage: memory.requested,
      ramByteUsageAverage: memory.used,
      ramCost: cost * 0.4,
      totalCost: cost,
      totalEfficiency: null,
    };
  }
  set['__idle__'] = {
    name: '__idle__',
    properties: { cluster: 'prod' },
    window,
    minutes: 1440,
    cpuCost: idle,
    ramCost: 0,
    totalCost: idle,
  };
  return set;
}

function end(response: ServerResponse, status: number, body: string): void {
  response.statusCode = status;
  response.end(body);
}
