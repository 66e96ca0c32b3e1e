import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';

/** What git must not read from the machine it runs on. */
export const gitEnvironment = {
  ...process.env,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
};

/** Runs git to its end; throws with its message. */
export async function git(
  directory: string,
  args: readonly string[],
  input?: AsyncIterable<Uint8Array | string> | string,
): Promise<string> {
  const child = spawn('git', args, { cwd: directory, env: gitEnvironment });
  const chunks: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });

  if (typeof input === 'string') child.stdin.write(input);
  else if (input)
    for await (const part of input)
      if (!child.stdin.write(part))
        await new Promise((resolve) => child.stdin.once('drain', resolve));
  child.stdin.end();

  const code = await ended;
  if (code !== 0)
    throw new Error(
      `git ${args.join(' ')} ended with ${code}: ${Buffer.concat(errors).toString()}`,
    );
  return Buffer.concat(chunks).toString();
}

export interface GitObject {
  oid: string;
  type: 'commit' | 'tree' | 'blob' | 'tag';
  bytes: Buffer;
}

/** Reads objects by name (`<commit>:<path>`) through one long-lived `git cat-file --batch`. */
export class ObjectReader {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly waiting: ((object: GitObject | null) => void)[] = [];
  private buffered: Buffer[] = [];
  private size = 0;
  private needed = 0;

  constructor(directory: string) {
    this.child = spawn('git', ['cat-file', '--batch'], { cwd: directory, env: gitEnvironment });
    this.child.stdout.on('data', (chunk: Buffer) => {
      this.buffered.push(chunk);
      this.size += chunk.length;
      if (this.size >= this.needed) this.drain();
    });
  }

  read(name: string): Promise<GitObject | null> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.child.stdin.write(`${name}\n`);
    });
  }

  close(): void {
    this.child.stdin.end();
    this.child.kill();
  }

  private drain(): void {
    let buffer = Buffer.concat(this.buffered);
    this.needed = 0;
    while (true) {
      const end = buffer.indexOf(10);
      if (end < 0) break;
      const header = buffer.subarray(0, end).toString();
      if (/ (missing|ambiguous)$/.test(header)) {
        buffer = buffer.subarray(end + 1);
        this.waiting.shift()?.(null);
        continue;
      }
      const [oid = '', type = '', size = '0'] = header.split(' ');
      const next = end + 1 + Number(size) + 1;
      if (buffer.length < next) {
        this.needed = next;
        break;
      }
      const bytes = Buffer.from(buffer.subarray(end + 1, next - 1));
      buffer = buffer.subarray(next);
      this.waiting.shift()?.({ oid, type: type as GitObject['type'], bytes });
    }
    this.buffered = [buffer];
    this.size = buffer.length;
  }
}

export interface TreeEntry {
  mode: string;
  name: string;
  oid: string;
  type: 'blob' | 'tree' | 'commit';
}

/** The entries of a tree object. */
export function parseTree(bytes: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(32, at);
    const end = bytes.indexOf(0, space);
    const mode = bytes.subarray(at, space).toString().padStart(6, '0');
    entries.push({
      mode,
      name: bytes.subarray(space + 1, end).toString(),
      oid: bytes.subarray(end + 1, end + 21).toString('hex'),
      type: typeOfMode(mode),
    });
    at = end + 21;
  }
  return entries;
}

function typeOfMode(mode: string): TreeEntry['type'] {
  if (mode === '040000') return 'tree';
  return mode === '160000' ? 'commit' : 'blob';
}

export interface Commit {
  oid: string;
  tree: string;
  parent: string | undefined;
  author: { name: string; email: string; date: string };
  message: string;
}

/** The parts of a commit object GitHub shows. */
export function parseCommit({ oid, bytes }: GitObject): Commit {
  const text = bytes.toString();
  const author = /^author (.*) <(.*)> (\d+) /m.exec(text);
  return {
    oid,
    tree: /^tree (\w+)/m.exec(text)?.[1] ?? '',
    parent: /^parent (\w+)/m.exec(text)?.[1],
    author: {
      name: author?.[1] ?? '',
      email: author?.[2] ?? '',
      date: new Date(Number(author?.[3] ?? 0) * 1000).toISOString().replace('.000', ''),
    },
    message: text.slice(text.indexOf('\n\n') + 2).trim(),
  };
}
