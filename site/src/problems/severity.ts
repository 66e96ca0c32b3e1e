import type { Severity, Tone } from '../../../plugins/types.ts';

/** How a severity looks. */
export const severityTone = {
  error: 'error',
  warning: 'warn',
  info: 'info',
} as const satisfies Record<Severity, Tone>;
