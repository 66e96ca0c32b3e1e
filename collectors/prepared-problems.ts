/** Problems that plugins find while they prepare a build. A plain `collect` never renders, so it cannot know them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { ProblemSchema } from '../plugins/problem-schema.ts';
import type { Problem } from '../plugins/types.ts';
import { sortProblems } from './problems.ts';
import { writeAtomically } from './snapshot.ts';

/** Problems of the last preparation; none where there was no preparation yet. */
export function readPreparedProblems(directory: string, plugin: string): Problem[] {
  try {
    return z
      .array(ProblemSchema)
      .parse(JSON.parse(readFileSync(pathOf(directory, plugin), 'utf8')));
  } catch {
    // A cache: every build writes it before it reads it.
    return [];
  }
}

export function writePreparedProblems(
  directory: string,
  plugin: string,
  problems: readonly Problem[],
): void {
  writeAtomically(pathOf(directory, plugin), `${JSON.stringify(sortProblems(problems))}\n`);
}

function pathOf(directory: string, plugin: string): string {
  return join(directory, '.callboard', 'problems', `${plugin}.json`);
}
