/** One measurement in a process of its own: `costs-run.ts plain|attribute <file> <folder>`. Prints seconds and peak memory. */
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import type { CollectedEntity } from '../../plugins/catalog/index.ts';
import { openEngine } from '../../plugins/costs/bills/engine.ts';
import collect from '../../plugins/costs/collect.ts';
import { CostOptions } from '../../plugins/costs/options.ts';
import { CostSnapshot } from '../../plugins/costs/schema.ts';
import plugin from '../../plugins/costs/plugin.ts';
import { writeSnapshot } from '../../collectors/snapshot.ts';

const [kind = '', file = '', folder = ''] = process.argv.slice(2);
const started = performance.now();
const extra = kind === 'plain' ? await plain() : await attribute();
const seconds = (performance.now() - started) / 1000;
console.log(
  JSON.stringify({ seconds, megabytes: process.resourceUsage().maxRSS / 1000, ...extra }),
);

/** What someone would write by hand for daily cost by application and service, with exact sums, into a table. */
async function plain(): Promise<object> {
  const engine = await openEngine(join(folder, `plain-${process.pid}.duckdb`), {
    memoryMegabytes: 400,
    threads: 2,
  });
  const from = file.endsWith('.parquet')
    ? `read_parquet('${file}')`
    : `read_csv('${file}', header = true)`;
  await engine.run(
    `CREATE TABLE costs AS SELECT CAST(ChargePeriodStart AS DATE) AS day, json_extract_string(Tags, '$.app') AS app, ServiceName, SubAccountId, ChargeCategory,
       sum(BilledCost::DECIMAL(18,9)) AS billed, sum(EffectiveCost::DECIMAL(18,9)) AS effective FROM ${from} GROUP BY ALL`,
  );
  const [row] = await engine.rows('SELECT count(*)::INTEGER AS groups FROM costs');
  engine.close();
  return { groups: row?.['groups'] };
}

/** The whole way: files, rules, rounding, checks, figures for alerts, snapshot on disk. */
async function attribute(): Promise<object> {
  const cache = join(folder, `cache-${process.pid}`);
  mkdirSync(cache, { recursive: true });
  const entities = Array.from({ length: 2000 }, (_, n) => entity(n));
  const problems: string[] = [];
  const result = await collect({
    options: CostOptions.parse({ bills: [{ id: 'bill', files: [file] }] }),
    repositories: [],
    sources: [],
    previous: undefined,
    previousProblems: [],
    snapshot: <T>(name: string) =>
      (name === 'catalog' ? { entities, repositories: [] } : undefined) as T | undefined,
    report: ({ code }) => void problems.push(code),
    progress: () => undefined,
    folder,
    cache,
    workingDirectory: folder,
    signal: new AbortController().signal,
  });
  const data = CostSnapshot.parse(result.data);
  const bytes = writeSnapshot(folder, plugin, {
    schema: 'costs@1',
    data,
    sources: result.sources ?? [],
    problems: [],
  });
  const isConserved = data.checks.every(
    (check) =>
      check.billed === check.attributedBilled && check.effective === check.attributedEffective,
  );
  const refs = new Set(
    data.series.filter(({ bucket }) => bucket === 'direct').map(({ target }) => target),
  );
  return {
    bytes,
    isConserved,
    entities: refs.size,
    series: data.series.length,
    days: data.days,
    alerts: problems.length,
    file: statSync(file).size,
  };
}

function entity(n: number): CollectedEntity {
  return {
    ref: `component:default/app-${n}`,
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: `app-${n}`, namespace: 'default' },
      spec: { owner: `team-${n % 90}` },
    },
    origin: { source: 'bench', repository: 'bench', file: 'catalog-info.yaml', line: 1, column: 1 },
    raw: '',
  };
}
