/** `npm run bench:catalog`: generated organisations collected and built, beside a bare Astro site of as many pages. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeBareSite } from './bare-astro.ts';
import { generateOrganisation } from './catalog-organisation.ts';
import { measure, sizeOf } from './measure.ts';

const engine = join(import.meta.dirname, '../..');
const launcher = join(engine, 'collectors/callboard.mjs');
const repositories = 2000;
const sizes = process.argv.slice(2).map(Number).filter(Number.isInteger);
const rows: Awaited<ReturnType<typeof benchmark>>[] = [];

for (const entities of sizes.length > 0 ? sizes : [1000, 10_000])
  rows.push(await benchmark(entities));

console.table(rows);
// The issue names no bar for time here; what must hold is that nothing was left out.
const holds = rows.every((row) => row.pages > row.entities);
console.log(`RESULT ${JSON.stringify({ rows, holds })}`);

async function benchmark(entities: number) {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-bench-'));
  const bare = mkdtempSync(join(tmpdir(), 'callboard-bare-'));
  generateOrganisation(join(folder, 'repositories'), { entities, repositories, seed: 1 });
  writeFileSync(
    join(folder, 'callboard.config.ts'),
    "export default { sources: [{ type: 'local', root: './repositories' }] };\n",
  );
  const collect = await measure(process.execPath, [launcher, 'collect', '--quiet'], folder);
  const build = await measure(process.execPath, [launcher, 'build'], folder);
  if (collect.status !== 0 || build.status !== 0) throw new Error(collect.output + build.output);
  const pages = Number(/(\d+) pages, /.exec(build.output)?.[1]);
  const { files, bytes } = sizeOf(join(folder, 'dist'));

  writeBareSite(bare, engine);
  const astro = await measure(
    process.execPath,
    [join(engine, 'node_modules/astro/bin/astro.mjs'), 'build'],
    bare,
    {
      PAGES: String(pages),
    },
  );
  if (astro.status !== 0) throw new Error(astro.output);
  for (const used of [folder, bare]) rmSync(used, { recursive: true, force: true });
  return {
    entities,
    pages,
    'collect s': round(collect.seconds),
    'collect MB': collect.peak,
    'build s': round(build.seconds),
    'build MB': build.peak,
    'pages/s': Math.round(pages / build.seconds),
    'dist MB': round(bytes / 1e6),
    'dist files': files,
    'bare Astro s': round(astro.seconds),
    'bare Astro MB': astro.peak,
    'build / bare': round(build.seconds / astro.seconds),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
