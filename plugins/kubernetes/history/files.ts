import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

import { HistoryDay } from '../schema.ts';

/** One file per day, so that the oldest can go and a run rewrites the newest alone. */
const filePattern = /^kubernetes-(\d{4}-\d\d-\d\d)\.json$/;

/** `content/snapshot/history/`, found from the folder a plugin has below `content/`. */
export function historyFolder(contentFolder: string): string {
  return path.join(contentFolder, '..', 'snapshot', 'history');
}

export interface ReadHistory {
  /** Oldest first. */
  days: HistoryDay[];
  /** Files that are not what we wrote. */
  unreadable: string[];
}

/** All days kept. A file that cannot be read costs its day, nothing else. */
export function readHistory(folder: string): ReadHistory {
  const read: ReadHistory = { days: [], unreadable: [] };
  if (!existsSync(folder)) return read;
  for (const file of readdirSync(folder).sort()) {
    if (!filePattern.test(file)) continue;
    const day = parsed(path.join(folder, file));
    if (day === undefined) read.unreadable.push(file);
    else read.days.push(day);
  }
  return read;
}

function parsed(file: string): HistoryDay | undefined {
  try {
    return HistoryDay.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** Writes one day whole, one workload a line, so that a diff shows which changed. */
export function writeDay(folder: string, { day, workloads }: HistoryDay): void {
  mkdirSync(folder, { recursive: true });
  const lines = Object.keys(workloads)
    .sort()
    .map((id) => `${JSON.stringify(id)}:${JSON.stringify(workloads[id])}`);
  const file = path.join(folder, `kubernetes-${day}.json`);
  writeFileSync(`${file}.partial`, `{"day":"${day}","workloads":{\n${lines.join(',\n')}\n}}\n`);
  renameSync(`${file}.partial`, file);
}

/** Removes the days before one. */
export function forgetBefore(folder: string, oldest: string): void {
  for (const file of readdirSync(folder)) {
    const day = filePattern.exec(file)?.[1];
    if (day !== undefined && day < oldest) rmSync(path.join(folder, file));
  }
}
