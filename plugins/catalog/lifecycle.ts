import type { Tone } from '../types.ts';

/** How a lifecycle is drawn; values are free text, these are the ones Backstage names. */
export function lifecycleTone(lifecycle: string): Tone | undefined {
  switch (lifecycle.toLowerCase()) {
    case 'production':
      return 'ok';
    case 'experimental':
      return 'info';
    case 'deprecated':
      return 'warn';
    default:
      return undefined;
  }
}
