import * as z from 'zod';

const number = z
  .number()
  .nullish()
  .transform((value) => value ?? 0);

/** What a day's allocation of one controller says; OpenCost writes null for NaN. */
export const Allocation = z.looseObject({
  name: z.string(),
  properties: z
    .looseObject({
      cluster: z.string().nullish(),
      namespace: z.string().nullish(),
      controller: z.string().nullish(),
      labels: z.record(z.string(), z.string()).nullish(),
      namespaceLabels: z.record(z.string(), z.string()).nullish(),
    })
    .nullish(),
  window: z.looseObject({ start: z.string() }).nullish(),
  minutes: number,
  cpuCoreRequestAverage: number,
  cpuCoreUsageAverage: number,
  cpuCost: number,
  ramByteRequestAverage: number,
  ramByteUsageAverage: number,
  ramCost: number,
  totalCost: number,
});
export type Allocation = z.infer<typeof Allocation>;

const Answer = z.looseObject({
  code: z.number(),
  message: z.string().optional(),
  data: z.array(z.record(z.string(), Allocation).nullable()).nullish(),
});

const maxBytes = 64 * 1024 * 1024;

/** Allocations of one day, by controller; empty when OpenCost has none. Throws with a reason a person can act on. */
export async function fetchDay(
  cluster: { url: string; timeoutSeconds: number },
  day: string,
  signal: AbortSignal,
): Promise<Allocation[]> {
  const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
  const query = new URLSearchParams({
    window: `${day}T00:00:00Z,${next}T00:00:00Z`,
    step: '1d',
    aggregate: 'namespace,controllerKind,controller',
    includeAggregatedMetadata: 'true',
    includeIdle: 'true',
    // Kubecost's name for the same.
    idle: 'true',
  });
  const address = `${cluster.url.replace(/\/$/, '')}/allocation?${query}`;
  const sets = readAnswer(
    await withRetry(() => get(address, cluster.timeoutSeconds, signal), signal),
  );
  return sets.flat();
}

/** Allocations of an answer's text, step by step. */
export function readAnswer(text: string): Allocation[][] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new Error(`answered something that is not JSON (${JSON.stringify(text.slice(0, 40))})`);
  }
  const answer = Answer.safeParse(parsed);
  if (!answer.success) {
    const issue = answer.error.issues[0]!;
    throw new Error(
      `answered in another shape: ${issue.path.join('.') || 'body'} ${issue.message.toLowerCase()}`,
    );
  }
  const { code, message, data } = answer.data;
  if (code !== 200) throw new Error(`answered code ${code}${message ? `: ${message}` : ''}`);
  return (data ?? []).map((set) => Object.values(set ?? {}));
}

class Passing extends Error {
  readonly seconds: number;
  constructor(message: string, seconds: number) {
    super(message);
    this.seconds = seconds;
  }
}

async function get(address: string, timeoutSeconds: number, signal: AbortSignal): Promise<string> {
  let response: Response;
  try {
    response = await fetch(address, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutSeconds * 1000)]),
      redirect: 'error',
    });
  } catch (error) {
    if (signal.aborted) throw error;
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    throw new Passing(
      isLate ? `gave no answer within ${timeoutSeconds} s` : 'could not be reached',
      1,
    );
  }
  if (response.status === 429 || response.status >= 500)
    throw new Passing(
      `answered ${response.status}`,
      Math.min(30, Number(response.headers.get('retry-after')) || 1),
    );
  if (!response.ok) throw new Error(`answered ${response.status}`);
  return readLimited(response);
}

async function readLimited(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > maxBytes) throw new Error('answered more than 64 MB for one day');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

async function withRetry(request: () => Promise<string>, signal: AbortSignal): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof Passing) || attempt === 3 || signal.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, error.seconds * 200 * attempt));
    }
  }
}
