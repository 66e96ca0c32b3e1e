import { DuckDBInstance } from '@duckdb/node-api';

/** Shape of the bills: 400 days, 800 services, 2,000 applications on 14,000 resources, 70 % of them tagged. */
const lines = (rows: number) => `
  WITH resources AS (
    SELECT range AS r, hash(range * 31 + 7) AS h, hash(range * 17 + 3) % 100 < 70 AS tagged FROM range(14000)
  ), lines AS (
    SELECT hash(range * 13 + 5) AS h, floor(range * 400.0 / ${rows})::INTEGER AS d, hash(range * 13 + 5) % 14000 AS r FROM range(${rows})
  ), dated AS (
    SELECT l.h, d, tagged, resources.r, (resources.h % 2000)::INTEGER AS app, ((resources.h >> 16) % 800)::INTEGER AS service,
      ((resources.h >> 32) % 40)::INTEGER AS account, 0.01 + ((l.h >> 20) % 100000) / 1000.0 AS cost
    FROM lines l JOIN resources USING (r)
  )
  SELECT cost::DECIMAL(18,9)::DOUBLE AS BilledCost, (cost * 0.8)::DECIMAL(18,9)::DOUBLE AS EffectiveCost,
    (cost * 1.1)::DECIMAL(18,9)::DOUBLE AS ListCost, (cost * 0.9)::DECIMAL(18,9)::DOUBLE AS ContractedCost,
    '1234567890' AS BillingAccountId, 'Acme' AS BillingAccountName, 'USD' AS BillingCurrency,
    date_trunc('month', TIMESTAMP '2025-10-01' + to_days(d)) AS BillingPeriodStart,
    date_trunc('month', TIMESTAMP '2025-10-01' + to_days(d)) + INTERVAL 1 MONTH AS BillingPeriodEnd,
    CASE WHEN h % 1000 < 5 THEN 'Tax' WHEN h % 1000 < 10 THEN 'Credit' ELSE 'Usage' END AS ChargeCategory,
    NULL::VARCHAR AS ChargeClass, 'Usage of service ' || service AS ChargeDescription,
    TIMESTAMP '2025-10-01' + to_days(d) + to_hours((h >> 40)::INTEGER % 24) AS ChargePeriodStart,
    TIMESTAMP '2025-10-01' + to_days(d) + to_hours((h >> 40)::INTEGER % 24 + 1) AS ChargePeriodEnd,
    CASE WHEN h % 50 = 11 THEN 'Used' WHEN h % 500 = 12 THEN 'Unused' END AS CommitmentDiscountStatus,
    'Category ' || service % 12 AS ServiceCategory, 'Service ' || service AS ServiceName,
    CASE service % 3 WHEN 0 THEN 'AWS' WHEN 1 THEN 'Microsoft' ELSE 'Google Cloud' END AS ServiceProviderName,
    'arn:aws:service' || service || ':eu-west-1:' || account || ':thing/' || r AS ResourceId, NULL::VARCHAR AS ResourceName,
    'account-' || account AS SubAccountId, 'Account ' || account AS SubAccountName, 'sku-' || r % 3000 AS SkuId,
    CASE WHEN tagged THEN '{"app": "app-' || app || '", "environment": "' || CASE r % 3 WHEN 0 THEN 'prod' WHEN 1 THEN 'dev' ELSE 'staging' END || '"}' END AS Tags
  FROM dated ORDER BY d, h`;

/** Writes one bill; the same rows come out for the same number. */
export async function writeBill(rows: number, file: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const format = file.endsWith('.parquet')
    ? 'FORMAT parquet, COMPRESSION snappy'
    : 'FORMAT csv, HEADER, COMPRESSION gzip';
  await connection.run(`COPY (${lines(rows)}) TO '${file}' (${format})`);
  connection.closeSync();
  instance.closeSync();
}
