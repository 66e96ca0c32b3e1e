/**
 * The published samples against everything shown: `npm run conformance:costs <folder>` with `focus_sample_1.0.csv` and
 * `commitment_discount_usage_scenario_1.csv`. Totals must be the file's own, to the cent, through every cut of every page.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import type { Catalog } from '../../plugins/catalog/index.ts';
import { linesCsv } from '../../plugins/costs/api.ts';
import { openEngine } from '../../plugins/costs/bills/engine.ts';
import collect from '../../plugins/costs/collect.ts';
import { dimensions, slicesOf } from '../../plugins/costs/dimensions.ts';
import buildModel from '../../plugins/costs/model.ts';
import { parseUnits, roundTogether, sum, unitsText } from '../../plugins/costs/money.ts';
import { CostOptions } from '../../plugins/costs/options.ts';
import type { Portal } from '../../plugins/types.ts';

const folder = resolve(process.argv[2] ?? '');
const cache = mkdtempSync(join(tmpdir(), 'callboard-conformance-'));
const results: object[] = [];
let holds = true;
for (const file of readdirSync(folder).filter((name) => name.endsWith('.csv'))) {
  const expected = await fileTotals(join(folder, file));
  const shown = await shownTotals(join(folder, file));
  const isGood = shown.every(
    ({ effective, billed }) =>
      effective === expected.effective && (billed === undefined || billed === expected.billed),
  );
  holds &&= isGood && shown.length > 0;
  console.log(
    `${file}: billed ${expected.billed}, effective ${expected.effective}; ${shown.length} sums${isGood ? ' agree' : ' DIFFER'}`,
  );
  for (const { name, effective, billed } of isGood ? [] : shown)
    console.log(`  ${name}: effective ${effective}, billed ${billed ?? '–'}`);
  results.push({ file, ...expected, sums: shown.length, isGood });
}
rmSync(cache, { recursive: true });
console.log(`RESULT ${JSON.stringify({ conformance: 'costs', results, holds })}`);
process.exitCode = holds ? 0 : 1;

/** The file's own totals, by nothing of ours but the engine. */
async function fileTotals(file: string): Promise<{ billed: string; effective: string }> {
  const engine = await openEngine(':memory:', { memoryMegabytes: 400, threads: 1 });
  const [row] = await engine.rows(
    // Some published samples write `$10,000.00 `.
    `SELECT sum(replace(replace(BilledCost, '$', ''), ',', '')::DECIMAL(38,15))::DECIMAL(38,2)::VARCHAR AS billed, sum(replace(replace(EffectiveCost, '$', ''), ',', '')::DECIMAL(38,15))::DECIMAL(38,2)::VARCHAR AS effective FROM read_csv('${file}', all_varchar = true, header = true)`,
  );
  engine.close();
  return { billed: String(row?.['billed']), effective: String(row?.['effective']) };
}

interface Shown {
  name: string;
  effective: string;
  billed?: string;
}

/** The same through collect, model, each cut with its rounded rows, the proof, and the CSV. */
async function shownTotals(file: string): Promise<Shown[]> {
  const options = CostOptions.parse({
    bills: [{ id: 'sample', files: [file], currency: 'USD' }],
    rules: [
      { by: 'tag', keys: ['application'] },
      { by: 'account', accounts: { '4*': 'system:four', '5*': 'system:five' } },
    ],
    pools: [{ id: 'network', lines: { categories: ['Networking'] }, spread: { method: 'direct' } }],
  });
  const { data } = await collect({
    options,
    repositories: [],
    sources: [],
    previous: undefined,
    previousProblems: [],
    snapshot: () => undefined,
    report: () => undefined,
    progress: () => undefined,
    folder: cache,
    cache,
    workingDirectory: folder,
    signal: new AbortController().signal,
  });
  const none = {
    model: () => undefined as Catalog | undefined,
    problems: [],
    sources: [],
    folder: cache,
    cache: '',
    href: (path: string) => path,
  };
  const model = buildModel({ ...none, options, data } as unknown as Parameters<
    typeof buildModel
  >[0])!;
  const portal = { entityLink: () => undefined, href: (path: string) => path } as unknown as Portal;
  const shown: Shown[] = [];
  const [currency] = model.currencies;
  const whole = model.whole(currency!);
  shown.push(
    total(
      'months',
      whole.monthly.map((month) => month.effective),
      whole.monthly.map((month) => month.billed),
    ),
  );
  for (const dimension of dimensions) {
    const slices = slicesOf(model, portal, currency!, dimension);
    const billed = slices.map(({ rows }) => sum(rows.flatMap((row) => [...row.billed])));
    shown.push(
      total(
        dimension,
        slices.map(({ daily }) => sum(daily)),
        billed,
      ),
    );
    shown.push(
      total(`${dimension}, rounded`, roundTogether(slices.map(({ daily }) => sum(daily)))),
    );
  }
  shown.push(
    total(
      'proof',
      model.conservation.flatMap(({ effective }) => Object.values(effective.parts)),
      model.conservation.flatMap(({ billed }) => Object.values(billed.parts)),
    ),
  );
  const cells = linesCsv(model, currency!)
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').slice(-4));
  shown.push(
    total(
      'CSV',
      cells.map(([effective]) => parseUnits(effective!)!),
      cells.map(([, billed]) => parseUnits(billed!)!),
    ),
  );
  const spread = model
    .shares(currency!)
    .flatMap((month) => [
      ...month.buckets.values(),
      ...month.left.values(),
      ...month.shares.map(({ amount }) => amount),
    ]);
  const direct = model.rows
    .filter(({ bucket }) => bucket === 'direct')
    .flatMap((row) => [...row.effective]);
  shown.push(total('direct, shares and rest', [...direct, ...spread]));
  return shown;
}

function total(name: string, effective: readonly number[], billed?: readonly number[]): Shown {
  return {
    name,
    effective: unitsText(sum(effective), 2),
    ...(billed ? { billed: unitsText(sum(billed), 2) } : {}),
  };
}
