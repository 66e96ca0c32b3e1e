import { withoutNames } from '../engine/fields.ts';
import type { JsonObject } from '../engine/index.ts';

/** The form's values as the hash of an address, for sharing. Secrets and what nobody filled in are left out. */
export function toHash(values: JsonObject, secrets: ReadonlySet<string>): string {
  const shared = withoutNames(values, secrets);
  return Object.keys(shared).length === 0
    ? ''
    : `#values=${encodeURIComponent(JSON.stringify(shared))}`;
}

const maxLength = 20_000;

/** Values from the hash of an address; nothing when it holds none. Secrets are never taken from one. */
export function fromHash(hash: string, secrets: ReadonlySet<string>): JsonObject {
  const text = /^#values=(.+)$/.exec(hash.slice(0, maxLength))?.[1];
  if (text === undefined) return {};
  try {
    const values = JSON.parse(decodeURIComponent(text), (key, value: unknown) =>
      key === '__proto__' || key === 'constructor' || key === 'prototype' ? undefined : value,
    ) as unknown;
    if (typeof values !== 'object' || values === null || Array.isArray(values)) return {};
    return withoutNames(values as JsonObject, secrets);
  } catch {
    return {};
  }
}
