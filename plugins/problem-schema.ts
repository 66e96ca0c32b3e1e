import * as z from 'zod';
import type { Problem, SourceState } from './problem.ts';

/** A problem as kept in a snapshot. */
export const ProblemSchema: z.ZodType<Problem> = z.strictObject({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string(),
  hint: z.string().optional(),
  at: z
    .strictObject({
      repository: z.string().optional(),
      file: z.string().optional(),
      line: z.number().optional(),
      column: z.number().optional(),
      path: z.string().optional(),
    })
    .optional(),
  entity: z.string().optional(),
  owner: z.string().optional(),
  docs: z.string(),
});

/** The state of a source as kept in a snapshot. */
export const SourceStateSchema: z.ZodType<SourceState> = z.strictObject({
  id: z.string(),
  state: z.enum(['fresh', 'stale', 'failed']),
  asOf: z.string(),
  detail: z.string().optional(),
  stats: z.record(z.string(), z.number()).optional(),
});
