import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { recordText, type RepositoryRecord } from './record.ts';

const version = 1;

/**
 * Records and file contents of one source on disk, by git object id. It lies in the snapshot, so that a machine that has
 * nothing but the snapshot fetches only what changed. Every file appears whole or not at all.
 */
export class Store {
  readonly folder: string;
  private readonly scratch: string;
  private readonly recent = new Map<string, RepositoryRecord>();
  /** Node ids of records of this run that do not have all they need yet: the last run's stay in place until they do. */
  private readonly staged = new Set<string>();
  private partial = 0;

  /** `scratch` is for what must not be taken for the state: records that still lack something. */
  constructor(folder: string, scratch: string) {
    this.folder = join(folder, `v${version}`);
    this.scratch = join(scratch, 'staged');
    mkdirSync(join(this.folder, 'repositories'), { recursive: true });
    rmSync(this.scratch, { recursive: true, force: true });
  }

  record(nodeId: string): RepositoryRecord | undefined {
    const known = this.recent.get(nodeId);
    if (known) return known;
    const record = readJson<RepositoryRecord>(this.pathOf(nodeId));
    if (record) this.remember(record);
    return record;
  }

  save(record: RepositoryRecord): void {
    this.remember(record);
    this.writeWhole(this.pathOf(record.nodeId), recordText(record));
  }

  /** Holds a record back until `settle` or `refuse` says what becomes of it. */
  stage(record: RepositoryRecord): void {
    this.staged.add(record.nodeId);
    this.save(record);
  }

  /** The record has all it needs and takes the place of the last run's. */
  settle(nodeId: string): void {
    if (!this.staged.has(nodeId)) return;
    const record = this.record(nodeId);
    this.unstage(nodeId);
    if (record) this.save(record);
  }

  /** What the record needs cannot be had: the last run's stays, where there was one. */
  refuse(nodeId: string): void {
    if (!this.staged.has(nodeId)) return;
    const record = this.record(nodeId);
    this.unstage(nodeId);
    if (record && !this.record(nodeId)) this.save(record);
  }

  /** Gives up on everything that still lacks something. */
  refuseAll(): void {
    for (const nodeId of this.staged) this.refuse(nodeId);
  }

  forget(nodeId: string): void {
    this.unstage(nodeId);
    rmSync(this.pathOf(nodeId), { force: true });
  }

  /** Takes over the contents another store has; their names say what they are, so none is ever wrong. */
  copyObjects(other: Store): void {
    const from = join(other.folder, 'objects');
    if (existsSync(from))
      cpSync(from, join(this.folder, 'objects'), { recursive: true, force: false });
  }

  /** Deletes records and contents nothing refers to any more, and what killed runs left half written. */
  prune(used: ReadonlySet<string>): void {
    const oids = new Set<string>();
    for (const name of readdirSync(join(this.folder, 'repositories'))) {
      const path = join(this.folder, 'repositories', name);
      const nodeId = Buffer.from(name.replace(/\.json$/, ''), 'base64url').toString();
      const isUsed = name.endsWith('.json') && used.has(nodeId);
      const record = isUsed ? readJson<RepositoryRecord>(path) : undefined;
      if (!record) rmSync(path, { force: true });
      for (const file of Object.values(record?.files ?? {})) if (file) oids.add(file.oid);
    }
    const objects = join(this.folder, 'objects');
    for (const start of existsSync(objects) ? readdirSync(objects) : [])
      for (const rest of readdirSync(join(objects, start)))
        if (!oids.has(start + rest)) rmSync(join(objects, start, rest), { force: true });
    for (const name of readdirSync(this.folder))
      if (name.endsWith('.partial')) rmSync(join(this.folder, name), { force: true });
  }

  /** Names of the states kept that begin so. */
  stateNames(prefix: string): string[] {
    return readdirSync(this.folder)
      .filter((name) => name.startsWith(prefix) && name.endsWith('.json'))
      .map((name) => name.slice(0, -'.json'.length))
      .sort();
  }

  state<T>(name: string): T | undefined {
    return readJson<T>(join(this.folder, `${name}.json`));
  }

  saveState(name: string, state: object): void {
    this.writeWhole(join(this.folder, `${name}.json`), `${JSON.stringify(state, null, 1)}\n`);
  }

  /** Bytes of an object; null where it is missing or its bytes are not what its id says. */
  async blob(oid: string): Promise<Uint8Array | null> {
    try {
      const bytes = await readFile(this.blobPath(oid));
      return blobId(bytes) === oid ? bytes : null;
    } catch {
      return null;
    }
  }

  async saveBlob(bytes: Uint8Array): Promise<string> {
    const oid = blobId(bytes);
    const path = this.blobPath(oid);
    const partial = this.partialPath(path);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(partial, bytes);
    await rename(partial, path);
    return oid;
  }

  private blobPath(oid: string): string {
    return join(this.folder, 'objects', oid.slice(0, 2), oid.slice(2));
  }

  private pathOf(nodeId: string): string {
    const folder = this.staged.has(nodeId) ? this.scratch : join(this.folder, 'repositories');
    return join(folder, `${Buffer.from(nodeId).toString('base64url')}.json`);
  }

  /** Whatever is asked of the record from now on is answered from the last run's. */
  private unstage(nodeId: string): void {
    if (this.staged.has(nodeId)) rmSync(this.pathOf(nodeId), { force: true });
    this.staged.delete(nodeId);
    this.recent.delete(nodeId);
  }

  /** A few hundred records are at hand; all of a large organisation's would fill the memory. */
  private remember(record: RepositoryRecord): void {
    this.recent.delete(record.nodeId);
    this.recent.set(record.nodeId, record);
    const [oldest] = this.recent.keys();
    if (this.recent.size > 200 && oldest !== undefined) this.recent.delete(oldest);
  }

  private writeWhole(path: string, text: string): void {
    const partial = this.partialPath(path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(partial, text);
    renameSync(partial, path);
  }

  private partialPath(path: string): string {
    return `${path}.${process.pid}-${this.partial++}.partial`;
  }
}

/** Object id git gives these bytes. */
export function blobId(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

function readJson<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch {
    // Absent, or written by a machine that lost power: it is fetched again.
    return undefined;
  }
}
