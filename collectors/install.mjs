/** Brings a fresh clone to life: its npm packages, and with them the pinned Node. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const engine = dirname(dirname(fileURLToPath(import.meta.url)));

/** Installs the packages of a clone whose lockfile is newer than what is installed; an npm package comes installed. */
export function ensureInstalled() {
  const lockfile = join(engine, 'package-lock.json');
  if (!existsSync(lockfile)) return;
  const installed = join(engine, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lockfile).mtimeMs) return;
  if (existsSync(installed) && samePackages(lockfile, installed)) return;
  console.error('callboard: installing packages');
  if (npm(['ci', '--loglevel=error']).status === 0) return;
  // A lockfile names the optional packages of every platform its registry had; another registry may have more of them,
  // and `npm ci` then refuses. An install keeps every locked version and adds what is missing.
  const { status, stderr } = npm(['install', '--no-save', '--loglevel=error']);
  if (status === 0) return;
  console.error(`${stderr}\ncallboard: npm could not install the packages; its messages are above`);
  process.exit(status ?? 70);
}

function npm(parameters) {
  return spawnSync('npm', [...parameters, '--no-audit', '--no-fund'], {
    cwd: engine,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
}

/** npm writes the tree it installed; compared with the lockfile, a checkout that only touched the file installs nothing. */
function samePackages(lockfile, installed) {
  const wanted = packagesOf(lockfile);
  const present = packagesOf(installed);
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || entry.optional || entry.peer) continue;
    if (present[path]?.version !== entry.version) return false;
  }
  return true;
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

/** The Node brought by the package `node`; the running one where that package has no binary for this platform. */
export function pinnedNode() {
  try {
    const manifest = createRequire(import.meta.url).resolve('node/package.json');
    const binary = join(
      dirname(manifest),
      'bin',
      process.platform === 'win32' ? 'node.exe' : 'node',
    );
    if (existsSync(binary)) return binary;
  } catch {
    // Not installed: decided below.
  }
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  console.error(
    `callboard: the package "node" brought no Node for ${process.platform}-${process.arch}, and this Node ${process.versions.node} is too old.`,
  );
  console.error(
    'Allow its install script (npm install-scripts approve node && npm rebuild node), or use Node >= 24.',
  );
  process.exit(70);
}

/** Command line for the pinned Node. `__proto__` is taken away because we read other people's data. */
export function nodeArguments(rest) {
  return [
    '--disable-warning=ExperimentalWarning',
    '--disable-proto=delete',
    // What is read and judged is garbage soon after: a larger nursery took 130 MB more for no time.
    ...(rest[0] === 'collect' ? ['--max-semi-space-size=8'] : []),
    '--import',
    new URL('./register.mjs', import.meta.url).href,
    join(engine, 'collectors', 'cli.ts'),
    ...rest,
  ];
}
