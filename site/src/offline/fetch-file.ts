import type { ListedFile } from './store.ts';

/** Tells the worker that the file is wanted from the host and will be kept by who asks. */
export const keepingHeader = 'x-callboard-keeping';

/** The host answered with something else than what was built. */
export class WrongContent extends Error {}

/** Bytes of a file as it was built; throws for anything else, so that a half-published portal is never kept. */
export async function fetchFile(
  base: string,
  path: string,
  [id]: ListedFile,
  signal?: AbortSignal,
): Promise<{ body: ArrayBuffer; headers: Headers }> {
  const response = await fetch(base + addressOf(path), {
    cache: 'no-cache',
    credentials: 'same-origin',
    headers: { [keepingHeader]: '1' },
    ...(signal && { signal }),
  });
  if (!response.ok && path !== '404.html') {
    throw new WrongContent(`${path} answered ${response.status}`);
  }
  const body = await response.arrayBuffer();
  if ((await contentHash(body)) !== id.split('.', 1)[0] && !isRefreshed(path, body)) {
    throw new WrongContent(`${path} is not what was built`);
  }
  return { body, headers: lasting(response.headers) };
}

/** What a kept answer must say like the host's own: its type, and what protects the page. */
const lastingHeaders = [
  'content-type',
  'content-security-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'permissions-policy',
  'referrer-policy',
  'x-content-type-options',
  'x-frame-options',
];

function lasting(headers: Headers): Headers {
  const kept = lastingHeaders.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value] as [string, string]];
  });
  return new Headers(kept);
}

/** Hosts answer a page at its folder's address, and some redirect its file there. */
export function addressOf(path: string): string {
  return path
    .replace(/(^|\/)index\.html$/, '$1')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
}

/** Data may be refreshed between two builds (`collect --publish`): it need only be data, not a login page. */
function isRefreshed(path: string, body: ArrayBuffer): boolean {
  if (!path.startsWith('api/') || !path.endsWith('.json')) return false;
  try {
    JSON.parse(new TextDecoder().decode(body));
    return true;
  } catch {
    return false;
  }
}

/** As `site/offline/file-list.ts` writes it: the first 12 bytes of SHA-256, base64url. */
async function contentHash(body: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body)).subarray(0, 12);
  return btoa(String.fromCharCode(...digest))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}
