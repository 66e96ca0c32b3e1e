import type { ProblemInput } from '../../types.ts';
import type { CostOptions } from '../options.ts';
import { reasonOf, type Engine } from './engine.ts';
import type { StagedFile } from './stage.ts';

/** What the engine could not do, found out while it did it; throws what is no failure of the engine. */
export async function failureOf(
  error: unknown,
  bill: string,
  engine: Engine,
  staged: readonly StagedFile[],
  { memoryMegabytes, threads }: CostOptions['engine'],
  relative: (file: string) => string,
): Promise<ProblemInput> {
  const text = error instanceof Error ? error.message : '';
  if (text.startsWith('Out of Memory Error'))
    return {
      code: 'costs/not-enough-memory',
      message: `Bill ${bill} could not be read with ${memoryMegabytes} MB and ${threads} threads: it has more different sets of tags and resources than fit; nothing of this bill was counted`,
      hint: `Leave tags out that differ on every line, or write engine: { memoryMegabytes: ${memoryMegabytes * 2}, threads: 1 }.`,
    };
  const damaged = await damagedFile(engine, staged);
  if (!damaged) throw error;
  return {
    code: 'costs/unreadable-file',
    message: `Bill cannot be read: ${reasonOf(error).replaceAll(damaged.file, 'it')}; nothing of bill ${bill} was counted`,
    hint: 'Copy the file again. If it comes from an export, check that the export is complete.',
    at: { file: relative(damaged.file) },
  };
}

/** The first file whose lines cannot be read to the end; the engine does not always say which it was. */
async function damagedFile(
  engine: Engine,
  staged: readonly StagedFile[],
): Promise<StagedFile | undefined> {
  for (const one of staged) {
    try {
      await engine.run(`SELECT bit_xor(hash(line)) FROM (${one.lines}) AS line`);
    } catch {
      return one;
    }
  }
  return undefined;
}
