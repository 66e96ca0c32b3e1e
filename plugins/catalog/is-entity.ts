import picomatch from 'picomatch';

/** Text that a file without an entity cannot hold, tested before its YAML is read. */
const anywhere = /["']?apiVersion["']?[ \t]*:[ \t]*["']?(?:[\w-]+\.)*backstage\.io\//;
/** The same at the start of a line: a document that cannot be read was meant to be an entity. */
const atLineStart = /^["']?apiVersion["']?[ \t]*:[ \t]*["']?(?:[\w-]+\.)*backstage\.io\//m;
const apiVersion = /^(?:[\w-]+\.)*backstage\.io\//;

/** Whether a file's text can hold an entity at all. */
export function mayHoldEntity(text: string): boolean {
  return anywhere.test(text);
}

/** Whether a document that is not valid YAML looks like an entity. */
export function looksLikeEntity(raw: string): boolean {
  return atLineStart.test(raw);
}

/** Whether a document of a file that may hold anything is an entity: by its apiVersion. */
export function isEntity(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('apiVersion' in value)) return false;
  return typeof value.apiVersion === 'string' && apiVersion.test(value.apiVersion);
}

/**
 * Whether every document of a file must be an entity: it is called catalog-info, or a glob of the configuration names
 * it by its whole name.
 */
export function isCatalogFile(path: string, globs: readonly string[]): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^catalog-info\.ya?ml$/i.test(name)) return true;
  return globs.some((glob) => {
    const last = glob.slice(glob.lastIndexOf('/') + 1);
    return !/[*?]/.test(last) && picomatch.isMatch(name, last);
  });
}
