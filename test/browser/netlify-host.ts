import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parse } from 'smol-toml';

import { contentType } from '../../site/content-type.ts';

interface Netlify {
  headers: { for: string; values: Record<string, string> }[];
  redirects: { from: string; to: string; status: number; force?: boolean }[];
}

const byDefault: Record<string, string> = {
  'Cache-Control': 'public, max-age=0, must-revalidate',
};
const root = join(import.meta.dirname, '../..');
const tls = join(root, 'test/kubernetes/tls');

/** Serves a built portal as Netlify would by netlify.toml: over TLS, with its headers and redirects and nothing else. */
export async function serveAsNetlify(
  dist: string,
): Promise<{ address: string; server: Server; policyOf(path: string): string }> {
  const { headers, redirects } = parse(
    readFileSync(join(root, 'netlify.toml'), 'utf8'),
  ) as unknown as Netlify;

  /** All rules that match apply, the last one of a name as in Netlify's own CLI, over what Netlify sends by itself. */
  function headersOf(path: string): Record<string, string> {
    const found = headers.filter((rule) => patternOf(rule.for).test(path));
    return Object.assign(
      { ...byDefault },
      ...found.map(({ values }) => values),
    ) as typeof byDefault;
  }

  const certificate = {
    cert: readFileSync(join(tls, 'server.pem')),
    key: readFileSync(join(tls, 'server-key.pem')),
  };
  const server = createServer(certificate, (request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'https://portal.example');
    function answer(status: number, file: string): void {
      response.writeHead(status, { ...headersOf(pathname), 'content-type': contentType(file) });
      response.end(readFileSync(file));
    }
    const file = fileAt(dist, pathname);
    if (file !== undefined) {
      if (file === join(dist, pathname) || pathname.endsWith('/')) return answer(200, file);
      response.writeHead(301, { location: `${pathname}/${search}` }).end();
      return;
    }
    // A file that is there goes before a redirect without `force`; the first rule that matches counts.
    for (const { from, to, status } of redirects) {
      const match = patternOf(from).exec(pathname.replace(/(.)\/$/, '$1'));
      if (!match) continue;
      const target = to.replaceAll(/:(\w+)/g, (_, name: string) => match.groups?.[name] ?? '');
      const rewritten = status === 200 ? fileAt(dist, target) : undefined;
      if (rewritten !== undefined) return answer(200, rewritten);
      if (status === 200) continue;
      response.writeHead(status, { ...headersOf(pathname), location: target + search }).end();
      return;
    }
    answer(404, join(dist, '404.html'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `https://localhost:${port}`,
    server,
    policyOf: (path) => headersOf(path)['Content-Security-Policy'] ?? '',
  };
}

/** `/a/:b/*` as an expression whose groups are `b` and `splat`. */
function patternOf(path: string): RegExp {
  const escaped = path.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  const named = escaped.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)');
  return new RegExp(`^${named.replace(/\/\*$/, '(?:/(?<splat>.*))?')}$`, 'i');
}

function fileAt(dist: string, path: string): string | undefined {
  const file = join(dist, decodeURIComponent(path));
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile()) return file;
  const index = join(file, 'index.html');
  return found?.isDirectory() && existsSync(index) ? index : undefined;
}
