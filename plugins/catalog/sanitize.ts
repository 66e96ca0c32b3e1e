import { limits } from './limits.ts';

const unsafeKeys = new Set(['__proto__', 'constructor', 'prototype']);

export interface Sanitized {
  clean: unknown;
  /** Keys left out, each once. */
  dropped: string[];
  isTooDeep: boolean;
  /** Aliases made far more of it than was written. */
  isTooLarge: boolean;
}

/** Plain JSON from what a YAML or JSON reader gives: no prototype keys, no dates, sets or buffers, no values JSON has not. */
export function sanitize(value: unknown): Sanitized {
  const dropped = new Set<string>();
  let isTooDeep = false;
  let size = 0;

  function walk(value: unknown, depth: number): unknown {
    size += typeof value === 'string' ? value.length + 1 : 1;
    if (size > limits.documentSize) return null;
    if (typeof value !== 'object' || value === null) return plainScalar(value);
    if (depth >= limits.depth) {
      isTooDeep = true;
      return null;
    }
    if (value instanceof Date) return value.toISOString();
    if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
    if (Array.isArray(value)) return value.map((item) => walk(item, depth + 1));
    if (value instanceof Set)
      return walk(Object.fromEntries([...value].map((k) => [k, null])), depth);
    if (value instanceof Map) return walk(Object.fromEntries(value), depth);

    const clean: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(value)) {
      if (unsafeKeys.has(key)) dropped.add(key);
      else clean[key] = walk(item, depth + 1);
    }
    return clean;
  }

  const clean = walk(value, 0);
  return { clean, dropped: [...dropped], isTooDeep, isTooLarge: size > limits.documentSize };
}

function plainScalar(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number' && !Number.isFinite(value)) return null;
  return value;
}
