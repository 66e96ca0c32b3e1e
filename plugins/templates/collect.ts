import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { collectedEntities, type CollectedEntity } from '../catalog/index.ts';
import type { CollectContext, CollectResult, Repository } from '../types.ts';
import type { Bundle, BundledFile, SkeletonPlace } from './bundle.ts';
import { encodeFile, placeOfAddress } from './bundle.ts';
import { templateProblems } from './checks.ts';
import { executableMode, regularMode, templateSpecOf } from './engine/index.ts';
import type { CollectedTemplate, TemplatesOptions, TemplatesSnapshot } from './schema.ts';
import { skeletonAddresses } from './skeleton-addresses.ts';

const maxFileBytes = 1_000_000;
const maxTemplateBytes = 256 * 1024;

type Context = CollectContext<TemplatesOptions, TemplatesSnapshot>;

/** Bundles the skeletons of every template of the catalog, so that a browser can render them. */
export default async function collect(context: Context): Promise<CollectResult<TemplatesSnapshot>> {
  const entities = collectedEntities(context).filter(
    ({ entity }) => entity.kind.toLowerCase() === 'template',
  );
  const isFailed = new Set(
    context.sources.filter(({ state }) => state === 'failed').map(({ id }) => id),
  );
  const templates: CollectedTemplate[] = [];
  for (const [index, entity] of entities.entries()) {
    context.progress(index, entities.length, entity.ref);
    const kept = context.previous?.templates.find(({ ref }) => ref === entity.ref);
    if (isFailed.has(entity.origin.source) && kept) templates.push(kept);
    else templates.push(await bundleTemplate(entity, context));
  }
  templates.sort((a, b) => (a.ref < b.ref ? -1 : 1));
  await removeOthers(context.folder, new Set(templates.map(({ bundle }) => bundle)));
  return { data: { templates } };
}

async function bundleTemplate(
  collected: CollectedEntity,
  context: Context,
): Promise<CollectedTemplate> {
  const { entity, origin, ref } = collected;
  const home = context.repositories.find(
    ({ id, source }) => id === origin.repository && source === origin.source,
  );
  const folder = dirname(origin.file) === '.' ? '' : dirname(origin.file);
  const bundle: Bundle = { repository: origin.repository, folder, repositories: [] };
  const room = { files: context.options.maxBundleFiles, bytes: context.options.maxBundleBytes };
  const missing: CollectedTemplate['missing'] = [];
  for (const { fixed, address, isFile } of skeletonAddresses(templateSpecOf(entity.spec))) {
    const place = placeOfAddress(fixed, bundle);
    const reason = await addSkeleton(place, isFile, bundle, home, context, room);
    if (reason !== undefined) missing.push({ address, reason });
  }
  if (home) await reportProblems(collected, home, context);
  const name = `${ref.slice(ref.indexOf(':') + 1)}.json`;
  await writeBundle(join(context.folder, name), bundle);
  return {
    ref,
    source: origin.source,
    bundle: name,
    files: context.options.maxBundleFiles - room.files,
    bytes: context.options.maxBundleBytes - room.bytes,
    missing,
  };
}

/** Adds the files of one skeleton; gives the reason when it could not. */
async function addSkeleton(
  place: SkeletonPlace | undefined,
  isFile: boolean,
  bundle: Bundle,
  home: Repository | undefined,
  context: Context,
  room: { files: number; bytes: number },
): Promise<string | undefined> {
  if (place === undefined) return 'the address leads nowhere this portal reads';
  const repository =
    place.repository === bundle.repository
      ? home
      : context.repositories.find(({ id }) => id.toLowerCase() === place.repository.toLowerCase());
  if (!repository) return `${place.repository} is not one of the repositories this portal reads`;
  const paths = isFile
    ? [place.path]
    : await repository.find([place.path === '' ? '**/*' : `${escapeGlob(place.path)}/**/*`]);
  const known = knownFiles(bundle, place.repository);
  let found = 0;
  for (const path of paths.toSorted()) {
    if (/(^|\/)\.git(\/|$)/i.test(path)) continue;
    if (known.some((file) => file.path === path)) found++;
    if (known.some((file) => file.path === path)) continue;
    const content = await readWithin(repository, path);
    if (content === undefined)
      return `${path} is larger than ${maxFileBytes} bytes or cannot be read`;
    if (content === null) continue;
    found++;
    room.files--;
    room.bytes -= content.length;
    if (room.files < 0 || room.bytes < 0) {
      room.files = Math.max(room.files, 0);
      room.bytes = Math.max(room.bytes, 0);
      return `it holds more than ${context.options.maxBundleFiles} files or ${context.options.maxBundleBytes} bytes`;
    }
    known.push(encodeFile(path, content, await modeOf(repository, path, content)));
  }
  return found > 0 ? undefined : 'there is no such folder or file';
}

function knownFiles(bundle: Bundle, id: string): BundledFile[] {
  const entry = bundle.repositories.find((each) => each.id === id);
  if (entry) return entry.files;
  const files: BundledFile[] = [];
  bundle.repositories.push({ id, files });
  return files;
}

async function readWithin(
  repository: Repository,
  path: string,
): Promise<Uint8Array | null | undefined> {
  try {
    return await repository.read(path, maxFileBytes);
  } catch {
    return undefined;
  }
}

/** Where the source does not know the mode, a script says by its first line that it can be run. */
async function modeOf(repository: Repository, path: string, content: Uint8Array): Promise<number> {
  const isScript = content[0] === 0x23 && content[1] === 0x21;
  return ((await repository.isExecutable?.(path)) ?? isScript) ? executableMode : regularMode;
}

function escapeGlob(path: string): string {
  return path.replaceAll(/[*?[\]{}()!+@\\]/g, String.raw`\$&`);
}

async function reportProblems(
  { origin, ref }: CollectedEntity,
  home: Repository,
  context: Context,
): Promise<void> {
  const bytes = await home.read(origin.file, maxTemplateBytes).catch(() => null);
  if (!bytes) return;
  const found = await templateProblems(
    new TextDecoder().decode(bytes),
    origin.file,
    home,
    context.plugins,
  );
  for (const problem of found) if (problem.entity === ref) context.report(problem);
}

async function writeBundle(path: string, bundle: Bundle): Promise<void> {
  for (const { files } of bundle.repositories) files.sort((a, b) => (a.path < b.path ? -1 : 1));
  bundle.repositories.sort((a, b) => (a.id < b.id ? -1 : 1));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(bundle)}\n`);
}

async function removeOthers(folder: string, kept: ReadonlySet<string>): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(folder.length + 1).replaceAll('\\', '/');
    if (entry.isFile() && !kept.has(name)) await rm(path, { force: true });
  }
}
