import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';

import { canonical } from './attribution/attribute.ts';
import { findFiles } from './bills/find-files.ts';
import type { CostOptions } from './options.ts';
import type { MetricSeries } from './schema.ts';
import type { ProblemInput } from '../types.ts';

interface Point {
  date: string;
  value: number;
  entity: string;
}

const maxBytes = 64 * 1024 * 1024;

/** Reads one business metric; points of the same day and entity are added. */
export async function collectMetric(
  metric: CostOptions['metrics'][number],
  calendar: { start: string; days: number },
  workingDirectory: string,
  report: (problem: ProblemInput) => void,
): Promise<MetricSeries[]> {
  const series = new Map<string, (number | null)[]>();
  const begin = Date.parse(calendar.start);
  for (const file of await findFiles(metric.files, workingDirectory)) {
    const place = relative(workingDirectory, file);
    const bytes = await readFile(file);
    if (bytes.length > maxBytes) {
      report({
        code: 'costs/bad-metric',
        message: `Metric ${metric.id} is larger than 64 MB; it was left out`,
        at: { file: place },
      });
      continue;
    }
    for (const { date, value, entity } of readPoints(
      bytes.toString('utf8'),
      file,
      (message, line) => report({ code: 'costs/bad-metric', message, at: { file: place, line } }),
    )) {
      const day = Math.floor((Date.parse(date) - begin) / 86_400_000);
      if (day < 0 || day >= calendar.days) continue;
      const values = series.get(entity) ?? Array.from({ length: calendar.days }, () => null);
      series.set(entity, values);
      values[day] = (values[day] ?? 0) + value;
    }
  }
  return [...series]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([entity, values]) => ({ metric: metric.id, entity, values }));
}

type Complain = (message: string, line?: number) => void;

/** Points of a CSV or JSON text; unreadable ones are told and left out. */
export function readPoints(text: string, file: string, complain: Complain): Point[] {
  return file.endsWith('.json') ? readJson(text, complain) : readCsv(text, complain);
}

function readJson(text: string, complain: Complain): Point[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    complain('Metric is not JSON; nothing of this file was read');
    return [];
  }
  if (!Array.isArray(parsed)) {
    complain(
      'Metric is no list, expected [{"date", "value", "entity"}]; nothing of this file was read',
    );
    return [];
  }
  const points = parsed.map((item: unknown) => {
    const { date, value, entity } = (item ?? {}) as Record<string, unknown>;
    return point(String(date), String(value), typeof entity === 'string' ? entity : '');
  });
  return told(points, (index) =>
    complain(
      `Item ${index + 1} has no readable date and value, expected {"date": "2026-03-01", "value": 12}; it was left out`,
    ),
  );
}

function readCsv(text: string, complain: Complain): Point[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const header = lines[0]!
    .toLowerCase()
    .split(',')
    .map((name) => name.trim().replaceAll('"', ''));
  const [date, value, entity] = ['date', 'value', 'entity'].map((name) => header.indexOf(name)) as [
    number,
    number,
    number,
  ];
  if (date < 0 || value < 0) {
    complain('Metric has no columns `date` and `value`; nothing of this file was read', 1);
    return [];
  }
  const rows = lines
    .slice(1)
    .map((line) => line.split(',').map((cell) => cell.trim().replaceAll('"', '')));
  const points = rows.map((cells) =>
    cells.length === 1 && !cells[0]
      ? 'blank'
      : point(cells[date] ?? '', cells[value] ?? '', cells[entity] ?? ''),
  );
  return told(points, (index) =>
    complain(
      'Line has no readable date and value, expected `2026-03-01,12`; it was left out',
      index + 2,
    ),
  );
}

function point(date: string, value: string, entity: string): Point | undefined {
  const number = value === '' ? Number.NaN : Number(value);
  if (
    !/^\d{4}-\d{2}-\d{2}/.test(date) ||
    Number.isNaN(Date.parse(date)) ||
    !Number.isFinite(number)
  )
    return undefined;
  return { date: date.slice(0, 10), value: number, entity: entity ? canonical(entity) : '' };
}

/** Tells the first ten only: a file in another format would fill every report. */
function told(
  points: readonly (Point | 'blank' | undefined)[],
  complain: (index: number) => void,
): Point[] {
  let complaints = 0;
  const good: Point[] = [];
  for (const [index, item] of points.entries()) {
    if (item === 'blank') continue;
    if (item) good.push(item);
    else if ((complaints += 1) <= 10) complain(index);
  }
  return good;
}
