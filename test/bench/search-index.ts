/**
 * What the search index costs beside plain Pagefind over the built HTML of the same pages.
 * `npm run bench:index -- [10000] [--portal <folder with a built portal of that size>]`
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { measure, sizeOf, type Measured } from './measure.ts';
import { LargePortal } from './search/large-portal.ts';
import { recordsOf } from './search/portal.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { portal: { type: 'string' } },
});
const size = Number(positionals[0] ?? 10_000);
const writer = join(import.meta.dirname, 'search/write-index.ts');
const scratch = mkdtempSync(join(tmpdir(), 'callboard-index-'));
const portal = new LargePortal(values.portal ?? join(scratch, 'portal'), size);
if (!values.portal) portal.build();

const pages = join(scratch, 'pages');
copyPages(pages);
const plain = await indexPlainly();
// Plain Pagefind's pages were just written; what ours reads is read once too.
finished(await measure(process.execPath, [writer, portal.folder], scratch));
const full = await indexOurs();
const sizes = { plain: sizesOf('plain'), ours: sizesOf('ours/search', 'ours/pagefind') };
// Another sentence each time: a portal that was given may have been changed before.
portal.change(Math.floor(size / 2), ` Sentence ${Date.now()}.`);
// The page is rendered anyway: what the index costs starts after that.
finished(await measure(process.execPath, [writer, portal.folder], scratch));
const changed = await indexOurs();
report();
rmSync(scratch, { recursive: true });

/** The pages of everything there is to find, and no others: plain Pagefind is not charged for our lists. */
function copyPages(folder: string): void {
  for (const { url } of recordsOf(portal.dist)) {
    const path = join(decodeURI(url.replace(/[#?].*/, '')), 'index.html');
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(portal.dist, path), join(folder, path));
  }
}

async function indexPlainly(): Promise<Measured> {
  const launcher = join(import.meta.dirname, '../../node_modules/pagefind/lib/runner/bin.cjs');
  return finished(
    await measure(
      process.execPath,
      [
        launcher,
        '--site',
        pages,
        '--root-selector',
        'main',
        '--output-path',
        join(scratch, 'plain'),
      ],
      scratch,
    ),
  );
}

/** Our index by a process of its own, which reads the snapshots first as a build does; its time counts too. */
async function indexOurs(): Promise<Measured & { inside: number }> {
  const run = finished(
    await measure(
      process.execPath,
      [writer, portal.folder, join(scratch, 'ours'), join(scratch, 'cache')],
      scratch,
    ),
  );
  const { seconds }: { seconds: number } = JSON.parse(run.output.trim().split('\n').at(-1)!);
  return { ...run, inside: seconds };
}

function sizesOf(...folders: string[]): { files: number; bytes: number } {
  const each = folders.map((folder) => sizeOf(join(scratch, folder)));
  return {
    files: each.reduce((sum, { files }) => sum + files, 0),
    bytes: each.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

function finished(run: Measured): Measured {
  if (run.status !== 0) throw new Error(`Indexing ended with ${run.status}: ${run.output}`);
  return run;
}

function report(): void {
  const row = ({ seconds, together }: Measured) => ({ seconds: round(seconds), MB: together });
  console.table({
    'plain Pagefind': { ...row(plain), ...sizes.plain },
    'ours, everything': { ...row(full), ...sizes.ours, 'of it writing': round(full.inside) },
    'ours, one page changed': { ...row(changed), 'of it writing': round(changed.inside) },
  });
  const ratios = {
    time: round(full.seconds / plain.seconds),
    memory: round(full.together / plain.together),
    onePage: round(changed.seconds / plain.seconds),
    size: round(sizes.ours.bytes / sizes.plain.bytes),
  };
  const holds =
    ratios.time <= 0.8 && ratios.memory <= 0.4 && ratios.onePage <= 0.15 && ratios.size <= 1.3;
  console.log(`RESULT ${JSON.stringify({ bench: 'index', pages: size, ...ratios, holds })}`);
  process.exitCode = holds ? 0 : 1;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
