import { TemplateError } from './types.ts';

/**
 * A path inside the workspace in its shortest form; the workspace itself is the empty string.
 * Throws for anything that would leave it or means something else on another system.
 */
export function insideWorkspace(path: string): string {
  refuse(path);
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) {
      throw new TemplateError(
        `Unexpected path "${printable(path)}": it leaves the workspace, expected a path inside it`,
      );
    }
  }
  if (parts.some((part) => part.toLowerCase() === '.git')) {
    throw new TemplateError(
      `Unexpected path "${printable(path)}": .git belongs to git, expected a path outside of it`,
    );
  }
  return parts.join('/');
}

/** `folder` and `path` together, both inside the workspace. */
export function joinPath(folder: string, path: string): string {
  refuse(path);
  return insideWorkspace(folder === '' ? path : `${folder}/${path}`);
}

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

/**
 * Whether the target of a link at `path` stays inside the workspace. It may climb only at its start: after the name of
 * another link, `..` would start from wherever that one leads.
 */
export function staysInside(path: string, target: string): boolean {
  const parts = target.split('/');
  const firstName = parts.findIndex((part) => part !== '' && part !== '.' && part !== '..');
  if (target === '' || (firstName !== -1 && parts.lastIndexOf('..') > firstName)) return false;
  try {
    joinPath(folderOf(path), target);
    return true;
  } catch {
    return false;
  }
}

function refuse(path: string): void {
  const refusal = refusalOf(path);
  if (refusal === undefined) return;
  throw new TemplateError(
    `Unexpected path "${printable(path)}": ${refusal}, expected a path inside the workspace`,
  );
}

function refusalOf(path: string): string | undefined {
  if (path.startsWith('/')) return 'it is absolute';
  if (/^[a-z]:/i.test(path)) return 'it names a drive';
  if (path.includes('\\')) return 'it holds a backslash';
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(path)) return 'it holds a control character';
  return undefined;
}

function printable(path: string): string {
  // oxlint-disable-next-line no-control-regex -- as above
  return path.slice(0, 120).replaceAll(/[\u0000-\u001f\u007f]/g, '?');
}
