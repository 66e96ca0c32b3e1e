import type { Problem } from '../../plugins/types.ts';

/** The problems as they are. */
export function jsonReport(problems: readonly Problem[]): string {
  return JSON.stringify({ problems }, null, 2);
}
