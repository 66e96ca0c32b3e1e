import type { Limits } from './limits.ts';
import { folderOf, insideWorkspace, staysInside } from './paths.ts';
import { TemplateError } from './types.ts';

export const regularMode = 0o100644;
export const executableMode = 0o100755;
export const linkMode = 0o120000;

export interface WorkspaceFile {
  content: Uint8Array;
  /** A git mode; a link's content is its target. */
  mode: number;
  /** The skeleton file it was made from, for comparing. */
  origin?: { path: string; content: Uint8Array } | undefined;
}

/** The folder a template fills, in memory: a map of paths, so that nothing a template says reaches a disk. */
export class Workspace {
  readonly #files = new Map<string, WorkspaceFile>();
  readonly #folders = new Set<string>();
  readonly #limits: Limits;
  #bytes = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Paths of all files, sorted by code unit so that every machine lists them alike. */
  paths(folder = ''): string[] {
    const prefix = folder === '' ? '' : `${folder}/`;
    return [...this.#files.keys()].filter((path) => path.startsWith(prefix)).sort(byCodeUnit);
  }

  /** Folders that hold files or were made, below `folder`. */
  folders(folder = ''): string[] {
    const found = new Set(this.#folders);
    for (const path of this.#files.keys()) {
      for (let up = folderOf(path); up !== ''; up = folderOf(up)) found.add(up);
    }
    const prefix = folder === '' ? '' : `${folder}/`;
    return [...found].filter((path) => path.startsWith(prefix)).sort(byCodeUnit);
  }

  get(path: string): WorkspaceFile | undefined {
    return this.#files.get(insideWorkspace(path));
  }

  has(path: string): boolean {
    const safe = insideWorkspace(path);
    return this.#files.has(safe) || this.isFolder(safe);
  }

  isFolder(path: string): boolean {
    const safe = insideWorkspace(path);
    if (safe === '' || this.#folders.has(safe)) return true;
    for (const file of this.#files.keys()) if (file.startsWith(`${safe}/`)) return true;
    return false;
  }

  /** Text of a file; throws where there is none. */
  text(path: string): string {
    const file = this.get(path);
    if (file === undefined) {
      throw new TemplateError(`The file ${path} does not exist in the workspace`);
    }
    if (file.mode === linkMode) throw new TemplateError(`${path} is a link, expected a file`);
    return decodeText(file.content);
  }

  write(path: string, content: Uint8Array | string, options: Partial<WorkspaceFile> = {}): void {
    const safe = this.#writable(path);
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const mode = options.mode ?? this.#files.get(safe)?.mode ?? regularMode;
    if (mode === linkMode && !staysInside(safe, decodeText(bytes))) {
      throw new TemplateError(
        `Unexpected link ${safe}: its target leaves the workspace, expected one inside it`,
      );
    }
    this.#account(safe, bytes.length);
    this.#files.set(safe, {
      content: bytes,
      mode,
      ...(options.origin !== undefined && { origin: options.origin }),
    });
  }

  makeFolder(path: string): void {
    const safe = this.#writable(path, true);
    if (safe !== '') this.#folders.add(safe);
    if (this.#folders.size > this.#limits.files) {
      throw new TemplateError(`More than ${this.#limits.files} folders, expected fewer`);
    }
  }

  /** Removes a file or a folder with everything in it. */
  remove(path: string): void {
    const safe = insideWorkspace(path);
    function isBelow(other: string) {
      return safe === '' || other === safe || other.startsWith(`${safe}/`);
    }
    for (const [other, file] of this.#files) {
      if (!isBelow(other)) continue;
      this.#bytes -= file.content.length;
      this.#files.delete(other);
    }
    for (const other of this.#folders) if (isBelow(other)) this.#folders.delete(other);
  }

  /** Moves a file or a folder with everything in it. */
  move(from: string, to: string): void {
    const [source, target] = [insideWorkspace(from), insideWorkspace(to)];
    if (target.startsWith(`${source}/`)) {
      throw new TemplateError(`Cannot move ${source} into itself (${target})`);
    }
    const file = this.#files.get(source);
    const moved = file
      ? [[target, file] as const]
      : this.paths(source).map(
          (path) => [target + path.slice(source.length), this.#files.get(path)!] as const,
        );
    const folders = this.folders(source).map((path) => target + path.slice(source.length));
    if (!file) folders.unshift(target);
    this.remove(source);
    for (const [path, { content, ...rest }] of moved) this.write(path, content, rest);
    for (const folder of folders)
      if (folder !== '' && !this.isFolder(folder)) this.makeFolder(folder);
  }

  #writable(path: string, isFolder = false): string {
    const safe = insideWorkspace(path);
    if (safe === '' && !isFolder)
      throw new TemplateError('Unexpected empty path, expected a file name');
    if (safe.length > this.#limits.pathLength || safe.split('/').length > this.#limits.pathDepth) {
      throw new TemplateError(`The path ${safe.slice(0, 80)}… is too long or too deep`);
    }
    for (let up = folderOf(safe); up !== ''; up = folderOf(up)) {
      const file = this.#files.get(up);
      if (file?.mode === linkMode) throw new TemplateError(`Cannot write ${safe}: ${up} is a link`);
      if (file !== undefined) throw new TemplateError(`Cannot write ${safe}: ${up} is a file`);
    }
    if (!isFolder && safe !== '' && !this.#files.has(safe) && this.isFolder(safe)) {
      throw new TemplateError(`Cannot write ${safe}: it is a folder`);
    }
    return safe;
  }

  #account(path: string, size: number): void {
    const before = this.#files.get(path);
    if (size > this.#limits.fileBytes) {
      throw new TemplateError(
        `The file ${path} has ${size} bytes, expected at most ${this.#limits.fileBytes}`,
      );
    }
    if (before === undefined && this.#files.size >= this.#limits.files) {
      throw new TemplateError(`More than ${this.#limits.files} files, expected fewer`);
    }
    this.#bytes += size - (before?.content.length ?? 0);
    if (this.#bytes > this.#limits.bytes) {
      throw new TemplateError(
        `The workspace holds more than ${this.#limits.bytes} bytes, expected fewer`,
      );
    }
  }
}

/** UTF-8, bad bytes replaced and a byte order mark kept, as `readFile(…, 'utf-8')` does it. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function byCodeUnit(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
