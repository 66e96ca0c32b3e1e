import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { contentType } from '../../../site/content-type.ts';

/** A host that compresses texts, as every static host does, and counts what it sends. */
export class CompressingHost {
  /** Bytes of all bodies sent so far. */
  sent = 0;
  address = '';
  private readonly dist: string;
  private readonly server: Server;
  private readonly bodies = new Map<string, Buffer>();

  constructor(dist: string) {
    this.dist = dist;
    this.server = createServer((request, response) => {
      const path = decodeURI(request.url!.split('?')[0]!);
      const file = join(this.dist, path.endsWith('/') ? `${path}index.html` : path);
      if (!existsSync(file) || !statSync(file).isFile()) {
        response.writeHead(404).end();
        return;
      }
      const type = contentType(file);
      const isText = /text|json|javascript|svg/.test(type);
      const body = this.bodyOf(file, isText);
      this.sent += body.length;
      response
        .writeHead(200, {
          'content-type': type,
          'cache-control': 'max-age=3600',
          ...(isText && { 'content-encoding': 'gzip' }),
        })
        .end(body);
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, resolve));
    const { port } = this.server.address() as { port: number };
    this.address = `http://localhost:${port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private bodyOf(file: string, isText: boolean): Buffer {
    const known = this.bodies.get(file);
    if (known) return known;
    const content = readFileSync(file);
    const body = isText ? gzipSync(content) : content;
    this.bodies.set(file, body);
    return body;
  }
}
