/** A file of the static JSON API below `/api/<plugin>/`. */
export interface ApiFile {
  path: string;
  body: string | Uint8Array;
}

/** A file at `path` below the base: copied from `source`, or made of `body`. */
export interface PortalFile {
  path: string;
  source?: string;
  body?: string | Uint8Array;
}
