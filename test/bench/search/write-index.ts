/** `node write-index.ts <portal> [<folder> <cache>]`: what `callboard build` does for search; without a folder, for its texts only. */
import { loadConfig } from '../../../collectors/config.ts';
import { preparePlugins } from '../../../site/prepare.ts';
import { writeSearch } from '../../../site/search/write.ts';
import { loadPortal } from '../../../site/src/portal/load.ts';
import { folderOutput } from './folder-output.ts';

const [directory, folder, cache] = process.argv.slice(2);
if (!directory) throw new Error('Name a portal.');
const config = await loadConfig(directory);
await preparePlugins(directory, config, console.log);
const portal = await loadPortal(directory, config, '/');
if (folder && cache) {
  const started = performance.now();
  const report = await writeSearch(portal, folderOutput(folder), cache);
  console.log(JSON.stringify({ ...report, seconds: (performance.now() - started) / 1000 }));
}
