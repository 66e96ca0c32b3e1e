import { readFile } from 'node:fs/promises';

import * as z from 'zod';

import type { ProblemInput } from '../../types.ts';

/** What to read of a bill's files, and the files a newer or unfinished delivery makes void. */
export interface Delivered {
  files: string[];
  ignored: string[];
}

interface Delivery {
  manifest: string;
  /** What a newer delivery replaces: the billing period, or the range of days asked for. */
  period: string;
  created: string;
  names: string[];
}

const megabyte = 1024 * 1024;

/** AWS Data Exports: written when all data files are. */
const AwsManifest = z.looseObject({
  dataFiles: z.array(z.string()).min(1),
  billingPeriod: z.unknown().optional(),
  createdAt: z.string().optional(),
  executionId: z.string().optional(),
});

/** Azure Cost Management exports, one manifest per run. */
const AzureManifest = z.looseObject({
  blobs: z.array(z.looseObject({ blobName: z.string() })).min(1),
  runInfo: z.looseObject({
    submittedTime: z.string().optional(),
    startDate: z.string(),
    endDate: z.string().optional(),
  }),
});

/**
 * Takes of each period its newest complete delivery. Without manifests every file counts, and overlaps are found by
 * their lines instead.
 */
export async function chooseDeliveries(
  files: readonly string[],
  report: (problem: ProblemInput) => void,
  relative: (file: string) => string,
): Promise<Delivered> {
  const manifests = files.filter((file) => /manifest\.json$/i.test(file));
  const data = files.filter((file) => !/\.json$/i.test(file));
  if (manifests.length === 0) return { files: data, ignored: [] };
  const periods = new Map<string, Delivery[]>();
  for (const manifest of manifests) {
    const delivery = await readManifest(manifest, report, relative);
    if (delivery) periods.set(delivery.period, [...(periods.get(delivery.period) ?? []), delivery]);
  }
  const chosen = new Set<string>();
  for (const deliveries of periods.values()) {
    const newestFirst = deliveries.toSorted((a, b) => compareDown(a.created, b.created));
    for (const delivery of newestFirst) {
      const found = delivery.names.map((name) => locate(name, data));
      const missing = delivery.names.filter((_, index) => !found[index]);
      if (missing.length === 0) {
        for (const file of found) chosen.add(file!);
        break;
      }
      const older = newestFirst.indexOf(delivery) < newestFirst.length - 1;
      report({
        code: 'costs/missing-file',
        message: `Manifest names ${missing[0]}${missing.length > 1 ? ` and ${missing.length - 1} more files` : ''}, expected it beside the others; ${older ? 'the delivery before it was read instead' : `nothing of ${delivery.period} was read`}`,
        hint: 'Copy the whole delivery: the data folder and its metadata.',
        at: { file: relative(delivery.manifest) },
      });
    }
  }
  return {
    files: [...chosen].toSorted(),
    ignored: data.filter((file) => !chosen.has(file)),
  };
}

async function readManifest(
  file: string,
  report: (problem: ProblemInput) => void,
  relative: (file: string) => string,
): Promise<Delivery | undefined> {
  let parsed: unknown;
  try {
    const bytes = await readFile(file);
    if (bytes.length > 16 * megabyte) throw new Error('it is larger than 16 MB');
    parsed = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    report(unreadable(relative(file), error instanceof Error ? error.message : 'unreadable'));
    return undefined;
  }
  const aws = AwsManifest.safeParse(parsed);
  const period = /BILLING_PERIOD=(\d{4}-\d{2})/i.exec(file)?.[1];
  if (aws.success) {
    return {
      manifest: file,
      period: period ?? JSON.stringify(aws.data.billingPeriod ?? ''),
      // A delivery of its own per run lies in a folder named by its time; with overwriting there is one manifest only.
      created: aws.data.createdAt ?? file,
      names: aws.data.dataFiles,
    };
  }
  const azure = AzureManifest.safeParse(parsed);
  if (azure.success) {
    const { runInfo, blobs } = azure.data;
    return {
      manifest: file,
      period: runInfo.startDate.slice(0, 10),
      created: runInfo.submittedTime ?? file,
      names: blobs.map((blob) => blob.blobName),
    };
  }
  report(
    unreadable(
      relative(file),
      'it has neither `dataFiles` (AWS) nor `blobs` and `runInfo` (Azure)',
    ),
  );
  return undefined;
}

function unreadable(file: string, reason: string): ProblemInput {
  return {
    code: 'costs/unreadable-manifest',
    message: `Manifest cannot be read: ${reason}; the files it names were left out`,
    hint: 'Copy the delivery again.',
    at: { file },
  };
}

/** The file whose path shares the most with the end of the name in the bucket; its own name must be the same. */
function locate(name: string, files: readonly string[]): string | undefined {
  const wanted = decodeURIComponentSafe(name).split('/').toReversed();
  let best: { file: string; shared: number } | undefined;
  for (const file of files) {
    const actual = file.split('/').toReversed();
    let shared = 0;
    while (shared < wanted.length && wanted[shared] === actual[shared]) shared += 1;
    if (shared > (best?.shared ?? 0)) best = { file, shared };
  }
  return best?.file;
}

function decodeURIComponentSafe(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function compareDown(a: string, b: string): number {
  if (a === b) return 0;
  return a > b ? -1 : 1;
}
