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

/** A part of `/llms.txt` (llmstxt.org): what a program should read first. Paths are below the base. */
export interface GuideSection {
  title: string;
  links: { title: string; path: string; note?: string | undefined }[];
}
