import { join } from 'node:path';
import type { Config } from '../collectors/config-schema.ts';
import { writePreparedProblems } from '../collectors/prepared-problems.ts';
import { completeProblem, problemKinds } from '../collectors/problems.ts';
import { readSnapshot } from '../collectors/snapshot.ts';
import type { Problem } from '../plugins/types.ts';

/** Lets every plugin make what its pages read from the cache; gives the problems that showed. */
export async function preparePlugins(
  directory: string,
  config: Config,
  log: (line: string) => void,
): Promise<Problem[]> {
  const kinds = problemKinds(config.plugins);
  const all: Problem[] = [];
  for (const plugin of config.plugins) {
    if (!plugin.prepare) continue;
    const problems: Problem[] = [];
    const { default: prepare } = await plugin.prepare();
    await prepare({
      options: config.options[plugin.name],
      data: plugin.snapshot ? readSnapshot(directory, plugin)?.data : undefined,
      folder: join(directory, 'content', plugin.name),
      cache: join(directory, '.callboard', plugin.name),
      report: (problem) => void problems.push(completeProblem(problem, kinds)),
      log,
    });
    writePreparedProblems(directory, plugin.name, problems);
    all.push(...problems);
  }
  return all;
}
