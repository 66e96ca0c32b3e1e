import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { listAt, textAt } from '../health/objects.ts';
import type { Discovery } from './discovery.ts';
import { RequestError } from './errors.ts';
import { groupOfKind } from './kinds.ts';
import type { KindInfo } from './kinds.ts';
import type { ClusterReader, Keep, ListOptions } from './reader.ts';

/** Reads lists recorded with `kubectl get <kind> --all-namespaces -o json`, each file a list of any kinds. */
export class RecordedReader implements ClusterReader {
  readonly #folder: string;
  readonly #version: string | undefined;
  #objects: Promise<object[]> | undefined;

  constructor(folder: string, version: string | undefined) {
    this.#folder = folder;
    this.#version = version;
  }

  async probe(): Promise<{ version?: string | undefined }> {
    await this.#read();
    return { version: this.#version };
  }

  async list<T>(
    info: KindInfo,
    namespace: string | undefined,
    _: ListOptions,
    keep: Keep<T>,
  ): Promise<T[]> {
    const found: T[] = [];
    for (const object of await this.#read()) {
      if (
        textAt(object, 'kind') !== info.kind ||
        textAt(object, 'apiVersion')?.split('/')[0] !== info.apiVersion.split('/')[0]
      )
        continue;
      if (namespace !== undefined && textAt(object, 'metadata', 'namespace') !== namespace)
        continue;
      const result = await keep(object);
      if (result !== undefined) found.push(result);
    }
    return found;
  }

  async customKinds(names: readonly string[]): Promise<Discovery> {
    const kinds = new Map<string, KindInfo>();
    for (const object of await this.#read()) {
      const kind = textAt(object, 'kind') ?? '';
      const apiVersion = textAt(object, 'apiVersion') ?? '';
      const info = {
        kind,
        apiVersion,
        plural: `${kind.toLowerCase()}s`,
        isNamespaced: true,
        why: 'custom resource',
      };
      if (names.includes('*') || names.includes(`${info.plural}.${groupOfKind(info)}`))
        kinds.set(`${apiVersion}/${kind}`, info);
    }
    const found = [...kinds.values()].filter(
      (info) => /\..*\//.test(info.apiVersion) && !/\.k8s\.io\//.test(info.apiVersion),
    );
    return { kinds: found, closed: [] };
  }

  async mayList(): Promise<undefined> {
    return undefined;
  }

  close(): void {
    this.#objects = undefined;
  }

  #read(): Promise<object[]> {
    this.#objects ??= readLists(this.#folder);
    return this.#objects;
  }
}

async function readLists(folder: string): Promise<object[]> {
  const names = await readdir(folder).catch(() => {
    throw new RequestError(
      'NoRecording',
      `there is no folder ${folder}`,
      'Check `folder` of this cluster.',
    );
  });
  const lists = await Promise.all(
    names
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map(async (name) => listsIn(path.join(folder, name))),
  );
  return lists.flat();
}

async function listsIn(file: string): Promise<object[]> {
  const list: unknown = JSON.parse(await readFile(file, 'utf8'));
  const kind = textAt(list, 'kind')?.replace(/List$/, '');
  const apiVersion = textAt(list, 'apiVersion');
  const own = kind ? { apiVersion, kind } : {};
  return listAt(list, 'items').map((item) => Object.assign({}, own, item));
}
