import { cp, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { CallboardError, exitCode } from '../../collectors/callboard-error.ts';
import { filesIn } from '../files-in.ts';

export interface ExportReport {
  files: number;
  /** Bytes written. */
  bytes: number;
}

/** What a zip file without its 64-bit extension can count. */
const mostFiles = 65_535;
const mostBytes = 0xffff_ffff;

/** Files that are compressed already: trying again only takes time. */
const packed = /\.(png|jpe?g|gif|webp|avif|woff2|idx|zip|gz)$/i;

/** The day zip files count from: the same portal gives the same bytes, whatever the hour. */
const fixedDate = new Date(1980, 0, 1);

/** Copies a built portal to a folder. */
export async function exportFolder(dist: string, target: string): Promise<ExportReport> {
  await mkdir(dirname(target), { recursive: true });
  await cp(dist, target, { recursive: true });
  const paths = filesOf(dist);
  let bytes = 0;
  for (const path of paths) bytes += (await stat(join(dist, path))).size;
  return { files: paths.length, bytes };
}

/** Packs a built portal into a zip file, below one folder in it. The file takes its name when it is whole. */
export async function exportZip(
  dist: string,
  target: string,
  folder: string,
): Promise<ExportReport> {
  const paths = filesOf(dist);
  if (paths.length > mostFiles) {
    throw new CallboardError(
      exitCode.usage,
      `The portal has ${paths.length.toLocaleString('en')} files, and a zip file holds ${mostFiles.toLocaleString('en')}.`,
      'Export a folder (without --zip) and pack it with tar.',
    );
  }
  await mkdir(dirname(target), { recursive: true });
  const partial = `${target}.partial`;
  try {
    const bytes = await writeZip(dist, paths, partial, folder);
    await rename(partial, target);
    return { files: paths.length, bytes };
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** One file at a time, each written before the next is read: a portal need not fit into memory. */
async function writeZip(
  dist: string,
  paths: readonly string[],
  partial: string,
  folder: string,
): Promise<number> {
  const file = await open(partial, 'w');
  try {
    let chunks: Uint8Array[] = [];
    let failure: Error | undefined;
    const zip = new Zip((error, chunk) => {
      if (error) failure = error;
      else chunks.push(chunk);
    });
    let bytes = 0;
    async function flush(): Promise<void> {
      if (failure) throw failure;
      for (const chunk of chunks) {
        await file.writeFile(chunk);
        bytes += chunk.length;
      }
      chunks = [];
      if (bytes > mostBytes) throw tooLarge();
    }
    for (const path of paths) {
      const name = `${folder}/${path}`;
      const entry = packed.test(path)
        ? new ZipPassThrough(name)
        : new ZipDeflate(name, { level: 6 });
      entry.mtime = fixedDate;
      zip.add(entry);
      entry.push(await readFile(join(dist, path)), true);
      await flush();
    }
    zip.end();
    await flush();
    return bytes;
  } finally {
    await file.close();
  }
}

function tooLarge(): CallboardError {
  return new CallboardError(
    exitCode.usage,
    'The portal is larger than the 4 GB a zip file holds.',
    'Export a folder (without --zip) and pack it with tar.',
  );
}

/** Files by their paths as zip files write them, always in one order. */
function filesOf(dist: string): string[] {
  return filesIn(dist)
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted();
}
