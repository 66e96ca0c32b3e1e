import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import { requirePortal } from '../built-portal.ts';
import { CallboardError, exitCode } from '../callboard-error.ts';

interface Options {
  to?: string;
  zip?: boolean;
}

const defaultName = 'callboard-portal';

/** Adds `callboard export`. */
export function addExport(program: Command): void {
  program
    .command('export')
    .summary('copy the built portal to a folder or a zip file')
    .description(
      'Copies dist/ to a folder of its own, or packs it into a zip file with that folder in it. Any static server serves the folder, and so does `callboard preview <folder>`.',
    )
    .option('--zip', 'write a zip file instead of a folder')
    .option('--to <path>', `where to, default ${defaultName} or ${defaultName}.zip`)
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 2 usage, or the target is taken, 3 there is no portal, 70 a bug.',
    )
    .action(async ({ to, zip = false }: Options) => {
      const dist = join(process.cwd(), 'dist');
      requirePortal(dist);
      const target = resolve(to ?? (zip ? `${defaultName}.zip` : defaultName));
      requireFree(target, dist, zip);
      const { exportFolder, exportZip } = await import('../../site/export/export.ts');
      const { files, bytes } = zip
        ? await exportZip(dist, target, defaultName)
        : await exportFolder(dist, target);
      const size = (bytes / 1_000_000).toFixed(1);
      console.log(`Exported ${files} files to ${target} (${size} MB).`);
    });
}

/** Only an earlier zip is replaced: a folder may hold what somebody still needs. */
function requireFree(target: string, dist: string, isZip: boolean): void {
  const isInside = target === dist || target.startsWith(dist + sep);
  if (isInside) throw taken(target, 'is inside the portal itself');
  if (!existsSync(target)) return;
  const isFolder = statSync(target).isDirectory();
  if (isZip && isFolder) throw taken(target, 'is a folder');
  if (!isZip && !isFolder) throw taken(target, 'is a file');
  if (!isZip && readdirSync(target).length > 0) throw taken(target, 'is not empty');
}

function taken(target: string, why: string): CallboardError {
  return new CallboardError(
    exitCode.usage,
    `The portal cannot be exported to ${target}: it ${why}.`,
    'Name another place with --to.',
  );
}
