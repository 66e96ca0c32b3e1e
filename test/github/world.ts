import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { ObjectReader, git } from './git.ts';

export interface File {
  text: string | Uint8Array;
  /** 100644 a file, 100755 a program, 120000 a link, 160000 a submodule (the text is then its commit). */
  mode?: '100644' | '100755' | '120000' | '160000';
}

export type Files = Record<string, File | string | Uint8Array | null>;

export interface WorkflowRun {
  id: number;
  workflow: string;
  event: string;
  status: 'COMPLETED' | 'IN_PROGRESS';
  conclusion: 'SUCCESS' | 'FAILURE' | 'CANCELLED' | null;
  createdAt: string;
  updatedAt: string;
  runNumber: number;
}

export interface PullRequest {
  number: number;
  title: string;
  author: string;
  createdAt: string;
  updatedAt: string;
  isDraft: boolean;
  reviewDecision: 'APPROVED' | 'CHANGES_REQUESTED' | 'REVIEW_REQUIRED' | null;
}

export interface Alert {
  number: number;
  severity: 'low' | 'medium' | 'high' | 'critical';
  summary: string;
}

/** A repository as GitHub knows it; its content is a bare git repository on disk. */
export interface StandInRepository {
  databaseId: number;
  nodeId: string;
  owner: string;
  name: string;
  description: string | null;
  topics: string[];
  visibility: 'PUBLIC' | 'PRIVATE' | 'INTERNAL';
  isArchived: boolean;
  isFork: boolean;
  licence: string | null;
  languages: { name: string; size: number }[];
  /** KB. */
  diskUsage: number;
  /** Null where there is none: an empty repository. */
  defaultBranch: string | null;
  commit: string | null;
  createdAt: string;
  updatedAt: string;
  pushedAt: string;
  /** Runs of the newest commit, newest first. */
  runs: WorkflowRun[];
  releases: { id: number; name: string; tag: string; publishedAt: string; isPrerelease: boolean }[];
  pullRequests: PullRequest[];
  openIssues: number;
  dependabotAlerts: Alert[];
  codeScanningAlerts: Alert[];
}

export interface Person {
  login: string;
  databaseId: number;
  name: string | null;
  email: string;
  bio: string | null;
}

export interface Team {
  slug: string;
  name: string;
  description: string | null;
  parent: string | null;
  members: string[];
}

export interface Account {
  login: string;
  databaseId: number;
  type: 'Organization' | 'User';
  members: Person[];
  teams: Team[];
}

/** Everything the stand-in serves: accounts, repositories and their git objects, below one folder. */
export class World {
  readonly root: string;
  readonly accounts = new Map<string, Account>();
  /** By `owner/name` in lower case. */
  readonly repositories = new Map<string, StandInRepository>();
  /** Old `owner/name` of a renamed or transferred repository to its node id. */
  readonly moved = new Map<string, string>();
  /** Entries of a recursive tree after which GitHub cuts it. */
  treeLimit = 100_000;
  private reader: ObjectReader | undefined;

  constructor(root: string) {
    this.root = root;
  }

  /** One object store for all repositories: they borrow from it, so that thousands are made by one git process. */
  get store(): string {
    return join(this.root, 'objects.git');
  }

  get objects(): ObjectReader {
    this.reader ??= new ObjectReader(this.store);
    return this.reader;
  }

  async start(): Promise<void> {
    await mkdir(this.root, { recursive: true });
    await git(this.root, ['init', '--quiet', '--bare', this.store]);
  }

  close(): void {
    this.reader?.close();
  }

  repository(owner: string, name: string): StandInRepository | undefined {
    return this.repositories.get(`${owner}/${name}`.toLowerCase());
  }

  byNodeId(id: string): StandInRepository | undefined {
    for (const repository of this.repositories.values())
      if (repository.nodeId === id) return repository;
    return undefined;
  }

  /** Where a name that moved points now. */
  movedTo(owner: string, name: string): StandInRepository | undefined {
    const id = this.moved.get(`${owner}/${name}`.toLowerCase());
    return id === undefined ? undefined : this.byNodeId(id);
  }

  ownedBy(login: string): StandInRepository[] {
    const prefix = `${login.toLowerCase()}/`;
    return [...this.repositories]
      .filter(([key]) => key.startsWith(prefix))
      .map(([, value]) => value);
  }

  folder(repository: Pick<StandInRepository, 'nodeId'>): string {
    return join(this.root, 'repositories', `${repository.nodeId}.git`);
  }

  /** Commits to many repositories at once, in one git process. */
  async commit(
    changes: Iterable<{
      repository: StandInRepository;
      commits: { files: Files; author: Person; date: string; message: string }[];
    }>,
  ): Promise<void> {
    const touched: StandInRepository[] = [];
    await git(
      this.store,
      ['fast-import', '--quiet', '--force'],
      fastImport(changes, (repository) => touched.push(repository)),
    );
    const refs = await git(this.store, ['for-each-ref', '--format=%(refname) %(objectname)']);
    const heads = new Map(refs.split('\n').map((line) => line.split(' ') as [string, string]));
    for (const repository of touched) {
      const isNew = repository.commit === null;
      repository.commit = heads.get(refOf(repository)) ?? null;
      repository.defaultBranch ??= 'main';
      if (isNew) await this.initialise(repository);
      const ref = join(this.folder(repository), 'refs', 'heads', repository.defaultBranch);
      await mkdir(dirname(ref), { recursive: true });
      await writeFile(ref, `${repository.commit}\n`);
    }
  }

  /** One commit on the default branch; `null` deletes a file. */
  async change(repository: StandInRepository, files: Files, date: string): Promise<void> {
    const author = this.accounts.get(repository.owner)?.members[0] ?? somebody;
    await this.commit([
      { repository, commits: [{ files, author, date, message: `Change ${repository.name}` }] },
    ]);
    repository.pushedAt = date;
    repository.updatedAt = date;
  }

  rename(repository: StandInRepository, owner: string, name: string): void {
    const before = `${repository.owner}/${repository.name}`.toLowerCase();
    this.repositories.delete(before);
    this.moved.set(before, repository.nodeId);
    repository.owner = owner;
    repository.name = name;
    this.repositories.set(`${owner}/${name}`.toLowerCase(), repository);
  }

  remove(repository: StandInRepository): void {
    this.repositories.delete(`${repository.owner}/${repository.name}`.toLowerCase());
  }

  private async initialise(repository: StandInRepository): Promise<void> {
    const folder = this.folder(repository);
    await mkdir(join(folder, 'objects', 'info'), { recursive: true });
    await mkdir(join(folder, 'refs'), { recursive: true });
    await Promise.all([
      writeFile(join(folder, 'HEAD'), `ref: refs/heads/${repository.defaultBranch}\n`),
      writeFile(join(folder, 'objects', 'info', 'alternates'), `${join(this.store, 'objects')}\n`),
      writeFile(
        join(folder, 'config'),
        '[core]\n\trepositoryformatversion = 0\n\tbare = true\n[uploadpack]\n\tallowFilter = true\n\tallowAnySHA1InWant = true\n',
      ),
    ]);
  }
}

const somebody: Person = {
  login: 'somebody',
  databaseId: 1,
  name: 'Some Body',
  email: 'somebody@acme.example',
  bio: null,
};

function refOf(repository: StandInRepository): string {
  return `refs/repositories/${repository.databaseId}`;
}

async function* fastImport(
  changes: Parameters<World['commit']>[0],
  touch: (repository: StandInRepository) => void,
): AsyncGenerator<Buffer> {
  for (const { repository, commits } of changes) {
    touch(repository);
    const parts: Buffer[] = [];
    commits.forEach(({ files, author, date, message }, index) => {
      const stamp = `${author.name ?? author.login} <${author.email}> ${Math.floor(Date.parse(date) / 1000)} +0000`;
      const from = index === 0 && repository.commit ? `from ${repository.commit}\n` : '';
      parts.push(
        Buffer.from(
          `commit ${refOf(repository)}\nauthor ${stamp}\ncommitter ${stamp}\ndata ${Buffer.byteLength(message)}\n${message}\n${from}`,
        ),
      );
      for (const [path, value] of Object.entries(files)) parts.push(...fileCommand(path, value));
    });
    yield Buffer.concat(parts);
  }
}

function fileCommand(path: string, value: Files[string]): Buffer[] {
  const quoted = `"${path.replaceAll('\\', '\\\\').replaceAll('"', String.raw`\"`)}"`;
  if (value === null) return [Buffer.from(`D ${quoted}\n`)];
  const file = typeof value === 'string' || value instanceof Uint8Array ? { text: value } : value;
  const mode = 'mode' in file && file.mode ? file.mode : '100644';
  if (mode === '160000') return [Buffer.from(`M 160000 ${String(file.text)} ${quoted}\n`)];
  const bytes = typeof file.text === 'string' ? Buffer.from(file.text) : Buffer.from(file.text);
  return [
    Buffer.from(`M ${mode} inline ${quoted}\ndata ${bytes.length}\n`),
    bytes,
    Buffer.from('\n'),
  ];
}
