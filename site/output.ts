import { createHash } from 'node:crypto';
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { filesIn } from './files-in.ts';
import { digestOf, type Digest } from './offline/file-list.ts';

/** By path: what the file was made of, when it was written, and its content's digest. No stamp: made anew by every build. */
type Held = Record<string, { stamp?: string; time: number; digest?: Digest }>;

/**
 * `dist/` as the last build left it, and what becomes of it. What is made of the same things stays where it is;
 * the rest is gathered beside it and moved in when it is whole. Copying and removing a portal of thousands of
 * pages takes longer than building the ones that changed.
 */
export class Output {
  /** Where everything new is gathered. */
  readonly next: string;
  readonly #dist: string;
  readonly #manifest: string;
  readonly #held: Map<string, Held[string]>;
  readonly #stamps = new Map<string, string>();
  /** Time of each file that stays. */
  readonly #kept = new Map<string, number>();
  readonly #digests = new Map<string, Digest>();

  constructor(directory: string) {
    this.#dist = join(directory, 'dist');
    this.next = join(directory, '.callboard', 'next');
    this.#manifest = join(directory, '.callboard', 'output.json');
    this.#held = new Map(Object.entries(readHeld(this.#manifest, this.#dist)));
    rmSync(this.next, { recursive: true, force: true });
    mkdirSync(this.next, { recursive: true });
  }

  /** Whether the file needs no making: it is in `dist/` already, untouched since. */
  keeps(path: string, stamp: string): boolean {
    this.#stamps.set(path, stamp);
    const held = this.#held.get(path);
    if (held?.stamp !== stamp) return false;
    const file = join(this.#dist, path);
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) return false;
    // A cache of CI may give files back with other times.
    if (found.mtimeMs !== held.time && !isSame(file, found.size, held.digest)) return false;
    this.#kept.set(path, found.mtimeMs);
    return true;
  }

  /** Writes a file unless `dist/` has it as it is, or something has its address already. */
  write(path: string, body: string | Uint8Array): void {
    const own = this.#own(path);
    if (own === undefined || this.keeps(own, hashOf(body))) return;
    const file = join(this.next, own);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, body);
  }

  /** Writes a file that was asked for by `keeps`. */
  make(path: string, body: Uint8Array): void {
    const file = join(this.next, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, body);
  }

  /** Copies a file the same way; one that is not there is passed over. */
  copy(path: string, source: string): void {
    const found = statSync(source, { throwIfNoEntry: false });
    const own = found && this.#own(path);
    if (own === undefined || this.keeps(own, hashOf(`${source} ${found!.size} ${found!.mtimeMs}`)))
      return;
    copy(source, join(this.next, own));
  }

  /** Every file so far. */
  paths(): string[] {
    return [...this.#kept.keys(), ...filesIn(this.next)];
  }

  /** Content of one of them. */
  read(path: string): Buffer {
    return readFileSync(join(this.#kept.has(path) ? this.#dist : this.next, path));
  }

  /** Of a file that stays, as it was taken when it was made. */
  digest(path: string): Digest {
    const held = this.#kept.has(path) ? this.#held.get(path)?.digest : undefined;
    const digest = held ?? digestOf(this.read(path));
    this.#digests.set(path, digest);
    return digest;
  }

  /** Makes `dist/` what this build came to. */
  publish(): void {
    const made = filesIn(this.next);
    // Until this one is written again, a build that was ended half way is not built upon.
    rmSync(this.#manifest, { force: true });
    if (this.#held.size === 0) this.#replace();
    else this.#update(made);
    const held: Held = {};
    for (const path of [...this.#kept.keys(), ...made]) {
      const stamp = this.#stamps.get(path);
      const digest = this.#digests.get(path);
      const time = this.#kept.get(path) ?? statSync(join(this.#dist, path)).mtimeMs;
      held[path] = { time, ...(stamp && { stamp }), ...(digest && { digest }) };
    }
    writeFileSync(this.#manifest, JSON.stringify(held));
  }

  /** The path without the slash before it; undefined where something has it already. */
  #own(path: string): string | undefined {
    const own = relative(this.next, join(this.next, path));
    if (own.startsWith('..')) throw new Error(`${path} is not below the portal`);
    return this.#kept.has(own) || existsSync(join(this.next, own)) ? undefined : own;
  }

  /** Two renames: a reader of `dist/` never sees half a portal for longer than that. */
  #replace(): void {
    const previous = `${this.next}-previous`;
    rmSync(previous, { recursive: true, force: true });
    if (existsSync(this.#dist)) renameSync(this.#dist, previous);
    renameSync(this.next, this.#dist);
    rmSync(previous, { recursive: true, force: true });
  }

  /** Files that pages load come before the pages, and what is gone goes last: no page misses anything in between. */
  #update(made: readonly string[]): void {
    const isNew = new Set(made);
    const folders = new Set(made.flatMap(foldersOf));
    const gone = [...this.#held.keys()].filter((path) => !isNew.has(path) && !this.#kept.has(path));
    const [inTheWay, rest] = split(
      gone,
      (path) => folders.has(path) || foldersOf(path).some((folder) => isNew.has(folder)),
    );
    const [pages, others] = split(made, (path) => path.endsWith('.html'));
    this.#remove(inTheWay);
    for (const path of [...others, ...pages]) {
      const file = join(this.#dist, path);
      mkdirSync(dirname(file), { recursive: true });
      renameSync(join(this.next, path), file);
    }
    this.#remove(rest);
    rmSync(this.next, { recursive: true, force: true });
  }

  #remove(paths: readonly string[]): void {
    for (const path of paths) {
      rmSync(join(this.#dist, path), { force: true });
      for (const folder of foldersOf(path)) {
        try {
          rmdirSync(join(this.#dist, folder));
        } catch {
          // Not empty, so neither are those above it.
          break;
        }
      }
    }
  }
}

export function hashOf(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function readHeld(manifest: string, dist: string): Held {
  try {
    return existsSync(dist) ? (JSON.parse(readFileSync(manifest, 'utf8')) as Held) : {};
  } catch {
    return {};
  }
}

function isSame(file: string, size: number, digest: Digest | undefined): boolean {
  return digest?.size === size && digestOf(readFileSync(file)).hash === digest.hash;
}

function copy(source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(source, target, constants.COPYFILE_FICLONE);
}

/** The folders a path is in, innermost first. */
function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) folders.push(folder);
  return folders;
}

function split<T>(list: readonly T[], isFirst: (each: T) => boolean): [T[], T[]] {
  const parts: [T[], T[]] = [[], []];
  for (const each of list) parts[isFirst(each) ? 0 : 1].push(each);
  return parts;
}
