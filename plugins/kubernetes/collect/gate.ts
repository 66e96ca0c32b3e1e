/** Lets a limited number of tasks run at the same time. */
export type Gate = <T>(task: () => Promise<T>) => Promise<T>;

/** A gate for `limit` tasks; the others wait in order. */
export function createGate(limit: number): Gate {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    running++;
    try {
      return await task();
    } finally {
      running--;
      waiting.shift()?.();
    }
  };
}
