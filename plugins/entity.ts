/** An entity in Backstage's descriptor format, defaults filled in, with its relations. */
export interface Entity {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace: string;
    title?: string;
    description?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    tags?: string[];
    links?: { url: string; title?: string; icon?: string; type?: string }[];
    [key: string]: unknown;
  };
  spec?: Record<string, unknown>;
  relations?: { type: string; targetRef: string }[];
}

/** Canonical ref of an entity, lower-case `kind:namespace/name`; the namespace is `default` where it names none. */
export function refOf(entity: {
  kind: string;
  metadata: { name: string; namespace?: string | undefined };
}): string {
  const { name, namespace = 'default' } = entity.metadata;
  return `${entity.kind}:${namespace}/${name}`.toLowerCase();
}
