import { createServer, type Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { servePortal } from '../../site/preview.ts';

/** A static host that can go down, slow down, and tells what it was asked for. */
export interface PortalHost {
  readonly address: string;
  /** Paths asked for since it was last emptied. */
  asked: string[];
  isDown: boolean;
  /** Milliseconds before every answer. */
  delay: number;
  close(): void;
}

/** Serves a folder below a base. */
export async function startHost(folder: string, base = '/'): Promise<PortalHost> {
  const files = await servePortal(folder, base, 0);
  const host: PortalHost = { address: '', asked: [], isDown: false, delay: 0, close };
  const server: Server = createServer((request, response) => {
    host.asked.push(request.url ?? '');
    if (host.isDown) return void request.socket.destroy();
    if (host.delay === 0) return void files.emit('request', request, response);
    return void wait(host.delay).then(() => files.emit('request', request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, () => resolve()));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('The host has no port');
  function close(): void {
    files.close();
    server.close();
    server.closeAllConnections();
  }
  return Object.assign(host, { address: `http://localhost:${address.port}${base.slice(0, -1)}` });
}
