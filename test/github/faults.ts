/** What a request is to the stand-in. */
export type RequestKind = 'graphql' | 'rest' | 'codeload' | 'git';

export type Effect =
  /** An HTTP status with a message, e.g. 502 or 451. */
  | { type: 'status'; status: number; message?: string; headers?: Record<string, string> }
  /** The connection is cut before an answer. */
  | { type: 'reset' }
  /** The answer is cut in the middle. */
  | { type: 'truncate' }
  /** The answer is not the JSON it says it is. */
  | { type: 'malformed' }
  /** No answer at all. */
  | { type: 'hang' }
  /** GraphQL gives up: half of the nodes are null, with an error. */
  | { type: 'resource-limits' }
  /** GraphQL answers one repository (`owner/name`) with an error of this type. */
  | { type: 'refuse'; repository: string; code: string }
  | { type: 'rate-limit'; resetIn: number }
  | { type: 'secondary'; retryAfter: number }
  /** The token ends before its time. */
  | { type: 'expire' }
  /** An archive of these bytes instead of the repository's. */
  | { type: 'archive'; bytes: Uint8Array };

export interface Fault {
  on: RequestKind;
  /** Tried on the path, for GraphQL on the query and its variables. */
  match?: RegExp;
  /** Only for pages larger than this. */
  above?: number;
  /** So many matching requests pass first. */
  after?: number;
  /** How often it happens; always when left out. */
  times?: number;
  effect: Effect;
}

/** The faults asked for, and how often each was met. */
export class Faults {
  private list: { fault: Fault; met: number; done: number }[] = [];

  add(fault: Fault): void {
    this.list.push({ fault, met: 0, done: 0 });
  }

  clear(): void {
    this.list = [];
  }

  /** The effect for this request, counted as happened. */
  take(kind: RequestKind, text: string, pageSize?: number): Effect | undefined {
    for (const entry of this.list) {
      const { fault } = entry;
      if (fault.on !== kind || fault.effect.type === 'refuse') continue;
      if (fault.match && !fault.match.test(text)) continue;
      if (fault.above !== undefined && !((pageSize ?? 0) > fault.above)) continue;
      entry.met++;
      if (entry.met <= (fault.after ?? 0) || entry.done >= (fault.times ?? Infinity)) continue;
      entry.done++;
      return fault.effect;
    }
    return undefined;
  }

  /** Repositories GraphQL refuses to answer. */
  get refused(): Map<string, string> {
    const found = new Map<string, string>();
    for (const { fault } of this.list)
      if (fault.effect.type === 'refuse') found.set(fault.effect.repository, fault.effect.code);
    return found;
  }
}
