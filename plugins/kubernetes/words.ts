import type { Tone } from '../types.ts';
import type { Health } from './schema.ts';

/** Colour and shape of a status. What could not be read is never green. */
export function toneOf(status: Health['status']): Tone {
  return tones[status];
}

const tones: Record<Health['status'], Tone> = {
  Healthy: 'ok',
  Progressing: 'info',
  Suspended: 'unknown',
  Stale: 'unknown',
  Missing: 'warn',
  Unknown: 'unknown',
  Forbidden: 'unknown',
  Unreachable: 'unknown',
  Degraded: 'error',
};

/** A status in a sentence. */
export function wordOf(status: Health['status']): string {
  return words[status];
}

const words: Record<Health['status'], string> = {
  Healthy: 'healthy',
  Progressing: 'progressing',
  Suspended: 'suspended',
  Stale: 'stale',
  Missing: 'missing',
  Unknown: 'unknown',
  Forbidden: 'no access',
  Unreachable: 'unreachable',
  Degraded: 'degraded',
};

/** Counts by status as text, worst first: `2 degraded, 11 healthy`. */
export function countsText(counts: Partial<Record<Health['status'], number>>): string {
  const known = Object.keys(words).reverse() as Health['status'][];
  return known
    .flatMap((status) => (counts[status] ? `${counts[status]} ${words[status]}` : []))
    .join(', ');
}
