/**
 * Bundles the pages into a folder. A process of its own: the memory a bundler takes is not given back.
 *
 *   node make-bundle.ts <folder> <BundleTarget as JSON>
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'astro';
import { engineDirectory } from '../directory.ts';
import { extensionsModule } from '../extensions-module.ts';
import { workerCode } from '../offline/worker-file.ts';
import { bundledFiles } from './bundle-files.ts';
import { BundleStamp } from './bundle-stamp.ts';
import { bundleFile, bundleKey, type Bundle, type BundleTarget } from './bundle.ts';
import { KeptServer } from './kept-server.ts';

const [, , folder, json] = process.argv;
await makeBundle(folder!, JSON.parse(json!) as BundleTarget);

async function makeBundle(folder: string, target: BundleTarget): Promise<void> {
  const client = join(folder, 'client');
  const server = join(folder, 'server');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(client, { recursive: true });
  const stamp = new BundleStamp();
  const kept = new KeptServer(server);
  await build({
    root: engineDirectory,
    configFile: './site/astro.config.ts',
    outDir: client,
    base: target.base,
    logLevel: 'warn',
    ...(target.url === undefined ? {} : { site: target.url }),
    vite: { plugins: [extensionsModule(target.hasExtensions)] },
    integrations: [stamp.integration(), kept.integration()],
  });
  const [worker, stop] = await Promise.all([workerCode('worker.ts'), workerCode('stop.ts')]);
  const bundle: Bundle = {
    stamp: stamp.value,
    entry: readdirSync(server).find((name) => name.startsWith('prerender-entry'))!,
    pages: [...kept.pages].map(([key, { styles }]) => [key, { styles }]),
    workers: { worker, stop },
    files: bundledFiles(stamp.modules),
    key: bundleKey(target),
  };
  writeFileSync(join(folder, bundleFile), JSON.stringify(bundle));
}
