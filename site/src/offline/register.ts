/** Small, because every page has it: what the copy needs is loaded only where one is kept. */
import { isKeeping } from './choice.ts';

/** Pages come first: the worker fetches the shell while they are being read. */
const settleMilliseconds = 1500;

/** Lets the service worker keep what this browser reads, and keeps a copy of the portal up to date where one is wanted. */
export function startOffline(): void {
  const { base, offline } = document.body.dataset;
  if (base === undefined || offline === undefined || !('serviceWorker' in navigator)) return;
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (connection?.saveData === true && !isKeeping(base)) return;
  setTimeout(() => void start(base), settleMilliseconds);
}

async function start(base: string): Promise<void> {
  try {
    await navigator.serviceWorker.register(`${base}sw.js`, { scope: base, updateViaCache: 'none' });
    if (!isKeeping(base) || !navigator.onLine) return;
    const { keepUpToDate } = await import('./copy.ts');
    await keepUpToDate(base);
  } catch {
    // Private windows and full disks: the portal works as it does without a worker.
  }
}
