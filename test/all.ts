/** `npm test`: every check, one after another, and a last line that counts them. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const corpus = process.env['CALLBOARD_CORPUS'] ?? join(root, '../shared/corpus');
const results = mkdtempSync(join(tmpdir(), 'callboard-test-'));
let passed = 0;
let failed = 0;

step('types', ['tsc', '--noEmit']);
step('types of pages', [
  'astro',
  'check',
  '--root',
  '.',
  '--config',
  'site/astro.config.ts',
  '--minimumSeverity',
  'error',
]);
step('lint', ['oxlint']);
step('format', ['oxfmt', '--check']);
step('unused code', ['knip']);
suite('unit', ['vitest', 'run']);
suite('browser', ['vitest', 'run', '--config', 'test/browser/vitest.config.ts']);
if (existsSync(corpus)) {
  step('catalog conformance', ['node', 'test/conformance/catalog.ts', corpus]);
} else {
  console.log(`\n== conformance: skipped, there is no corpus at ${corpus}`);
}

console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** A check that passes or fails as a whole. */
function step(name: string, command: string[]): void {
  const isGreen = run(name, command);
  if (isGreen) passed++;
  else failed++;
}

/** A suite of Vitest: every test counts. */
function suite(name: string, command: string[]): void {
  const file = join(results, `${name}.json`);
  const isGreen = run(name, [
    ...command,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const counts: { numPassedTests: number; numFailedTests: number } = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { numPassedTests: 0, numFailedTests: 0 };
  passed += counts.numPassedTests;
  failed += counts.numFailedTests;
  if (!isGreen && counts.numFailedTests === 0) failed++;
}

function run(name: string, [command, ...parameters]: string[]): boolean {
  console.log(`\n== ${name}`);
  const started = performance.now();
  const { status } = spawnSync(command!, parameters, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, NODE_OPTIONS: '--disable-warning=ExperimentalWarning' },
  });
  console.log(
    `-- ${name}: ${status === 0 ? 'green' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(0)} s`,
  );
  return status === 0;
}
