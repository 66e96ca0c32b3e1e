/** Objects of git as the stand-in names them. */
import { createHash } from 'node:crypto';

export interface TreeEntry {
  path: string;
  mode: string;
  type: 'blob';
  sha: string;
}

/** The real id of the nested trees these entries make. */
export function treeHash(entries: readonly TreeEntry[]): string {
  const names = [...new Set(entries.map(({ path }) => path.split('/')[0]!))];
  const rows = names.map((name) => {
    const file = entries.find(({ path }) => path === name);
    const inner = entries
      .filter(({ path }) => path.startsWith(`${name}/`))
      .map((entry) => Object.assign({}, entry, { path: entry.path.slice(name.length + 1) }));
    return file
      ? { name, key: name, mode: file.mode, id: file.sha }
      : { name, key: `${name}/`, mode: '40000', id: treeHash(inner) };
  });
  rows.sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
  const body = rows.flatMap(({ mode, name, id }) => [
    Buffer.from(`${mode} ${name}\0`),
    Buffer.from(id, 'hex'),
  ]);
  return hash('tree', Buffer.concat(body)).toString('hex');
}

/** Id of an object. */
export function hash(kind: string, content: Buffer): Buffer {
  return createHash('sha1').update(`${kind} ${content.length}\0`).update(content).digest();
}
