/** Skeletons as one JSON file: written when collecting, read by the preview in a browser and by runs in CI. */
import { insideWorkspace, joinPath } from './engine/paths.ts';
import type { SkeletonFile, SkeletonSource } from './engine/index.ts';

export interface BundledFile {
  path: string;
  mode: number;
  /** Content as text, or as base64 where it is not UTF-8. */
  text?: string;
  base64?: string;
}

export interface Bundle {
  /** Repository of the template, `owner/name`. */
  repository: string;
  /** Folder of the template's file in its repository; addresses are relative to it. */
  folder: string;
  repositories: { id: string; files: BundledFile[] }[];
}

/** A place in a repository that an address names. */
export interface SkeletonPlace {
  repository: string;
  path: string;
}

/** Skeletons of a bundle, for the engine. */
export function bundleSource(bundle: Bundle): SkeletonSource {
  function filesOf(place: SkeletonPlace | undefined): BundledFile[] {
    return bundle.repositories.find(({ id }) => id === place?.repository)?.files ?? [];
  }
  return {
    tree(address) {
      const place = placeOfAddress(address, bundle);
      const prefix = place && place.path !== '' ? `${place.path}/` : '';
      const files = filesOf(place)
        .filter(({ path }) => path.startsWith(prefix))
        .map((file) => decoded(file, file.path.slice(prefix.length)));
      return Promise.resolve(files.length > 0 ? files : undefined);
    },
    file(address) {
      const place = placeOfAddress(address, bundle);
      const file = filesOf(place).find(({ path }) => path === place?.path);
      return Promise.resolve(file && decoded(file, file.path));
    },
  };
}

/** Where an address leads: inside the template's repository when relative, else into the repository of its URL. */
export function placeOfAddress(
  address: string,
  { repository, folder }: Pick<Bundle, 'repository' | 'folder'>,
): SkeletonPlace | undefined {
  try {
    if (!/^[a-z][a-z+]*:/i.test(address)) return { repository, path: joinPath(folder, address) };
    const { protocol, hostname, pathname } = new URL(address);
    if (protocol !== 'https:' && protocol !== 'http:') return undefined;
    const [owner, name, kind, , ...rest] = pathname.split('/').slice(1).map(decodeURIComponent);
    if (!owner || !name || (kind && kind !== 'tree' && kind !== 'blob')) return undefined;
    const id = `${owner}/${name.replace(/\.git$/, '')}`;
    const path = insideWorkspace(rest.join('/'));
    return { repository: hostname === 'github.com' ? id : `${hostname}/${id}`, path };
  } catch {
    return undefined;
  }
}

export function encodeFile(path: string, content: Uint8Array, mode: number): BundledFile {
  try {
    return {
      path,
      mode,
      text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content),
    };
  } catch {
    return { path, mode, base64: toBase64(content) };
  }
}

function decoded(file: BundledFile, path: string): SkeletonFile {
  const content =
    file.base64 === undefined
      ? new TextEncoder().encode(file.text ?? '')
      : Uint8Array.from(atob(file.base64), (letter) => letter.charCodeAt(0));
  return { path, mode: file.mode, content };
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
