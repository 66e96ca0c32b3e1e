/** A reference to an entity, complete. */
export interface EntityName {
  kind: string;
  namespace: string;
  name: string;
}

/**
 * Reads `[<kind>:][<namespace>/]<name>` as Backstage does; the kind ends at the first `:` unless a `/` comes before.
 * Returns what is wrong as a string where the reference cannot be read.
 */
export function parseRef(
  text: string,
  defaults: { kind?: string | undefined; namespace: string },
): EntityName | string {
  const slash = text.indexOf('/');
  const firstColon = text.indexOf(':');
  const colon = slash !== -1 && slash < firstColon ? -1 : firstColon;
  const kind = colon === -1 ? defaults.kind : text.slice(0, colon);
  const namespace = slash === -1 ? defaults.namespace : text.slice(colon + 1, slash);
  const name = text.slice(Math.max(colon + 1, slash + 1));

  if (kind === undefined) return `\`${text}\` names no kind, expected \`<kind>:${text}\``;
  if (kind === '' || namespace === '' || name === '')
    return `\`${text}\` is no reference, expected \`[<kind>:][<namespace>/]<name>\``;
  return { kind, namespace, name };
}

/** The canonical form: lower-case `kind:namespace/name`. */
export function canonicalRef(name: EntityName): string {
  return `${name.kind}:${name.namespace}/${name.name}`.toLowerCase();
}

/** Takes a canonical ref apart; the kind is lower-case there. */
export function splitRef(ref: string): EntityName {
  const colon = ref.indexOf(':');
  const slash = ref.indexOf('/', colon);
  return {
    kind: ref.slice(0, colon),
    namespace: ref.slice(colon + 1, slash),
    name: ref.slice(slash + 1),
  };
}
