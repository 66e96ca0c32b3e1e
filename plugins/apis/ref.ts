import type { Entity } from '../types.ts';

/** Canonical lower-case `kind:namespace/name`. */
export function refOf({ kind, metadata }: Entity): string {
  return `${kind}:${metadata.namespace}/${metadata.name}`.toLowerCase();
}
