import { setFlagsFromString } from 'node:v8';

/**
 * Lets the heap of this process grow slowly. A crawl waits for the network most of the time, and what it reads is garbage
 * soon after: V8 would keep several times what is in use, and the more so the larger the organisation.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--optimize-for-size');
}
