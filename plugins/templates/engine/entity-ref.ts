import type { Json, JsonObject } from './types.ts';
import { TemplateError } from './types.ts';

export interface EntityName {
  kind: string;
  namespace: string;
  name: string;
}

/** `[kind:][namespace/]name` or its parts as an object, as `parseEntityRef` of `@backstage/catalog-model` reads it. */
export function parseEntityRef(
  ref: Json | undefined,
  defaults: { defaultKind?: string; defaultNamespace?: string } = {},
): EntityName {
  if (!ref) throw new TemplateError('Entity reference must not be empty');
  const parts = typeof ref === 'string' ? partsOfText(ref) : partsOfObject(ref);
  const kind = parts.kind ?? defaults.defaultKind;
  const namespace = parts.namespace ?? defaults.defaultNamespace ?? 'default';
  const shown = typeof ref === 'string' ? ref : JSON.stringify(ref);
  if (!kind) {
    throw new TemplateError(
      `Entity reference ${shown} had missing or empty kind (e.g. did not start with "component:" or similar)`,
    );
  }
  if (!namespace)
    throw new TemplateError(`Entity reference ${shown} had missing or empty namespace`);
  if (!parts.name) throw new TemplateError(`Entity reference ${shown} had missing or empty name`);
  return { kind, namespace, name: parts.name };
}

/** Canonical lower-case `kind:namespace/name`. */
export function stringifyEntityRef({ kind, namespace, name }: EntityName): string {
  return `${kind}:${namespace}/${name}`.toLowerCase();
}

function partsOfText(ref: string): Partial<EntityName> & { name: string } {
  const colon = ref.indexOf(':');
  const slash = ref.indexOf('/');
  const hasKind = colon !== -1 && (slash === -1 || colon < slash);
  const rest = hasKind ? ref.slice(colon + 1) : ref;
  const cut = rest.indexOf('/');
  return {
    ...(hasKind && { kind: ref.slice(0, colon) }),
    ...(cut !== -1 && { namespace: rest.slice(0, cut) }),
    name: cut === -1 ? rest : rest.slice(cut + 1),
  };
}

function partsOfObject(ref: Json): Partial<EntityName> & { name: string } {
  const { kind, namespace, name } = ref as JsonObject;
  return {
    ...(typeof kind === 'string' && { kind }),
    ...(typeof namespace === 'string' && { namespace }),
    name: typeof name === 'string' ? name : '',
  };
}
