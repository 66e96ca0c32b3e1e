/** What a crawl cost, counted as it goes. */
export class CrawlStats {
  graphql = 0;
  rest = 0;
  /** Archives and clones. */
  downloads = 0;
  repeated = 0;
  bytes = 0;
  private readonly now: () => number;
  private readonly started: number;
  private stage = { what: '', startedAt: 0 };
  private readonly limits = new Map<
    string,
    { limit: number; remaining: number; resetAt: string }
  >();

  constructor(now: () => number = () => performance.now()) {
    this.now = now;
    this.started = now();
  }

  note(resource: 'core' | 'graphql', limit: number, remaining: number, resetAt: string): void {
    this.limits.set(resource, { limit, remaining, resetAt });
  }

  /** Seconds until the points of a resource are given anew; an hour where GitHub did not say. */
  secondsToReset(resource: 'core' | 'graphql'): number {
    const at = this.limits.get(resource)?.resetAt;
    return at === undefined ? 3600 : Math.max(0, (Date.parse(at) - Date.now()) / 1000);
  }

  left(resource: 'core' | 'graphql'): number | undefined {
    return this.limits.get(resource)?.remaining;
  }

  /** What a progress line says beside the numbers: what is counted, the points left, the time to go. */
  progress(done: number, total: number, what: string): string {
    // What came before went at another pace.
    if (this.stage.what !== what)
      this.stage = { what, startedAt: this.stage.what === '' ? this.started : this.now() };
    const seconds = (this.now() - this.stage.startedAt) / 1000;
    const toGo = done > 0 ? Math.ceil((seconds / done) * (total - done)) : undefined;
    const left = this.left('graphql');
    return [
      what,
      ...(left === undefined ? [] : [`${left} points left`]),
      ...(toGo === undefined || toGo === 0 ? [] : [`about ${toGo} s to go`]),
    ].join(', ');
  }

  /** Figures for `/api/status.json` and the end of a run. */
  figures(): Record<string, number> {
    const graphqlLeft = this.left('graphql');
    const restLeft = this.left('core');
    return {
      requests: this.graphql + this.rest,
      graphqlRequests: this.graphql,
      restRequests: this.rest,
      downloads: this.downloads,
      repeated: this.repeated,
      bytes: this.bytes,
      seconds: Math.round((this.now() - this.started) / 100) / 10,
      ...(graphqlLeft !== undefined && { graphqlPointsLeft: graphqlLeft }),
      ...(restLeft !== undefined && { restPointsLeft: restLeft }),
    };
  }
}
