import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { join, normalize, sep } from 'node:path';
import { contentType } from './content-type.ts';

/** Serves a built portal below its base as a static host would: indexes of folders, 404.html, no listing. */
export function servePortal(dist: string, base: string, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const path = decoded(request.url ?? '/');
    if (path === undefined) return end(response, 400, 'Bad request');
    if (path + '/' === base) return redirect(response, base);
    if (!path.startsWith(base))
      return base === '/' || path !== '/' ? notFound(dist, response) : redirect(response, base);
    const file = normalize(join(dist, path.slice(base.length)));
    if (file !== dist && !file.startsWith(dist + sep)) return end(response, 400, 'Bad request');
    const found = statSync(file, { throwIfNoEntry: false });
    if (found?.isDirectory() && !path.endsWith('/')) return redirect(response, `${path}/`);
    const served = found?.isDirectory() ? join(file, 'index.html') : file;
    if (!existsSync(served)) return notFound(dist, response);
    return send(response, 200, served);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => resolve(server));
  });
}

function decoded(url: string): string | undefined {
  try {
    const path = decodeURIComponent(url.split(/[?#]/, 1)[0]!);
    return path.includes('\0') ? undefined : path;
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, status: number, file: string): void {
  response.writeHead(status, {
    'content-type': contentType(file),
    'content-length': statSync(file).size,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  });
  createReadStream(file).pipe(response);
}

function notFound(dist: string, response: ServerResponse): void {
  const page = join(dist, '404.html');
  if (existsSync(page)) send(response, 404, page);
  else end(response, 404, 'Not found');
}

/** The path is kept on this host: `//other.example` would lead away. */
function redirect(response: ServerResponse, path: string): void {
  response.writeHead(301, { location: encodeURI(path.replace(/^\/+/, '/')) }).end();
}

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}
