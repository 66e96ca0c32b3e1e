import http from 'node:http';
import https from 'node:https';
import { createGunzip } from 'node:zlib';

import type { KubeConfig } from '@kubernetes/client-node';

import { answerError, networkError, RequestError } from './errors.ts';

/** Bytes of one answer; a page of 250 objects at the 1.5 MB etcd allows would be larger, but none such exists. */
const mostBytes = 256 * 1024 * 1024;
/** Attempts at one request that fails in a way that passes. */
const attempts = 4;
/** A server that says when to come back is believed for longer. */
const patientAttempts = 10;
/** A list whose items are metadata alone. */
export const metadataOnly = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

export interface Answer {
  body: unknown;
  /** The server's clock, milliseconds since 1970. */
  serverTime: number | undefined;
}

/**
 * Read-only requests to one API server over connections that are kept. client-node reads the kubeconfig and makes the
 * credentials; the transport is ours, because its own opens a connection per request and knows no deadline.
 */
export class ApiClient {
  readonly #config: KubeConfig;
  readonly #server: URL;
  readonly #deadline: AbortSignal;
  readonly #requestMs: number;
  #credentials: Promise<https.RequestOptions> | undefined;
  #agent: http.Agent | undefined;

  constructor(config: KubeConfig, limits: { requestMs: number; deadline: AbortSignal }) {
    const cluster = config.getCurrentCluster();
    if (cluster === null)
      throw new RequestError(
        'NoCluster',
        'the kubeconfig has no such context',
        'Check the name of the context.',
      );
    this.#config = config;
    this.#server = new URL(cluster.server.replace(/\/$/, ''));
    this.#requestMs = limits.requestMs;
    this.#deadline = limits.deadline;
  }

  /** GET as JSON. Waits and tries again where that helps; a RequestError otherwise. */
  async get(path: string, accept = 'application/json'): Promise<Answer> {
    return this.#retrying(() => this.#send('GET', path, accept));
  }

  /** POST, for the reviews of what the account may do. */
  async post(path: string, body: unknown): Promise<Answer> {
    return this.#retrying(() => this.#send('POST', path, 'application/json', JSON.stringify(body)));
  }

  close(): void {
    this.#agent?.destroy();
  }

  async #retrying(send: () => Promise<Answer>): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await send();
      } catch (error) {
        const failure = this.#deadline.aborted
          ? networkError(this.#deadline.reason)
          : networkError(error);
        const isExpired = failure.status === 401 && attempt === 1;
        if (isExpired) this.#credentials = undefined;
        const passes =
          failure.status === 429 || failure.status >= 500 || failure.reason === 'ConnectionLost';
        const most = failure.status === 429 ? patientAttempts : attempts;
        if (attempt >= most || this.#deadline.aborted || !(passes || isExpired)) throw failure;
        await this.#wait((failure.retryAfter ?? 0.3 * 2 ** attempt) * 1000);
      }
    }
  }

  /** Resolves early when the cluster's time is up. */
  async #wait(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, milliseconds);
      const deadline = this.#deadline;
      deadline.addEventListener('abort', done, { once: true });
      function done(): void {
        clearTimeout(timer);
        deadline.removeEventListener('abort', done);
        resolve();
      }
    });
  }

  async #send(method: string, path: string, accept: string, body?: string): Promise<Answer> {
    const signal = AbortSignal.any([this.#deadline, AbortSignal.timeout(this.#requestMs)]);
    const { headers, ...credentials } = await this.#signIn(signal);
    const isSecure = this.#server.protocol === 'https:';
    const base = this.#server.pathname.replace(/\/$/, '');
    return new Promise<Answer>((resolve, reject) => {
      const request = (isSecure ? https : http).request(
        new URL(base + path, this.#server),
        {
          ...credentials,
          agent: this.#agent,
          method,
          signal,
          headers: {
            ...headers,
            accept,
            'accept-encoding': 'gzip',
            'user-agent': 'callboard',
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
        },
        (response) => void readAnswer(response).then(resolve, reject),
      );
      request.on('error', reject);
      request.end(body);
    });
  }

  /** Credentials once per cluster: exec plugins are slow and may have no deadline of their own. */
  async #signIn(signal: AbortSignal): Promise<https.RequestOptions> {
    this.#credentials ??= this.#credentialsOf();
    const gaveUp = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
    return Promise.race([this.#credentials, gaveUp]);
  }

  async #credentialsOf(): Promise<https.RequestOptions> {
    const options: https.RequestOptions = {};
    try {
      await this.#config.applyToHTTPSOptions(options);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const detail =
        code === 'ENOENT' ? 'is not installed or a file it needs is missing' : 'failed';
      throw new RequestError(
        'CredentialPlugin',
        `what gives the credentials ${detail}`,
        'Run the exec plugin of the kubeconfig by hand on this machine.',
      );
    }
    this.#agent?.destroy();
    this.#agent = this.#agentFor(options);
    const { headers, auth } = options;
    return { ...(headers ? { headers } : {}), ...(auth ? { auth } : {}) };
  }

  /** A kubeconfig's `proxy-url` wins; otherwise the environment's proxies hold, as for kubectl. */
  #agentFor(options: https.RequestOptions): http.Agent {
    const isProxied = this.#config.getCurrentCluster()?.proxyUrl !== undefined;
    if (isProxied && options.agent instanceof http.Agent) return options.agent;
    const shared = { keepAlive: true, maxSockets: 8, proxyEnv: process.env };
    if (this.#server.protocol !== 'https:') return new http.Agent(shared);
    const { ca, cert, key, rejectUnauthorized, servername } = options;
    const secure = { ca, cert, key, rejectUnauthorized, servername };
    const known = Object.entries(secure).filter(([, value]) => value !== undefined);
    return new https.Agent({ ...shared, ...Object.fromEntries(known) });
  }
}

async function readAnswer(response: http.IncomingMessage): Promise<Answer> {
  const isZipped = response.headers['content-encoding'] === 'gzip';
  const stream = isZipped ? response.pipe(createGunzip()) : response;
  if (isZipped) response.on('error', (error) => stream.destroy(error));
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream) {
    size += (part as Buffer).length;
    if (size > mostBytes) {
      response.destroy();
      throw new RequestError('TooLarge', 'the answer is too large', 'Lower `limits.page`.');
    }
    parts.push(part as Buffer);
  }
  if (!response.complete) throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
  const text = Buffer.concat(parts).toString('utf8');
  const status = response.statusCode ?? 0;
  if (status < 200 || status > 299)
    throw answerError(status, { 'retry-after': response.headers['retry-after'] }, text);
  const date = Date.parse(response.headers.date ?? '');
  return { body: JSON.parse(text), serverTime: Number.isNaN(date) ? undefined : date };
}
