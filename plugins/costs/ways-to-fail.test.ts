import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { afterEach, beforeEach, expect, test } from 'vitest';

import type { CollectContext, ProblemInput } from '../types.ts';
import { openEngine } from './bills/engine.ts';
import collect from './collect.ts';
import { CostOptions } from './options.ts';
import { CostSnapshot } from './schema.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-costs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const header =
  'ChargePeriodStart,BillingPeriodStart,BillingPeriodEnd,BillingCurrency,ServiceName,Tags,BilledCost';

/** `days` lines of one month, one a day. */
function month(name: string, days: number, cost = '10.00', more = ''): string {
  const [year, number] = name.split('-').map(Number) as [number, number];
  const next = new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
  const rows = Array.from(
    { length: days },
    (_, day) =>
      `${name}-${String(day + 1).padStart(2, '0')} 00:00:00,${name}-01,${next},EUR,Storage,,${cost}`,
  );
  return `${[header, ...rows].join('\n')}\n${more}`;
}

const before = month('2026-03', 31);

test.each<
  [
    string,
    () => void | Promise<void>,
    { problems: string[]; billed: Record<string, string>; files?: string[]; options?: object },
  ]
>([
  [
    'a gzip file cut short at the end of a line, which the engine would take for a small one',
    () => {
      write('a.csv', before);
      const rows = Array.from(
        { length: 60_000 },
        (_, at) => `2026-04-01,2026-04-01,2026-05-01,EUR,S${at},,1`,
      );
      const zipped = gzipSync(`${[header, ...rows].join('\n')}\n`);
      writeFileSync(join(folder, 'bills/b.csv.gz'), zipped.subarray(0, zipped.length - 20_000));
    },
    {
      problems: [
        'costs/unreadable-file b.csv.gz: Bill cannot be read: its gzip data are damaged or cut short (unexpected end of file); nothing of this file was counted',
      ],
      billed: { '2026-03 EUR': '310' },
    },
  ],
  [
    'a gzip file with a damaged byte',
    () => {
      write('a.csv', before);
      const zipped = gzipSync(month('2026-04', 30));
      zipped[zipped.length - 6]! ^= 0xff;
      writeFileSync(join(folder, 'bills/b.csv.gz'), zipped);
    },
    {
      problems: [
        'costs/unreadable-file b.csv.gz: Bill cannot be read: its gzip data are damaged or cut short (incorrect data check); nothing of this file was counted',
      ],
      billed: { '2026-03 EUR': '310' },
    },
  ],
  [
    'a parquet file cut short',
    async () => {
      write('a.csv', before);
      await parquet(
        'b.parquet',
        "SELECT DATE '2026-04-01' + range::INTEGER AS ChargePeriodStart, 'EUR' AS BillingCurrency, 1.5 AS BilledCost FROM range(30)",
      );
      truncateSync(join(folder, 'bills/b.parquet'), 300);
    },
    {
      problems: [
        "costs/unreadable-file b.parquet: Bill cannot be read: No magic bytes found at end of file 'it'; nothing of this file was counted",
      ],
      billed: { '2026-03 EUR': '310' },
    },
  ],
  [
    'a manifest that names a missing file, with an older delivery',
    () => {
      write('data/BILLING_PERIOD=2026-03/run-1/part-1.csv', before);
      write('data/BILLING_PERIOD=2026-03/run-2/part-1.csv', month('2026-03', 31, '12.00'));
      manifest('run-1', '2026-04-01T00:00:00Z', ['part-1.csv']);
      manifest('run-2', '2026-04-02T00:00:00Z', ['part-1.csv', 'part-2.csv']);
    },
    {
      problems: [
        'costs/missing-file metadata/BILLING_PERIOD=2026-03/run-2/export-Manifest.json: Manifest names s3://bills/focus/export/data/BILLING_PERIOD=2026-03/run-2/part-2.csv, expected it beside the others; the delivery before it was read instead',
      ],
      billed: { '2026-03 EUR': '310' },
      files: ['data/BILLING_PERIOD=2026-03/run-1/part-1.csv 31'],
    },
  ],
  [
    'two complete deliveries with manifests: the newest counts',
    () => {
      write('data/BILLING_PERIOD=2026-03/run-1/part-1.csv', before);
      write('data/BILLING_PERIOD=2026-03/run-2/part-1.csv', month('2026-03', 31, '12.00'));
      manifest('run-1', '2026-04-01T00:00:00Z', ['part-1.csv']);
      manifest('run-2', '2026-04-02T00:00:00Z', ['part-1.csv']);
    },
    {
      problems: [],
      billed: { '2026-03 EUR': '372' },
      files: ['data/BILLING_PERIOD=2026-03/run-2/part-1.csv 31'],
    },
  ],
  [
    'an Azure manifest',
    () => {
      write('export/20260301-20260331/9f/part_0.csv', before);
      write(
        'export/20260301-20260331/9f/manifest.json',
        JSON.stringify({
          blobs: [{ blobName: 'export/20260301-20260331/9f/part_0.csv' }],
          runInfo: { submittedTime: '2026-04-01T00:00:00Z', startDate: '2026-03-01T00:00:00' },
        }),
      );
    },
    { problems: [], billed: { '2026-03 EUR': '310' } },
  ],
  [
    "Oracle's reports: a folder a day, days that come late, times without seconds, names from before 1.0",
    () => {
      for (const day of ['01', '02', '03']) {
        const before = String(Number(day) - 1).padStart(2, '0');
        const lines = [
          `2026-03-${day}T05:00Z,2026-03-01T00:00Z,2026-04-01T00:00Z,EUR,COMPUTE,Oracle,r${day},,0.10`,
          ...(day === '01'
            ? []
            : [
                `2026-03-${before}T23:00Z,2026-03-01T00:00Z,2026-04-01T00:00Z,EUR,COMPUTE,Oracle,late${day},,0.01`,
              ]),
        ];
        const columns =
          'ChargePeriodStart,BillingPeriodStart,BillingPeriodEnd,BillingCurrency,ServiceName,Provider,oci_ReferenceNumber,Tags,BilledCost';
        mkdirSync(join(folder, `bills/FOCUS Reports/2026/03/${day}`), { recursive: true });
        writeFileSync(
          join(folder, `bills/FOCUS Reports/2026/03/${day}/000100.csv.gz`),
          gzipSync(`${[columns, ...lines].join('\n')}\n`),
        );
      }
    },
    {
      problems: [],
      billed: { '2026-03 EUR': '0.32' },
      files: ['01', '02', '03'].map(
        (day) => `FOCUS Reports/2026/03/${day}/000100.csv.gz ${day === '01' ? 1 : 2}`,
      ),
    },
  ],
  [
    'a month delivered twice, restated, without manifests',
    () => {
      write('a.csv', before);
      write('b.csv', month('2026-03', 31, '11.00'));
    },
    {
      problems: [
        'costs/delivered-twice a.csv: 31 days (2026-03-01 to 2026-03-31) are also in bills/b.csv, which was counted; these days of this file were left out',
      ],
      billed: { '2026-03 EUR': '341' },
    },
  ],
  [
    'overlapping exports: the one that reaches further counts for the days of both',
    () => {
      write('b.csv', month('2026-03', 20));
      write('a.csv', month('2026-03', 31));
    },
    {
      problems: [
        'costs/delivered-twice b.csv: 20 days (2026-03-01 to 2026-03-20) are also in bills/a.csv, which was counted; these days of this file were left out',
      ],
      billed: { '2026-03 EUR': '310' },
    },
  ],
  [
    'parts of one delivery share days and no lines',
    () => {
      write('part-1.csv', before);
      write('part-2.csv', before.replaceAll('Storage', 'Compute'));
    },
    { problems: [], billed: { '2026-03 EUR': '620' } },
  ],
  [
    'mixed currencies',
    () =>
      write(
        'a.csv',
        month('2026-03', 31, '10.00', '2026-03-05,2026-03-01,2026-04-01,usd,Storage,,4.5\n'),
      ),
    {
      problems: [
        'costs/several-currencies : Bill shop has amounts in EUR and USD; they are shown apart and nothing is converted',
      ],
      billed: { '2026-03 EUR': '310', '2026-03 USD': '4.5' },
    },
  ],
  [
    'tags that are not JSON',
    () =>
      write(
        'a.csv',
        month(
          '2026-03',
          31,
          '10.00',
          '2026-03-05,2026-03-01,2026-04-01,EUR,Storage,app=shop;env=prod,4.5\n',
        ),
      ),
    {
      problems: [
        'costs/tags-not-json : 1 lines of bill shop have tags that are not a JSON object (`app=shop;env=prod`); they were counted as untagged',
      ],
      billed: { '2026-03 EUR': '314.5' },
    },
  ],
  [
    'dates outside the period',
    () =>
      write(
        'a.csv',
        month(
          '2026-03',
          31,
          '10.00',
          '2026-02-27,2026-03-01,2026-04-01,EUR,Storage,,-4.5\n2026-04-01T01:00:00+02:00,2026-03-01,2026-04-01,EUR,Storage,,1\n',
        ),
      ),
    {
      problems: [
        'costs/outside-period a.csv: 1 lines (-4.50 EUR, charged 2026-02-27 to 2026-02-27) lie outside their billing period; they count on the nearest day of it',
      ],
      billed: { '2026-03 EUR': '306.5' },
    },
  ],
  [
    'text among the costs',
    () =>
      write(
        'a.csv',
        month('2026-03', 31, '10.00', '2026-03-05,2026-03-01,2026-04-01,EUR,Storage,,"1,50"\n'),
      ),
    {
      problems: [
        'costs/unreadable-value a.csv:33: 1 of 32 lines have no readable cost (first: line 33); they were left out, 31 were counted',
      ],
      billed: { '2026-03 EUR': '310' },
    },
  ],
  [
    'text among the costs of a parquet file',
    () =>
      parquet(
        'a.parquet',
        "SELECT DATE '2026-04-01' + (range % 30)::INTEGER AS ChargePeriodStart, 'EUR' AS BillingCurrency, CASE range WHEN 2500 THEN 'n/a' ELSE '1' END AS BilledCost FROM range(3000)",
        2048,
      ),
    {
      problems: [
        'costs/unreadable-value a.parquet: 1 of 3000 lines have no readable cost (first: row 2501, row group 1); they were left out, 2999 were counted',
      ],
      billed: { '2026-04 EUR': '2999' },
    },
  ],
  [
    'a cost column of another type',
    async () => {
      write('a.csv', before);
      await parquet(
        'b.parquet',
        "SELECT DATE '2026-04-01' AS ChargePeriodStart, 'EUR' AS BillingCurrency, true AS BilledCost",
      );
    },
    {
      problems: [
        'costs/unreadable-file b.parquet: Bill cannot be read: expected numbers in BilledCost, which is BOOLEAN; nothing of this file was counted',
      ],
      billed: { '2026-03 EUR': '310' },
    },
  ],
  [
    'a file saved by a spreadsheet: dates with slashes, amounts spelled out',
    () =>
      write(
        'a.csv',
        [
          header,
          '4/1/25,4/1/25,5/1/25,USD,Storage,,"$1,234.50 "',
          '4/2/2025,4/1/25,5/1/25,USD,Storage,,-$4',
          '4/30/25,4/1/25,5/1/25,USD,Storage,,"1,500"',
          '13/4/25,4/1/25,5/1/25,USD,Storage,,7\n',
        ].join('\n'),
      ),
    {
      problems: [
        'costs/slash-dates a.csv: Dates are written like `13/4/25`, expected ISO 8601 like `2026-04-01`; they were read as month/day/year',
        'costs/unreadable-value a.csv:4: 2 of 4 lines have no readable cost (first: line 4); they were left out, 2 were counted',
      ],
      billed: { '2025-04 USD': '1230.5' },
    },
  ],
  [
    'a date of no time bills were written in',
    () =>
      write(
        'a.csv',
        month(
          '2026-03',
          31,
          '10.00',
          '0026-03-05,2026-03-01,2026-04-01,EUR,Storage,,4.5\n9999-12-31,2026-03-01,2026-04-01,EUR,Storage,,4.5\n',
        ),
      ),
    {
      problems: [
        'costs/unreadable-value a.csv:33: 2 of 33 lines have no readable charge period (first: line 33); they were left out, 31 were counted',
      ],
      billed: { '2026-03 EUR': '310' },
    },
  ],
  [
    'a line with another shape',
    () =>
      write(
        'a.csv',
        month(
          '2026-03',
          31,
          '10.00',
          '2026-03-05,2026-03-01,2026-04-01,EUR,Storage, and more,,4.5\n',
        ),
      ),
    {
      problems: [
        'costs/unreadable-line a.csv:33: A line has another shape than the header (Expected Number of Columns: 7 Found: 8); left out, the rest was counted',
      ],
      billed: { '2026-03 EUR': '310' },
    },
  ],
  [
    'no currency',
    () => write('a.csv', 'day,cost\n2026-03-01,5\n'),
    {
      problems: [
        'costs/unreadable-file a.csv: Bill cannot be read: expected a column BilledCost or EffectiveCost; nothing of this file was counted',
      ],
      billed: {},
    },
  ],
  [
    'plain CSV with a mapping',
    () => write('a.csv', 'day;cost;what\n2026-03-01;5.25;"Mail; and more"\n2026-03-02;NULL;Mail\n'),
    {
      problems: [
        'costs/unreadable-value a.csv:3: 1 of 2 lines have no readable cost (first: line 3); they were left out, 1 were counted',
      ],
      billed: { '2026-03 CHF': '5.25' },
      options: {
        columns: { day: 'ChargePeriodStart', cost: 'BilledCost', what: 'ServiceName' },
        currency: 'CHF',
      },
    },
  ],
  [
    'no files at all',
    () => undefined,
    {
      problems: ['costs/no-files : Bill shop has no files: bills match nothing to read'],
      billed: {},
    },
  ],
])('%s', async (_, prepare, expected) => {
  mkdirSync(join(folder, 'bills'));
  await prepare();

  const { problems, data } = await run(undefined, expected.options);

  expect(problems).toEqual(expected.problems);
  expect(
    Object.fromEntries(
      data.checks.map(({ month, currency, billed }) => [`${month} ${currency}`, billed]),
    ),
  ).toEqual(expected.billed);
  for (const check of data.checks) expect(check.attributedBilled).toBe(check.billed);
  if (expected.files)
    expect(
      data.bills[0]!.files.filter(({ lines }) => lines > 0).map(
        ({ name, lines }) => `${name.replace('bills/', '')} ${lines}`,
      ),
    ).toEqual(expected.files);
});

test('a file that breaks keeps the bill of the last run; a smaller bill is held back until accepted', async () => {
  mkdirSync(join(folder, 'bills'));
  write('a.csv', before);
  write('b.csv', month('2026-04', 30));
  const first = await run(undefined);

  writeFileSync(join(folder, 'bills/c.csv.gz'), gzipSync(month('2026-05', 3)).subarray(0, 60));
  const broken = await run(first.data);
  rmSync(join(folder, 'bills/c.csv.gz'));
  write('a.csv', month('2026-03', 12));
  const smaller = await run(first.data);
  const accepted = await run(first.data, { acceptSmaller: ['2026-03'] });

  expect(broken.data.series).toEqual(first.data.series);
  expect(broken.states).toEqual(['shop stale kept from the last run']);
  expect(smaller.problems).toEqual([
    'costs/bill-shrank : 2026-03 of bill shop had 31 lines before and lost more than a fifth of them and of its money; the figures of the last run were kept',
  ]);
  expect(smaller.data.checks).toEqual(first.data.checks);
  expect(accepted.problems).toEqual([
    'costs/restated : 2026-03 of bill shop changed by -190.00 EUR (was 310.00, is 120.00)',
  ]);
  expect(accepted.states).toEqual(['shop fresh ']);
});

test('the same files give the same snapshot', async () => {
  mkdirSync(join(folder, 'bills'));
  await parquet(
    'a.parquet',
    `SELECT DATE '2026-04-01' + (range % 30)::INTEGER AS ChargePeriodStart, 'EUR' AS BillingCurrency, (range % 7) / 1000 AS BilledCost, 'S' || range % 90 AS ServiceName, '{"app": "' || range % 50 || '"}' AS Tags FROM range(20000)`,
  );

  const first = await run(undefined);
  const second = await run(undefined);

  expect(second.data).toEqual(first.data);
});

test('a parquet file damaged in a later row group, which shows only when its pages are read', async () => {
  write('a.csv', before);
  await parquet(
    'b.parquet',
    `SELECT DATE '2026-04-01' + (range % 30)::INTEGER AS ChargePeriodStart, 'EUR' AS BillingCurrency, 1.5::DOUBLE + range AS BilledCost, '{"app": "shop-' || range || '"}' AS Tags FROM range(200000)`,
    20_480,
  );
  const file = join(folder, 'bills/b.parquet');
  const bytes = readFileSync(file);
  writeFileSync(
    file,
    bytes.fill(0xff, Math.floor(bytes.length * 0.7), Math.floor(bytes.length * 0.9)),
  );

  const { problems, states } = await run(undefined);

  expect(problems).toEqual([
    expect.stringMatching(
      /^costs\/unreadable-file b.parquet: Bill cannot be read: .+; nothing of bill shop was counted$/,
    ),
  ]);
  expect(states).toEqual(['shop failed nothing could be read']);
});

test('a bill that does not fit into the memory given is told, with what to do', async () => {
  mkdirSync(join(folder, 'bills'));
  await parquet(
    'a.parquet',
    `SELECT DATE '2026-04-01' AS ChargePeriodStart, 'EUR' AS BillingCurrency, 0.01 AS BilledCost, '{"request": "' || repeat(range::VARCHAR, 30) || '"}' AS Tags FROM range(1000000)`,
  );

  const { problems, states } = await run(undefined, {}, { memoryMegabytes: 128, threads: 2 });

  expect(problems).toEqual([
    'costs/not-enough-memory : Bill shop could not be read with 128 MB and 2 threads: it has more different sets of tags and resources than fit; nothing of this bill was counted',
  ]);
  expect(states).toEqual(['shop failed nothing could be read']);
}, 60_000);

test('a million tag values are counted and told', async () => {
  mkdirSync(join(folder, 'bills'));
  await parquet(
    'a.parquet',
    `SELECT DATE '2026-04-01' + (range % 30)::INTEGER AS ChargePeriodStart, 'EUR' AS BillingCurrency, 0.01 AS BilledCost, '{"request": "' || range || '"}' AS Tags FROM range(1000000)`,
  );

  const { problems, data } = await run(undefined);

  expect(problems).toEqual([
    'costs/many-tag-values : Bill shop has 1,000,000 different sets of tags and resources, expected some thousands; all were counted',
  ]);
  expect(data.checks[0]).toMatchObject({ billed: '10000', attributedBilled: '10000' });
}, 240_000);

async function run(previous: CostSnapshot | undefined, bill: object = {}, engine?: object) {
  const problems: ProblemInput[] = [];
  const context: CollectContext<CostOptions, CostSnapshot> = {
    options: CostOptions.parse({ bills: [{ id: 'shop', files: ['bills'], ...bill }], engine }),
    repositories: [],
    sources: [],
    previous,
    previousProblems: [],
    snapshot: () => undefined,
    report: (problem) => void problems.push(problem),
    progress: () => undefined,
    folder,
    cache: join(folder, 'cache'),
    workingDirectory: folder,
    signal: new AbortController().signal,
  };
  const { data, sources = [] } = await collect(context);
  return {
    data: CostSnapshot.parse(JSON.parse(JSON.stringify(data))),
    problems: problems.map(
      ({ code, at, message }) =>
        `${code} ${(at?.file ?? '').replace('bills/', '')}${at?.line ? `:${at.line}` : ''}: ${message}`,
    ),
    states: sources.map(({ id, state, detail = '' }) => `${id} ${state} ${detail}`),
  };
}

function write(name: string, text: string): void {
  const file = join(folder, 'bills', name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function manifest(run: string, createdAt: string, parts: string[]): void {
  const dataFiles = parts.map(
    (part) => `s3://bills/focus/export/data/BILLING_PERIOD=2026-03/${run}/${part}`,
  );
  write(
    `metadata/BILLING_PERIOD=2026-03/${run}/export-Manifest.json`,
    JSON.stringify({ dataFiles, createdAt }),
  );
}

async function parquet(name: string, sql: string, rowGroup = 122_880): Promise<void> {
  const engine = await openEngine(':memory:', { memoryMegabytes: 400, threads: 1 });
  await engine.run('SET preserve_insertion_order = true');
  await engine.run(
    `COPY (${sql}) TO '${join(folder, 'bills', name)}' (FORMAT parquet, ROW_GROUP_SIZE ${rowGroup})`,
  );
  engine.close();
}
