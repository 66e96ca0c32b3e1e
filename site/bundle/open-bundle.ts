import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { engineDirectory } from '../directory.ts';
import { bundleKey, readBundle, type Bundle, type BundleTarget } from './bundle.ts';

export interface OpenedBundle extends Bundle {
  folder: string;
}

/**
 * The pages, bundled: as an earlier build left them where nothing they are made of has changed, or made now.
 * The organisation's folder keeps its own, which CI caches. One without plugins of the organisation's is also
 * kept with the engine, for whichever portal is built next.
 */
export async function openBundle(target: BundleTarget): Promise<OpenedBundle> {
  const key = bundleKey(target);
  const folder = join(target.directory, '.callboard', 'bundle');
  const shared = target.hasExtensions ? undefined : sharedFolder(key);
  const found = readBundle(folder, key) ?? (shared && fetchShared(shared, folder, key));
  if (found) return { ...found, folder };
  await make(folder, target);
  const bundle = readBundle(folder, key);
  if (!bundle) throw new Error(`The bundle in ${folder} is not what was asked for`);
  if (shared !== undefined) share(folder, shared);
  return { ...bundle, folder };
}

function sharedFolder(key: string): string {
  const name = createHash('sha256').update(key).digest('hex').slice(0, 16);
  return join(engineDirectory, 'node_modules', '.cache', 'callboard', name);
}

/** Another build may replace it at any time, so it is copied, and looked at again. */
function fetchShared(shared: string, folder: string, key: string): Bundle | undefined {
  if (!readBundle(shared, key)) return undefined;
  try {
    rmSync(folder, { recursive: true, force: true });
    cpSync(shared, folder, { recursive: true });
    return readBundle(folder, key);
  } catch {
    return undefined;
  }
}

/** Comes whole or not at all. */
function share(folder: string, shared: string): void {
  const next = `${shared}.${process.pid}`;
  try {
    mkdirSync(dirname(shared), { recursive: true });
    cpSync(folder, next, { recursive: true });
    rmSync(shared, { recursive: true, force: true });
    renameSync(next, shared);
  } catch {
    // Where the engine may not be written to, every organisation bundles for itself.
    rmSync(next, { recursive: true, force: true });
  }
}

function make(folder: string, target: BundleTarget): Promise<void> {
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--import',
      new URL('../../collectors/register.mjs', import.meta.url).href,
      fileURLToPath(new URL('./make-bundle.ts', import.meta.url)),
      folder,
      JSON.stringify(target),
    ],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, NODE_ENV: 'production', CALLBOARD_DIRECTORY: target.directory },
    },
  );
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('exit', (code, signal) => {
      if (code === 0) done();
      else
        fail(new Error(`Bundling the pages ended with ${code ?? signal}; what it said is above`));
    });
  });
}
