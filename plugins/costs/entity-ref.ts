import type { Entity } from '../types.ts';

/** Canonical lower-case ref of an entity. */
export function canonicalRef({ kind, metadata }: Entity): string {
  return `${kind}:${metadata.namespace}/${metadata.name}`.toLowerCase();
}
