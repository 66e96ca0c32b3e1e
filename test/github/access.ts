import { createVerify, randomBytes } from 'node:crypto';

import type { StandInRepository } from './world.ts';

export interface Token {
  kind: 'personal' | 'installation' | 'actions';
  /** Account whose private repositories it reads; a GITHUB_TOKEN reads the one repository `only`. */
  account: string;
  only?: string;
  /** May read Dependabot and code-scanning alerts. */
  readsAlerts: boolean;
  expiresAt: number;
}

export interface Installation {
  id: number;
  account: string;
}

export interface App {
  id: number;
  /** PEM. */
  publicKey: string;
  installations: Installation[];
  /** Lifetime of installation tokens in seconds; an hour on GitHub. */
  tokenLifetime?: number;
}

/** Points as GitHub counts them, per token. */
export interface Budget {
  limit: number;
  used: number;
  resetAt: number;
  /** Times of the requests of the last minute, for the secondary limits. */
  recent: number[];
}

/** Who may do what, and how much of it. */
export class Access {
  readonly tokens = new Map<string, Token>();
  private readonly budgets = new Map<string, Budget>();
  private readonly limits: { rest: number; graphql: number; resetSeconds: number };
  readonly app: App | undefined;

  constructor(limits: { rest: number; graphql: number; resetSeconds: number }, app?: App) {
    this.limits = limits;
    this.app = app;
  }

  find(header: string | undefined): Token | undefined {
    const value = tokenIn(header);
    const token = value === undefined ? undefined : this.tokens.get(value);
    return token && token.expiresAt > Date.now() ? token : undefined;
  }

  expire(header: string | undefined): void {
    const token = this.tokens.get(tokenIn(header) ?? '');
    if (token) token.expiresAt = 0;
  }

  /** Gives all tokens their points anew. */
  refill(): void {
    this.budgets.clear();
  }

  budget(token: Token, resource: 'core' | 'graphql'): Budget {
    const key = `${token.kind}:${token.account}:${resource}`;
    const known = this.budgets.get(key);
    if (known && known.resetAt > Date.now()) return known;
    const fresh: Budget = {
      limit: resource === 'core' ? this.limits.rest : this.limits.graphql,
      used: 0,
      resetAt: Math.ceil(Date.now() / 1000) * 1000 + this.limits.resetSeconds * 1000,
      recent: known?.recent ?? [],
    };
    this.budgets.set(key, fresh);
    return fresh;
  }

  mayRead(token: Token | undefined, repository: StandInRepository): boolean {
    if (repository.visibility === 'PUBLIC') return true;
    if (!token || token.account.toLowerCase() !== repository.owner.toLowerCase()) return false;
    return token.only === undefined || token.only === `${repository.owner}/${repository.name}`;
  }

  /** A new token of an installation, as `POST /app/installations/{id}/access_tokens` gives it. */
  issue(installation: Installation): { token: string; expires_at: string } {
    const token = `ghs_${randomBytes(18).toString('hex')}`;
    const expiresAt = Date.now() + (this.app?.tokenLifetime ?? 3600) * 1000;
    this.tokens.set(token, {
      kind: 'installation',
      account: installation.account,
      readsAlerts: true,
      expiresAt,
    });
    return { token, expires_at: new Date(expiresAt).toISOString().replace(/\.\d+/, '') };
  }

  /** What is wrong with an App's JWT; undefined when it is good. */
  jwtFault(header: string | undefined): string | undefined {
    const jwt = /^bearer (.+)$/i.exec(header ?? '')?.[1];
    const [head, claims, signature] = jwt?.split('.') ?? [];
    if (!this.app || !head || !claims || !signature) return 'A JSON web token could not be decoded';
    const { alg } = JSON.parse(Buffer.from(head, 'base64url').toString()) as { alg: string };
    const { iss, iat, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<
      string,
      number | string
    >;
    const isSigned = createVerify('RSA-SHA256')
      .update(`${head}.${claims}`)
      .verify(this.app.publicKey, Buffer.from(signature, 'base64url'));
    const now = Date.now() / 1000;
    if (alg !== 'RS256' || !isSigned) return 'A JSON web token could not be decoded';
    if (Number(iss) !== this.app.id) return 'Integration not found';
    if (Number(exp) > now + 600) return "'Expiration time' claim ('exp') is too far in the future";
    if (Number(exp) < now)
      return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
    if (Number(iat) > now + 30)
      return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
    return undefined;
  }
}

function tokenIn(header: string | undefined): string | undefined {
  const [scheme = '', value = ''] = (header ?? '').split(' ');
  if (/^(token|bearer)$/i.test(scheme)) return value;
  if (!/^basic$/i.test(scheme)) return undefined;
  const text = Buffer.from(value, 'base64').toString();
  return text.slice(text.indexOf(':') + 1);
}
