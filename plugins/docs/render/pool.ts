import { availableParallelism, loadavg } from 'node:os';
import { Worker } from 'node:worker_threads';

import type { PageTask } from './render-page.ts';

export interface Job {
  id: number;
  key: string;
  task: PageTask;
}

export interface Outcome {
  id: number;
  /** Why there is no page. */
  failure?: string;
}

type Waiting = Job & { resolve: (failure: string | undefined) => void };

/** A page that takes longer is given up, on a machine that has nothing else to do. */
const mostMilliseconds = 5_000;
/** The first page of a worker also loads the pipeline. */
const startMilliseconds = 30_000;

/** How many want each processor: with three of them, a page gets a third of the time that passes. */
function crowd(): number {
  return Math.min(10, Math.max(1, loadavg()[0]! / availableParallelism()));
}

interface Seat {
  worker: Worker;
  isWarm: boolean;
  job: (Waiting & { timer: NodeJS.Timeout }) | undefined;
}

/** Worker threads that render pages, each one page at a time. */
export class RenderPool {
  readonly #folder: string;
  readonly #seats: Seat[] = [];
  readonly #waiting: Waiting[] = [];
  readonly #size: number;
  #next = 0;

  /** `folder` is that of the cache the pages go to. */
  constructor(folder: string, size = availableParallelism()) {
    this.#folder = folder;
    this.#size = Math.max(1, size);
  }

  /** Puts a page into the cache; gives the reason where that is not possible. */
  render(key: string, task: PageTask): Promise<string | undefined> {
    return new Promise((resolve) => {
      this.#next += 1;
      this.#waiting.push({ id: this.#next, key, task, resolve });
      this.#assign();
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#seats.map(({ worker }) => worker.terminate()));
    this.#seats.length = 0;
  }

  #assign(): void {
    while (this.#waiting.length > 0) {
      let seat = this.#seats.find((each) => !each.job);
      if (!seat && this.#seats.length < this.#size) seat = this.#open();
      if (!seat) return;
      const job = this.#waiting.shift()!;
      const limit = (seat.isWarm ? mostMilliseconds : startMilliseconds) * crowd();
      const taken = seat;
      const timer = setTimeout(() => this.#giveUp(taken), limit);
      seat.job = { ...job, timer };
      seat.worker.postMessage({ id: job.id, key: job.key, task: job.task } satisfies Job);
    }
  }

  #open(): Seat {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: this.#folder,
      resourceLimits: { maxOldGenerationSizeMb: 768 },
    });
    const seat: Seat = { worker, isWarm: false, job: undefined };
    worker.on('message', (outcome: Outcome) => this.#finish(seat, outcome));
    worker.on('error', (error) => this.#lose(seat, error.message));
    this.#seats.push(seat);
    return seat;
  }

  #finish(seat: Seat, { id, failure }: Outcome): void {
    if (seat.job?.id !== id) return;
    clearTimeout(seat.job.timer);
    seat.isWarm = true;
    const { resolve } = seat.job;
    seat.job = undefined;
    resolve(failure);
    this.#assign();
  }

  #giveUp(seat: Seat): void {
    void seat.worker.terminate();
    this.#lose(seat, `rendering took longer than ${mostMilliseconds / 1000} s`);
  }

  #lose(seat: Seat, reason: string): void {
    const at = this.#seats.indexOf(seat);
    if (at !== -1) this.#seats.splice(at, 1);
    const { job } = seat;
    seat.job = undefined;
    if (!job) return;
    clearTimeout(job.timer);
    job.resolve(reason);
    this.#assign();
  }
}
