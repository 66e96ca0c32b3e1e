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
