import { WrongContent } from './fetch-file.ts';

/** Bytes as people read them: `4.2 MB`. */
export function megabytes(bytes: number): string {
  const size = bytes / 1_000_000;
  if (size >= 10) return `${Math.round(size)} MB`;
  return size >= 0.1 ? `${size.toFixed(1)} MB` : `${Math.ceil(bytes / 1000)} kB`;
}

/** Why fetching ended, and what to do. */
export function failureText(error: unknown): string {
  const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
  if (isFull) {
    return 'The storage of this browser is full. Free some space on this device, then continue: what was fetched is kept.';
  }
  if (error instanceof WrongContent) {
    return `The host did not answer with what was built (${error.message}), so nothing was replaced. It may be publishing a new version: try again in a minute.`;
  }
  return 'The host does not answer, so fetching stopped. What was fetched is kept: continue when you are online.';
}
