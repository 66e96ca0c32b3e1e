import { existsSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { baseOf } from '../../collectors/built-portal.ts';
import { CallboardError, exitCode } from '../../collectors/callboard-error.ts';
import type { PortalReader } from '../../plugins/types.ts';

/** Long enough for one conversation, short against the time between two builds. */
const keptMilliseconds = 5 * 60_000;
const longestWait = 30_000;

interface Status {
  title: string;
}

/** Opens a portal: a folder that `build` or `export` wrote, or the address it is served at. */
export async function openPortal(
  place: string,
  options: { url?: string | undefined; headers?: Record<string, string> } = {},
): Promise<PortalReader> {
  const isAddress = /^https?:\/\//i.test(place);
  const read = isAddress ? addressReader(place, options.headers ?? {}) : folderReader(place);
  async function text(path: string): Promise<string | undefined> {
    const bytes = await read.bytes(path);
    return bytes && new TextDecoder().decode(bytes);
  }
  const status = parsed<Status>(await text('/api/status.json'), '/api/status.json');
  if (!status) {
    throw new CallboardError(
      exitCode.nothing,
      `There is no portal at ${place}: it has no api/status.json.`,
      isAddress
        ? 'Give the address of its home page. One behind a login needs --header.'
        : 'Run `callboard build` first, or name the folder with --portal.',
    );
  }
  const link = isAddress ? read.link : folderLinks(place, options.url);
  return {
    title: status.title,
    bytes: read.bytes,
    text,
    json: async <T>(path: string) => parsed<T>(await text(path), path),
    link,
  };
}

type Reading = Pick<PortalReader, 'bytes' | 'link'>;

function folderReader(folder: string): Reading {
  const root = resolve(folder);
  return {
    link: (path) => path,
    async bytes(path) {
      const file = resolve(root, `.${sep}${path.replace(/^\/+/, '')}`);
      if (!file.startsWith(root + sep)) return undefined;
      try {
        return new Uint8Array(readFileSync(file));
      } catch {
        return undefined;
      }
    },
  };
}

function addressReader(address: string, headers: Record<string, string>): Reading {
  const base = new URL(address.endsWith('/') ? address : `${address}/`);
  const kept = new Map<string, { at: number; bytes: ReturnType<PortalReader['bytes']> }>();
  function at(path: string): URL | undefined {
    const url = URL.parse(`.${path.startsWith('/') ? '' : '/'}${path}`, base);
    return url && url.href.startsWith(base.href) ? url : undefined;
  }
  return {
    link: (path) => at(path)?.href ?? base.href,
    async bytes(path) {
      const url = at(path);
      if (!url) return undefined;
      const known = kept.get(url.href);
      if (known && Date.now() - known.at < keptMilliseconds) return known.bytes;
      const bytes = fetchBytes(url, headers);
      kept.set(url.href, { at: Date.now(), bytes });
      bytes.catch(() => kept.delete(url.href));
      return bytes;
    },
  };
}

async function fetchBytes(
  url: URL,
  headers: Record<string, string>,
): ReturnType<PortalReader['bytes']> {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(longestWait) }).catch(
    (error: unknown) => {
      const reason = error instanceof Error ? (error.cause ?? error) : error;
      throw new CallboardError(
        exitCode.nothing,
        `${url.href} does not answer: ${reason instanceof Error ? reason.message : String(reason)}.`,
        'Check the address, and that the portal can be reached from this machine.',
      );
    },
  );
  if (response.status === 404) return undefined;
  if (!response.ok) {
    throw new CallboardError(
      exitCode.nothing,
      `${url.href} answered ${response.status}.`,
      'A portal behind a login needs --header, e.g. with the token of a service account.',
    );
  }
  return new Uint8Array(await response.arrayBuffer());
}

/** Without an address to publish at, links start at the root of whatever host serves the folder. */
function folderLinks(folder: string, url: string | undefined): (path: string) => string {
  const base = existsSync(join(folder, 'index.html')) ? baseOf(folder) : '/';
  return (path) => {
    const below = base + path.replace(/^\/+/, '');
    return url === undefined ? below : new URL(below, url).href;
  };
}

/** A host that answers everything with its login page answers no JSON. */
function parsed<T>(text: string | undefined, path: string): T | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new CallboardError(
      exitCode.nothing,
      `${path} of the portal is not JSON.`,
      'A portal behind a login answers with its login page: give --header.',
    );
  }
}
