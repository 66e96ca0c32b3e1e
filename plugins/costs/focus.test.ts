/** FOCUS's rules on small bills of our own: where every amount goes, effective and billed. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import type { ProblemInput } from '../types.ts';
import collect from './collect.ts';
import { calendarOf, rowsOf } from './figures/rows.ts';
import { sum, unitsText } from './money.ts';
import { CostOptions } from './options.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-focus-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Line = Record<string, string>;

const usage: Line = {
  ChargeCategory: 'Usage',
  BillingPeriodStart: '2026-03-01T00:00:00Z',
  BillingPeriodEnd: '2026-04-01T00:00:00Z',
  ChargePeriodStart: '2026-03-09T10:00:00Z',
  ChargePeriodEnd: '2026-03-09T11:00:00Z',
  BillingCurrency: 'USD',
  ServiceName: 'Compute',
  ProviderName: 'AWS',
  Tags: '{"app": "checkout"}',
  CommitmentDiscountStatus: 'NULL',
  BilledCost: '1.00',
  EffectiveCost: '1.00',
};
const used = { ...usage, CommitmentDiscountStatus: 'Used', BilledCost: '0.00' };
const unused = { ...used, CommitmentDiscountStatus: 'Unused', Tags: '' };
const purchase = { ...usage, ChargeCategory: 'Purchase', Tags: '', EffectiveCost: '0.00' };

test.each<[string, Line[], Record<string, string>]>([
  [
    'all upfront: paid on one day, used and unused hours cost their part',
    [
      { ...purchase, BilledCost: '8760.00' },
      { ...used, EffectiveCost: '0.75' },
      { ...unused, EffectiveCost: '0.25' },
    ],
    {
      'direct checkout': '0.75 effective, 0.00 billed',
      'unused ': '0.25 effective, 0.00 billed',
      'unallocated ': '0.00 effective, 8760.00 billed',
    },
  ],
  [
    'no upfront: billed by the hour, used or not',
    [{ ...purchase, BilledCost: '1.00' }, used, { ...purchase, BilledCost: '1.00' }, unused],
    {
      'direct checkout': '1.00 effective, 0.00 billed',
      'unused ': '1.00 effective, 0.00 billed',
      'unallocated ': '0.00 effective, 2.00 billed',
    },
  ],
  [
    'partial upfront, and use beyond the commitment at the usual price',
    [
      { ...purchase, BilledCost: '4380.00' },
      { ...purchase, BilledCost: '0.50' },
      used,
      { ...usage, BilledCost: '0.60', EffectiveCost: '0.60' },
    ],
    {
      'direct checkout': '1.60 effective, 0.60 billed',
      'unallocated ': '0.00 effective, 4380.50 billed',
    },
  ],
  [
    'a correction takes back from whom it was charged, whatever its size',
    [
      { ...usage, BilledCost: '5', EffectiveCost: '5' },
      { ...usage, ChargeClass: 'Correction', BilledCost: '-7.5', EffectiveCost: '-7.5' },
    ],
    { 'direct checkout': '-2.50 effective, -2.50 billed' },
  ],
  [
    'tax and credits stay apart though they are tagged; an adjustment does not',
    [
      { ...usage, ChargeCategory: 'Tax', BilledCost: '0.19', EffectiveCost: '0.19' },
      { ...usage, ChargeCategory: 'Credit', BilledCost: '-0.40', EffectiveCost: '-0.40' },
      { ...usage, ChargeCategory: 'Adjustment', BilledCost: '-0.01', EffectiveCost: '-0.01' },
    ],
    {
      'tax ': '0.19 effective, 0.19 billed',
      'credits ': '-0.40 effective, -0.40 billed',
      'direct checkout': '-0.01 effective, -0.01 billed',
    },
  ],
  [
    'software priced in tokens is billed in money',
    [
      { ...purchase, PricingCurrency: 'Token', BilledCost: '100000' },
      { ...usage, PricingCurrency: 'Token', BilledCost: '0', EffectiveCost: '615' },
    ],
    {
      'direct checkout': '615.00 effective, 0.00 billed',
      'unallocated ': '0.00 effective, 100000.00 billed',
    },
  ],
  [
    'FOCUS 1.4: allocated tags win over tags; what a split leaves is unallocated',
    [
      {
        ...without(usage, 'ProviderName'),
        ServiceProviderName: 'AWS',
        HostProviderName: 'AWS',
        AllocatedTags: '{"app": "ledger"}',
      },
      { ...without(usage, 'ProviderName'), ServiceProviderName: 'AWS', Tags: '', BilledCost: '2' },
    ],
    {
      'direct ledger': '1.00 effective, 1.00 billed',
      'unallocated ': '1.00 effective, 2.00 billed',
    },
  ],
  [
    'fractions of a cent are kept until the end',
    Array.from({ length: 300 }, () => ({
      ...usage,
      BilledCost: '0.0000333333',
      EffectiveCost: '3.33333e-5',
    })),
    { 'direct checkout': '0.01 effective, 0.01 billed' },
  ],
])('%s', async (_, lines, expected) => {
  expect(await attributed(lines)).toEqual({ parts: expected, problems: [] });
});

async function attributed(lines: readonly Line[]) {
  const columns = [...new Set(lines.flatMap((line) => Object.keys(line)))];
  const rows = lines.map((line) => columns.map((name) => cell(line[name] ?? '')).join(','));
  mkdirSync(join(folder, 'bills'));
  writeFileSync(join(folder, 'bills/bill.csv'), `${[columns.join(','), ...rows].join('\n')}\n`);
  const problems: ProblemInput[] = [];
  const entities = ['checkout', 'ledger'].map((name) => ({
    ref: `component:default/${name}`,
    entity: { kind: 'Component', metadata: { name, namespace: 'default' }, spec: {} },
  }));
  const { data } = await collect({
    options: CostOptions.parse({ bills: [{ id: 'bill', files: ['bills'] }] }),
    repositories: [],
    sources: [],
    plugins: [],
    previous: undefined,
    previousProblems: [],
    snapshot: <T>() => ({ entities, repositories: [] }) as T,
    report: (problem: ProblemInput) => void problems.push(problem),
    progress: () => undefined,
    folder,
    cache: join(folder, 'cache'),
    workingDirectory: folder,
    signal: new AbortController().signal,
  });
  const parts = Map.groupBy(
    rowsOf(data, calendarOf(data)),
    ({ bucket, target }) => `${bucket} ${target.split('/')[1] ?? ''}`,
  );
  return {
    parts: Object.fromEntries(
      [...parts].map(([name, ofPart]) => [
        name,
        `${total(ofPart.flatMap(({ effective }) => [...effective]))} effective, ${total(ofPart.flatMap(({ billed }) => [...billed]))} billed`,
      ]),
    ),
    problems: problems.map(({ code }) => code),
  };
}

function total(amounts: readonly number[]): string {
  return unitsText(sum(amounts), 2);
}

function cell(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}

function without(line: Line, name: string): Line {
  return Object.fromEntries(Object.entries(line).filter(([key]) => key !== name));
}
