import type { GithubClient } from './client.ts';
import { limits } from './limits.ts';
import { fetchBlob, fetchObjects, type WantedObject } from './objects.ts';
import { everything, isComplete, knownFile, topOf, type RepositoryRecord } from './record.ts';
import { isCovered, isGlob } from './repository.ts';
import { matchingFiles } from './matching.ts';
import type { Store } from './store.ts';
import { listTree } from './tree.ts';
import { docsFolder, includedSites, parseWebPlace, pathFrom, isInside, wantsOf } from './wants.ts';

/** Everything the catalog files of one account lead to. */
export interface Plan {
  /** Folders to be whole, by node id. */
  folders: Map<string, Set<string>>;
  /** Single files, by node id. */
  files: Map<string, Set<string>>;
  /** Catalog files beyond the configured ones, named by Locations elsewhere. */
  extraCatalogFiles: Map<string, Set<string>>;
  /** Targets of Locations that are read from other repositories, by the node id they stand in. */
  followed: Map<string, Set<string>>;
}

export interface PrepareOptions {
  catalogFiles: readonly string[];
  hasDocs: boolean;
  web: string;
  /** Finds a repository of the sweep, or fetches one it did not bring; undefined where there is none. */
  locate(owner: string, name: string): Promise<RepositoryRecord | undefined>;
}

/** Follows catalog files, round by round, to all they name, learning each round's files in few queries. */
export async function prepare(
  client: GithubClient,
  store: Store,
  nodeIds: readonly string[],
  options: PrepareOptions,
): Promise<Plan> {
  const plan: Plan = {
    folders: new Map(),
    files: new Map(),
    extraCatalogFiles: new Map(),
    followed: new Map(),
  };
  const docs: WantedObject[] = [];
  const seen = new Set<string>();
  let round: WantedObject[] = [];
  for (const nodeId of nodeIds) {
    const record = store.record(nodeId);
    if (!record) continue;
    if (!options.catalogFiles.every((glob) => !isGlob(glob) || isCovered(record, glob)))
      await listTree(client, store, record);
    for (const path of matchingFiles(store.record(nodeId)!, options.catalogFiles))
      enqueue(round, nodeId, path);
  }

  for (let depth = 0; depth < limits.depth && round.length > 0; depth++) {
    await learn(round);
    const next: WantedObject[] = [];
    for (const { nodeId, path } of round) await follow(nodeId, path, next);
    round = next;
  }
  if (options.hasDocs) await planDocs();
  await learn([...plan.files].flatMap(([nodeId, paths]) => filesAlone(nodeId, paths)));
  return plan;

  /** Files that will not come along with a folder of their repository. */
  function filesAlone(nodeId: string, paths: ReadonlySet<string>): WantedObject[] {
    const record = store.record(nodeId);
    if (!record || missingFolders(record, plan).length > 0) return [];
    return [...paths].map((path) => ({ nodeId, path }));
  }

  function enqueue(list: WantedObject[], nodeId: string, path: string): void {
    const key = `${nodeId}\0${path}`;
    if (seen.has(key)) return;
    seen.add(key);
    list.push({ nodeId, path });
  }

  /** Fetches what it takes a request to know, all of it together. */
  async function learn(wanted: readonly WantedObject[]): Promise<void> {
    const unknown = wanted.filter(({ nodeId, path }) => {
      const record = store.record(nodeId);
      return record && knownFile(record, path) === undefined;
    });
    await fetchObjects(client, store, unknown);
  }

  async function follow(nodeId: string, path: string, next: WantedObject[]): Promise<void> {
    const record = store.record(nodeId);
    const known = record && knownFile(record, path);
    if (!record || !known || known.isLink || known.size > limits.parsedBytes) return;
    const text = Buffer.from(await fetchBlob(client, store, record, known.oid)).toString();
    const wants = wantsOf(path, text);
    for (const file of wants.files) addTo(plan.files, nodeId, file);
    for (const folder of wants.folders) addTo(plan.folders, nodeId, folder);
    for (const folder of wants.docs) docs.push({ nodeId, path: folder });
    for (const address of wants.docsAddresses) {
      const place = parseWebPlace(address, options.web);
      const target = place && (await options.locate(place.owner, place.name));
      if (target) docs.push({ nodeId: target.nodeId, path: place.path });
    }
    for (const target of wants.targets) await followTarget(record, path, target, next);
  }

  async function followTarget(
    record: RepositoryRecord,
    file: string,
    target: string,
    next: WantedObject[],
  ): Promise<void> {
    const { nodeId } = record;
    if (!/^[a-z][a-z0-9+.-]*:/i.test(target)) {
      const path = pathFrom(file, target);
      if (isInside(path)) await followPath(record, path, next);
      return;
    }
    const place = parseWebPlace(target, options.web);
    if (!place) return;
    const found = await options.locate(place.owner, place.name);
    const isCurrent = [found?.branch, found?.commit, 'HEAD'].includes(place.branch);
    if (!found || !isCurrent) return;
    await followPath(found, place.path, next);
    if (found.nodeId === nodeId) return;
    addTo(plan.extraCatalogFiles, found.nodeId, place.path);
    addTo(plan.followed, nodeId, target);
  }

  async function followPath(
    record: RepositoryRecord,
    path: string,
    next: WantedObject[],
  ): Promise<void> {
    if (!isGlob(path)) {
      enqueue(next, record.nodeId, path);
      return;
    }
    if (!isCovered(record, path)) await listTree(client, store, record);
    for (const found of matchingFiles(store.record(record.nodeId)!, [path]))
      enqueue(next, record.nodeId, found);
  }

  /** Where a site's mkdocs.yml is decides which folder holds its pages. */
  async function planDocs(): Promise<void> {
    const names = ['mkdocs.yml', 'mkdocs.yaml'];
    await learn(
      docs.flatMap(({ nodeId, path }) =>
        names.map((name) => ({ nodeId, path: below(path, name) })),
      ),
    );
    // A site may include the sites of folders below it; each of them is looked at once.
    for (const { nodeId, path } of docs) {
      const record = store.record(nodeId);
      if (!record) continue;
      const known = names.map((name) => knownFile(record, below(path, name))).find(Boolean);
      const bytes =
        known && known.size <= limits.parsedBytes
          ? await fetchBlob(client, store, record, known.oid)
          : undefined;
      const text = bytes && Buffer.from(bytes).toString();
      addTo(plan.folders, nodeId, below(path, docsFolder(text)));
      for (const name of ['README.md', 'techdocs.yaml', 'techdocs.yml'])
        addTo(plan.files, nodeId, below(path, name));
      const included = includedSites(below(path, 'mkdocs.yml'), text)
        .filter((site) => !docs.some((each) => each.nodeId === nodeId && each.path === site))
        .map((site) => ({ nodeId, path: site }));
      await learn(
        included.flatMap((each) => names.map((name) => ({ nodeId, path: below(each.path, name) }))),
      );
      docs.push(...included);
    }
  }
}

/** Folders of the plan that are there and not whole yet. */
export function missingFolders(record: RepositoryRecord, plan: Plan): string[] {
  const wanted = [...(plan.folders.get(record.nodeId) ?? [])].filter(
    (folder) => !isWhole(record, folder),
  );
  if (wanted.includes('')) return [''];
  return wanted.filter((folder) => record.entries[topOf(folder)]?.type === 'tree').sort();
}

/** Names alone are no contents: only a folder that was downloaded, itself or around this one, is whole. */
function isWhole(record: RepositoryRecord, folder: string): boolean {
  if (record.folders[everything] !== undefined) return true;
  return folder !== '' && isComplete({ ...record, folders: { ...record.folders, '': '' } }, folder);
}

function below(folder: string, name: string): string {
  return [folder, name].filter((part) => part !== '').join('/');
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key) ?? new Set();
  map.set(key, set.add(value));
}
