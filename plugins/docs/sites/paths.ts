/** Paths inside a repository and addresses inside a site. Nothing leaves the folder it starts in. */

/** `component:default/checkout` as `default/component/checkout`, which is also its address. */
export function sitePath(entity: string): string {
  const [kind = '', rest = ''] = entity.split(':');
  const [namespace = '', name = ''] = rest.split('/');
  return `${namespace}/${kind}/${name}`;
}

/** The path with `.` and `..` resolved, or undefined where it would leave the root or is no path at all. */
export function safePath(path: string): string | undefined {
  let text = path;
  // Twice, because a doubly encoded `..` must not be decoded later by someone else.
  for (let round = 0; round < 2; round += 1) {
    try {
      text = decodeURIComponent(text);
    } catch {
      return undefined;
    }
  }
  // eslint-disable-next-line no-control-regex -- a path holds none
  if (/[\\\u0000-\u001F]|^[a-z]:|^\/\//iu.test(text)) return undefined;
  const parts: string[] = [];
  for (const part of text.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

/** Joins and resolves; undefined where the result would lie outside the root. */
export function joinPath(...parts: string[]): string | undefined {
  return safePath(parts.filter(Boolean).join('/'));
}

export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `guide/a.md` lives at `guide/a/`, `guide/index.md` and `guide/README.md` at `guide/`. */
export function addressOf(path: string): string {
  const bare = path.replace(/\.(?:md|markdown|mdx?)$/iu, '');
  const address = /^(?:index|readme)$/iu.test(nameOf(bare)) ? folderOf(bare) : bare;
  return address === '' ? '' : `${address}/`;
}

export function isPage(path: string): boolean {
  return /\.(?:md|markdown)$/iu.test(path);
}

/** The way from one address of a site to another, as a browser resolves it. */
export function relativeAddress(from: string, to: string): string {
  const source = from.split('/').slice(0, -1);
  const target = to.split('/');
  let same = 0;
  while (same < source.length && same < target.length - 1 && source[same] === target[same]) {
    same += 1;
  }
  const up = '../'.repeat(source.length - same);
  const down = target
    .slice(same)
    .map((part) => encodeURIComponent(decode(part)))
    .join('/');
  return up + down || './';
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
