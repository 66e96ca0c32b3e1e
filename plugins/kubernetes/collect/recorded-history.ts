import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import * as z from 'zod';

import { healthStatuses } from '../health/verdict.ts';
import type { Reading } from '../history/append.ts';

/** By `namespace/Kind/name`: when the status changed, as days before the recording. */
const Recorded = z.record(
  z.string(),
  z.array(z.tuple([z.number().min(0), z.enum(healthStatuses)])).min(1),
);
const dayLength = 86_400_000;

/** The past a recording brings along in `history.json`: a reading a day, so that a demonstration has one to show. */
export function recordedReadings(
  cluster: string,
  { folder, recordedAt }: { folder: string; recordedAt: string },
): Reading[] {
  const file = path.join(folder, 'history.json');
  if (!existsSync(file)) return [];
  const now = Date.parse(recordedAt);
  const all = Object.entries(Recorded.parse(JSON.parse(readFileSync(file, 'utf8'))));
  return all.flatMap(([id, changes]) => {
    const oldest = Math.max(...changes.map(([daysAgo]) => daysAgo));
    return Array.from({ length: Math.floor(oldest) }, (_, index): Reading => {
      const daysAgo = Math.floor(oldest) - index;
      const [, status] = changes.findLast(([since]) => since >= daysAgo) ?? changes[0]!;
      return {
        id: `${cluster}/${id}`,
        at: new Date(now - daysAgo * dayLength).toISOString(),
        status,
      };
    });
  });
}
