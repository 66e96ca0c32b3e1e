import pMap from 'p-map';

import type { EntityIndex } from '../attribution/entity-index.ts';
import type { CostOptions } from '../options.ts';
import type { Efficiency } from '../schema.ts';
import type { ProblemInput } from '../../types.ts';
import { fetchDay, type Allocation } from './client.ts';
import { dayRatios, efficiencyOf, type DayRatios } from './ratios.ts';

/** What OpenCost says of one cluster. */
export interface CollectedCluster {
  /** Days with an answer; earlier ones come from earlier runs. */
  ratios: DayRatios[];
  efficiency: Efficiency[];
  failed: number;
  asked: number;
  reason?: string;
}

/** Asks for the last full days before `today`, two at a time. */
export async function collectCluster(
  cluster: CostOptions['openCost'][number],
  today: string,
  index: EntityIndex,
  report: (problem: ProblemInput) => void,
  signal: AbortSignal,
): Promise<CollectedCluster> {
  const days = Array.from({ length: cluster.days }, (_, ago) =>
    new Date(Date.parse(today) - (ago + 1) * 86_400_000).toISOString().slice(0, 10),
  ).toReversed();
  const failures: string[] = [];
  const answers = await pMap(
    days,
    async (day): Promise<{ day: string; allocations: Allocation[] } | undefined> => {
      // Three days in a row without an answer: it is down, and asking on would only take time.
      if (failures.length >= 3) return undefined;
      try {
        return { day, allocations: await fetchDay(cluster, day, signal) };
      } catch (error) {
        if (signal.aborted) throw error;
        failures.push(error instanceof Error ? error.message : String(error));
        return undefined;
      }
    },
    { concurrency: 2 },
  );
  const known = answers.filter((answer) => answer !== undefined);
  if (failures[0])
    report({
      code: 'costs/opencost-failed',
      message: `OpenCost of ${cluster.id} ${failures[0]}; ${known.length} of ${days.length} days were read, the others keep what earlier runs read`,
    });
  return {
    ratios: known
      .map(({ day, allocations }) => dayRatios(cluster.id, day, allocations, index))
      .filter((ratios) => ratios !== undefined),
    efficiency: efficiencyOf(
      cluster,
      known.map(({ allocations }) => allocations).filter((day) => day.length > 0),
      index,
    ),
    failed: days.length - known.length,
    asked: days.length,
    ...(failures[0] ? { reason: failures[0] } : {}),
  };
}
