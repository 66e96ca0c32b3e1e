/**
 * Writes the bills of the demo organisation: `node content/demo-costs/generate.ts`. Seeded, so the same files come out
 * each time. The story: konbini pickup is launched in Tokyo, product search runs wild for two days in November, the
 * data platform moves from Azure to Google Cloud over the summer, and an account without tags grows since September.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { DuckDBInstance } from '@duckdb/node-api';

import { seeded } from '../../plugins/costs/seeded.ts';

const first = Date.UTC(2025, 10, 1);
const days = 386; // to 21 November 2026
const folder = import.meta.dirname;
const random = seeded(40);

interface Resource {
  bill: 'aws' | 'azure' | 'google' | 'aws-japan';
  account: [id: string, name: string];
  service: string;
  category: string;
  resource: string;
  tags?: Record<string, string>;
  /** Usual cost a day. */
  daily: number;
  /** Factor by day; 1 when left out. */
  course?(day: number): number;
  /** Part of list price covered by a savings plan. */
  committed?: boolean;
}

type Line = [bill: string, currency: string, provider: string, period: string, day: string, charge: string, status: string, account: string, accountName: string, service: string, category: string, resource: string, tags: string, billed: string, effective: string];

const shop: Resource['account'] = ['204811905512', 'marrowby-shop'];
const platform: Resource['account'] = ['338120447790', 'marrowby-platform'];
const sandbox: Resource['account'] = ['771034428819', 'marrowby-sandbox'];
const azure: Resource['account'] = ['6f1c1f0e-data-4a1b-8b0a-0d7b7f1d2c11', 'Marrowby Data'];
const google: Resource['account'] = ['marrowby-data-prod', 'marrowby-data-prod'];
const japan: Resource['account'] = ['590014477213', 'marrowby-japan'];

const compute = ['Amazon Elastic Compute Cloud', 'Compute'] as const;
const database = ['Amazon Relational Database Service', 'Databases'] as const;
const storage = ['Amazon Simple Storage Service', 'Storage'] as const;

function aws(app: string, [service, category]: readonly [string, string], daily: number, more: Partial<Resource> = {}): Resource {
  const short = service.replace(/^(?:Amazon|AWS) /, '').toLowerCase().replaceAll(' ', '-');
  return {
    bill: 'aws',
    account: shop,
    service,
    category,
    resource: `arn:aws:${short}:eu-west-1:${shop[0]}:${app}`,
    tags: { 'user:app': app, 'user:environment': 'production' },
    daily,
    ...more,
  };
}

/** Rises from 0 to 1 between two days. */
function ramp(from: number, to: number): (day: number) => number {
  return (day) => Math.min(1, Math.max(0, (day - from) / (to - from)));
}

const dayOf = (date: string) => (Date.parse(date) - first) / 86_400_000;
const launch = ramp(dayOf('2026-03-16'), dayOf('2026-04-20'));
const move = ramp(dayOf('2026-06-08'), dayOf('2026-07-27'));
const runsWild = (day: number) => (day === dayOf('2026-11-12') || day === dayOf('2026-11-13') ? 3.4 : 1);

const resources: Resource[] = [
  // The shop's nodes: nobody's tag, split by what runs on them.
  { bill: 'aws', account: platform, service: compute[0], category: compute[1], resource: `arn:aws:ec2:eu-west-1:${platform[0]}:nodegroup/harbour-eu`, tags: { 'user:cluster': 'harbour-eu' }, daily: 412, committed: true },
  { bill: 'aws', account: platform, service: 'Amazon Elastic Kubernetes Service', category: 'Compute', resource: `arn:aws:eks:eu-west-1:${platform[0]}:cluster/harbour-eu`, tags: { 'user:cluster': 'harbour-eu' }, daily: 7.2 },
  aws('orders-db', database, 96),
  aws('payments-db', database, 71),
  aws('basket-cache', ['Amazon ElastiCache', 'Databases'], 38),
  aws('invoices', storage, 9.5, { course: (day) => 1 + day / 500 }),
  aws('settlement-files', storage, 3.1),
  aws('products-db', database, 58),
  aws('search-index', ['Amazon OpenSearch Service', 'Analytics'], 64, { course: runsWild }),
  aws('product-search', ['AWS Lambda', 'Compute'], 12, { course: (day) => runsWild(day) ** 2 }),
  aws('supplier-uploads', storage, 4.4),
  aws('routes-db', database, 44),
  aws('route-planner', ['Amazon Location Service', 'Other'], 52, { course: (day) => 1 + day / 700 }),
  aws('stock-db', database, 61),
  aws('accounts-db', database, 29),
  aws('sign-in', ['Amazon Cognito', 'Identity'], 18),
  aws('event-bus', ['Amazon Managed Streaming for Apache Kafka', 'Integration'], 83, { account: platform }),
  aws('flags-db', database, 7, { account: platform }),
  aws('terraform-state', storage, 0.4, { account: platform }),
  aws('web-shop', ['Amazon CloudFront', 'Networking'], 77, { course: (day) => 1 + day / 900 }),
  aws('mobile-app', ['Amazon Simple Notification Service', 'Integration'], 6),
  aws('loyalty-points', compute, 14),
  aws('loyalty-db', database, 11),
  // A name nobody answers to since the old campaign service was taken over.
  aws('campaign-service', compute, 21),
  { bill: 'aws', account: shop, service: 'AWS Data Transfer', category: 'Networking', resource: '', daily: 63 },
  { bill: 'aws', account: platform, service: 'AWS Support (Business)', category: 'Other', resource: '', daily: 39 },
  { bill: 'aws', account: platform, service: 'AmazonCloudWatch', category: 'Management and Governance', resource: '', tags: { 'user:team': 'platform' }, daily: 33 },
  { bill: 'aws', account: sandbox, service: compute[0], category: compute[1], resource: `arn:aws:ec2:eu-west-1:${sandbox[0]}:instance/i-0f3a`, daily: 6, course: (day) => 1 + 22 * ramp(dayOf('2026-09-03'), dayOf('2026-11-18'))(day) },
  { bill: 'aws', account: sandbox, service: 'Amazon SageMaker', category: 'AI and Machine Learning', resource: `arn:aws:sagemaker:eu-west-1:${sandbox[0]}:notebook/try-out`, daily: 0.5, course: (day) => (day > dayOf('2026-10-05') ? 120 : 0) },
  // The data platform: on Azure until the summer, then on Google Cloud.
  { bill: 'azure', account: azure, service: 'Azure Databricks', category: 'Analytics', resource: '/subscriptions/6f1c/warehouse', tags: { app: 'warehouse' }, daily: 148, course: (day) => 1 - move(day) },
  { bill: 'azure', account: azure, service: 'Storage', category: 'Storage', resource: '/subscriptions/6f1c/lakehouse', tags: { app: 'lakehouse' }, daily: 41, course: (day) => 1 - 0.96 * ramp(dayOf('2026-07-06'), dayOf('2026-08-24'))(day) },
  { bill: 'azure', account: azure, service: 'Virtual Machines', category: 'Compute', resource: '/subscriptions/6f1c/demand-forecast', tags: { app: 'demand-forecast' }, daily: 57, course: (day) => 1 - move(day) },
  { bill: 'google', account: google, service: 'BigQuery', category: 'Analytics', resource: '//bigquery.googleapis.com/projects/marrowby-data-prod', tags: { app: 'warehouse' }, daily: 96, course: move },
  { bill: 'google', account: google, service: 'Cloud Storage', category: 'Storage', resource: '//storage.googleapis.com/marrowby-lakehouse', tags: { app: 'lakehouse' }, daily: 27, course: ramp(dayOf('2026-06-08'), dayOf('2026-07-06')) },
  { bill: 'google', account: google, service: 'Vertex AI', category: 'AI and Machine Learning', resource: '//aiplatform.googleapis.com/demand-forecast', tags: { app: 'demand-forecast' }, daily: 43, course: move },
  { bill: 'google', account: google, service: 'Pub/Sub', category: 'Integration', resource: '//pubsub.googleapis.com/event-collector', tags: { app: 'event-collector' }, daily: 12, course: move },
  // Tokyo pays in yen.
  { bill: 'aws-japan', account: japan, service: compute[0], category: compute[1], resource: `arn:aws:ec2:ap-northeast-1:${japan[0]}:nodegroup/lantern-jp`, tags: { app: 'lantern-jp' }, daily: 9400 },
  { bill: 'aws-japan', account: japan, service: 'AWS Fargate', category: 'Compute', resource: `arn:aws:ecs:ap-northeast-1:${japan[0]}:konbini-pickup`, tags: { app: 'tokyo/konbini-pickup' }, daily: 14_800, course: launch },
  { bill: 'aws-japan', account: japan, service: 'Amazon DynamoDB', category: 'Databases', resource: `arn:aws:dynamodb:ap-northeast-1:${japan[0]}:table/pickups`, tags: { app: 'tokyo/konbini-pickup' }, daily: 5200, course: launch },
];

const providers = { aws: 'AWS', 'aws-japan': 'AWS', azure: 'Microsoft', google: 'Google Cloud' };
const lines: Line[] = [];
for (let day = 0; day < days; day += 1) {
  const date = new Date(first + day * 86_400_000);
  const weekend = date.getUTCDay() % 6 === 0 ? 0.88 : 1;
  const sums = new Map<string, number>();
  for (const resource of resources) {
    const course = resource.course?.(day) ?? 1;
    const amount = resource.daily * course * (resource.category === 'Storage' ? 1 : weekend) * Math.exp(0.035 * random.normal());
    if (amount < 0.005) continue;
    sums.set(resource.bill, (sums.get(resource.bill) ?? 0) + amount);
    if (resource.committed) {
      // A savings plan: bought once a month, used up daily, a little of it not.
      add(resource, date, 'Usage', 'Used', 0, amount * 0.94);
      add({ ...resource, resource: 'savings-plan/compute', tags: {} }, date, 'Usage', 'Unused', 0, amount * 0.06);
      if (date.getUTCDate() === 1) add({ ...resource, resource: 'savings-plan/compute', tags: {} }, date, 'Purchase', '', resource.daily * 30.4, 0);
    } else add(resource, date, 'Usage', '', amount, amount);
  }
  if (date.getUTCDate() !== 1) continue;
  for (const [bill, amount] of sums) {
    const from = resources.find((resource) => resource.bill === bill)!;
    const whole = { ...from, resource: '', tags: {} };
    if (bill !== 'google') add({ ...whole, service: 'Tax', category: 'Other' }, date, 'Tax', '', amount * 5.8, amount * 5.8);
    if (bill === 'aws') add({ ...whole, service: 'Promotional credit', category: 'Other' }, date, 'Credit', '', -180, -180);
  }
}

function add(from: Resource, date: Date, charge: string, status: string, billed: number, effective: number): void {
  const currency = from.bill === 'aws-japan' ? 'JPY' : 'EUR';
  const day = date.toISOString().slice(0, 10);
  lines.push([from.bill, currency, providers[from.bill], `${day.slice(0, 7)}-01`, day, charge, status, ...from.account, from.service, from.category, from.resource, from.tags ? JSON.stringify(from.tags) : '', billed.toFixed(6), effective.toFixed(6)]);
}

const columns = ['bill', 'BillingCurrency', 'ServiceProviderName', 'period', 'day', 'ChargeCategory', 'CommitmentDiscountStatus', 'SubAccountId', 'SubAccountName', 'ServiceName', 'ServiceCategory', 'ResourceId', 'Tags', 'BilledCost', 'EffectiveCost'];
const temporary = join(folder, 'lines.json');
writeFileSync(temporary, lines.map((line) => JSON.stringify(Object.fromEntries(columns.map((name, at) => [name, line[at]])))).join('\n'));
const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
const connection = await instance.connect();
for (const bill of Object.keys(providers)) {
  mkdirSync(join(folder, 'bills'), { recursive: true });
  await connection.run(
    `COPY (SELECT BilledCost::DECIMAL(18,6) AS BilledCost, EffectiveCost::DECIMAL(18,6) AS EffectiveCost, BillingCurrency,
       period::TIMESTAMP AS BillingPeriodStart, period::TIMESTAMP + INTERVAL 1 MONTH AS BillingPeriodEnd,
       day::TIMESTAMP AS ChargePeriodStart, day::TIMESTAMP + INTERVAL 1 DAY AS ChargePeriodEnd, ChargeCategory,
       nullif(CommitmentDiscountStatus, '') AS CommitmentDiscountStatus, ServiceProviderName, SubAccountId, SubAccountName,
       ServiceName, ServiceCategory, nullif(ResourceId, '') AS ResourceId, nullif(Tags, '') AS Tags
     FROM read_json('${temporary}', format = 'newline_delimited', columns = {${columns.map((name) => `${name}: 'VARCHAR'`).join(', ')}})
     WHERE bill = '${bill}') TO '${join(folder, 'bills', `${bill}.parquet`)}' (FORMAT parquet, COMPRESSION zstd)`,
  );
}
rmSync(temporary);

/** What OpenCost answered about harbour-eu: one day of each week, and each day of the last month. */
const workloads: [namespace: string, name: string, share: number, cpu: [number, number], memory: [number, number]][] = [
  ['checkout', 'checkout-api', 46, [12, 7.4], [24, 17]],
  ['checkout', 'basket', 22, [6, 3.1], [12, 7]],
  ['checkout', 'order-ledger', 19, [5, 1.2], [16, 5]],
  ['checkout', 'invoice-renderer', 14, [6, 0.7], [12, 3.2]],
  ['assortment', 'product-catalogue', 24, [6, 4.1], [16, 11]],
  ['assortment', 'product-search', 31, [8, 5.2], [32, 27]],
  ['assortment', 'price-engine', 17, [4, 2.9], [8, 5]],
  ['delivery', 'slot-service', 20, [5, 3.8], [8, 6]],
  ['delivery', 'route-planner', 41, [16, 12.5], [24, 18]],
  ['delivery', 'arrival-estimates', 12, [4, 0.9], [8, 2]],
  ['storefront', 'web-shop', 27, [8, 5.9], [16, 10]],
  ['storefront', 'shop-graph-gateway', 16, [4, 2.7], [6, 4]],
  ['stock', 'stock-service', 18, [4, 2.5], [8, 6]],
  ['picking', 'wave-planner', 15, [4, 1.1], [12, 8]],
  ['identity', 'permissions', 9, [3, 1.6], [4, 3]],
  ['data', 'event-collector', 21, [6, 4.8], [12, 9]],
  ['kube-system', 'coredns', 6, [1, 0.4], [1, 0.6]],
];
const gibibyte = 1024 ** 3;
const data = [];
for (let day = 3; day < days; day += day < days - 30 ? 7 : 1) {
  const start = new Date(first + day * 86_400_000).toISOString().replace('.000', '');
  const end = new Date(first + (day + 1) * 86_400_000).toISOString().replace('.000', '');
  const window = { start, end };
  const set: Record<string, object> = {};
  for (const [namespace, name, share, cpu, memory] of workloads) {
    const noise = Math.exp(0.05 * random.normal());
    const labels = { app: name, backstage_io_kubernetes_id: name };
    set[`${namespace}/deployment/${name}`] = { name: `${namespace}/deployment/${name}`, properties: { cluster: 'harbour-eu', namespace, controllerKind: 'deployment', controller: name, labels }, window, minutes: 1440, cpuCoreRequestAverage: cpu[0], cpuCoreUsageAverage: round(cpu[1] * noise), cpuCost: round(share * 0.62 * noise), ramByteRequestAverage: memory[0] * gibibyte, ramByteUsageAverage: Math.round(memory[1] * gibibyte * noise), ramCost: round(share * 0.38 * noise), totalCost: round(share * noise) };
  }
  set['__idle__'] = { name: '__idle__', properties: { cluster: 'harbour-eu' }, window, minutes: 1440, cpuCost: 31, ramCost: 17, totalCost: round(48 * Math.exp(0.1 * random.normal())) };
  data.push(set);
}
mkdirSync(join(folder, 'opencost'), { recursive: true });
writeFileSync(join(folder, 'opencost', 'harbour-eu.json'), `${JSON.stringify({ code: 200, data })}\n`);

/** Orders a day, over all and per delivery system. */
const orders = ['date,value,entity'];
for (let day = 0; day < days; day += 1) {
  const date = new Date(first + day * 86_400_000);
  const count = Math.round(5200 * (1 + day / 900) * (date.getUTCDay() % 6 === 0 ? 1.3 : 1) * Math.exp(0.05 * random.normal()));
  orders.push(`${date.toISOString().slice(0, 10)},${count},`, `${date.toISOString().slice(0, 10)},${count},component:checkout-api`);
}
mkdirSync(join(folder, 'metrics'), { recursive: true });
writeFileSync(join(folder, 'metrics', 'orders.csv'), `${orders.join('\n')}\n`);

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
