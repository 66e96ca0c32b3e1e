import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';

import pMap from 'p-map';

import type { EntityIndex } from '../attribution/entity-index.ts';
import { findFiles } from '../bills/find-files.ts';
import type { CostOptions } from '../options.ts';
import type { Efficiency } from '../schema.ts';
import type { ProblemInput } from '../../types.ts';
import { fetchDay, readAnswer, type Allocation } from './client.ts';
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
  workingDirectory: string,
  report: (problem: ProblemInput) => void,
  signal: AbortSignal,
): Promise<CollectedCluster> {
  const days = Array.from({ length: cluster.days }, (_, ago) =>
    new Date(Date.parse(today) - (ago + 1) * 86_400_000).toISOString().slice(0, 10),
  ).toReversed();
  const failures: string[] = [];
  const answers = cluster.url
    ? await pMap(days, (day) => ask({ ...cluster, url: cluster.url! }, day, failures, signal), {
        concurrency: 2,
      })
    : await recordedDays(cluster.answers ?? [], workingDirectory, failures);
  const known = answers.filter((answer) => answer !== undefined);
  const asked = answers.length;
  if (failures[0])
    report({
      code: 'costs/opencost-failed',
      message: `OpenCost of ${cluster.id} ${failures[0]}; ${known.length} of ${asked} days were read, the others keep what earlier runs read`,
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
    failed: asked - known.length,
    asked,
    ...(failures[0] ? { reason: failures[0] } : {}),
  };
}

interface Day {
  day: string;
  allocations: Allocation[];
}

async function ask(
  cluster: { url: string; timeoutSeconds: number },
  day: string,
  failures: string[],
  signal: AbortSignal,
): Promise<Day | undefined> {
  // Three days without an answer: it is down, and asking on would only take time.
  if (failures.length >= 3) return undefined;
  try {
    return { day, allocations: await fetchDay(cluster, day, signal) };
  } catch (error) {
    if (signal.aborted) throw error;
    failures.push(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

async function recordedDays(
  patterns: readonly string[],
  workingDirectory: string,
  failures: string[],
): Promise<(Day | undefined)[]> {
  const days = new Map<string, Allocation[]>();
  let broken = 0;
  for (const file of await findFiles(patterns, workingDirectory)) {
    try {
      for (const allocations of readAnswer(await readFile(file, 'utf8'))) {
        const day = allocations.find(({ window }) => window)?.window?.start.slice(0, 10);
        if (day) days.set(day, allocations);
      }
    } catch (error) {
      broken += 1;
      failures.push(
        `${relative(workingDirectory, file)} ${error instanceof Error ? error.message : 'unreadable'}`,
      );
    }
  }
  const sorted = [...days].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const read: (Day | undefined)[] = sorted.map(([day, allocations]) => ({ day, allocations }));
  return [...read, ...Array.from({ length: broken }, () => undefined)];
}
