import { createServer, type Server } from 'node:http';

/** The service, not yet listening. */
export function makeServer(): Server {
  return createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (request.method === 'GET' && pathname === '/health') return answer(200, { status: 'ok' });
    if (request.method === 'GET' && pathname === '/') return answer(200, { service: 'checkout' });
    return answer(404, { error: 'not found' });

    function answer(status: number, body: unknown): void {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(`${JSON.stringify(body)}\n`);
    }
  });
}
