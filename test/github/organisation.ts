import { Random } from './random.ts';
import type {
  Account,
  Alert,
  Files,
  Person,
  PullRequest,
  StandInRepository,
  Team,
  WorkflowRun,
  World,
} from './world.ts';

export interface OrganisationOptions {
  login?: string;
  repositories: number;
  /** How many of them have docs; two fifths by default. */
  withDocs?: number;
  /** Pages of each docs folder. */
  pages?: number;
  people?: number;
  teams?: number;
  seed?: number;
  /** The organisation's "now": nothing in it is newer. */
  now?: string;
}

/** Fills a world with an organisation: the same options give the same bytes, object ids included. */
export async function makeOrganisation(
  world: World,
  options: OrganisationOptions,
): Promise<Account> {
  const login = options.login ?? 'acme';
  const random = new Random(options.seed ?? 1);
  const now = Date.parse(options.now ?? '2026-11-01T06:00:00Z');
  const people = makePeople(
    options.people ?? Math.max(8, Math.ceil(options.repositories / 10)),
    random,
  );
  const teams = makeTeams(
    options.teams ?? Math.max(4, Math.ceil(options.repositories / 50)),
    people,
    random,
  );
  const account: Account = {
    login,
    databaseId: 9000 + world.accounts.size,
    type: 'Organization',
    members: people,
    teams,
  };
  world.accounts.set(login, account);

  const withDocs = options.withDocs ?? Math.round(options.repositories * 0.4);
  const first = world.repositories.size + 1;
  const changes: Parameters<World['commit']>[0] = Array.from(
    { length: options.repositories },
    (_, index) => {
      const hasDocs =
        Math.floor(((index + 1) * withDocs) / options.repositories) >
        Math.floor((index * withDocs) / options.repositories);
      const repository = makeRepository(login, first + index, index, random, now);
      const owner = teams[index % teams.length] as Team;
      world.repositories.set(`${login}/${repository.name}`.toLowerCase(), repository);
      fillActivity(repository, people, random, Date.parse(repository.pushedAt));
      return {
        repository,
        commits: makeCommits(repository, owner, people, hasDocs ? (options.pages ?? 5) : 0, random),
      };
    },
  );
  await world.commit(changes);
  return account;
}

const given = [
  'Ada',
  'Grace',
  'Alan',
  'Edsger',
  'Barbara',
  'Donald',
  'Margaret',
  'Ken',
  'Radia',
  'Tim',
];
const family = [
  'Lovelace',
  'Hopper',
  'Turing',
  'Dijkstra',
  'Liskov',
  'Knuth',
  'Hamilton',
  'Perlman',
];
const areas = [
  'checkout',
  'payments',
  'ledger',
  'search',
  'shipping',
  'identity',
  'pricing',
  'catalogue',
  'returns',
  'loyalty',
];
const parts = [
  'service',
  'worker',
  'gateway',
  'library',
  'frontend',
  'importer',
  'reports',
  'proxy',
];
const languages = ['TypeScript', 'Go', 'Java', 'Python', 'Rust', 'Kotlin'];
const severities = ['low', 'medium', 'high', 'critical'] as const;

function makePeople(count: number, random: Random): Person[] {
  return Array.from({ length: count }, (_, index) => {
    const first = given[index % given.length] as string;
    const last = family[Math.floor(index / given.length) % family.length] as string;
    const login =
      `${first}-${last}${index < given.length * family.length ? '' : index}`.toLowerCase();
    return {
      login,
      databaseId: 1000 + index,
      name: random.below(12) === 0 ? null : `${first} ${last}`,
      email: `${login}@acme.example`,
      bio: random.below(3) === 0 ? `Works on ${random.pick(areas)}.` : null,
    };
  });
}

function makeTeams(count: number, people: readonly Person[], random: Random): Team[] {
  const roots = Math.max(1, Math.ceil(count / 8));
  return Array.from({ length: count }, (_, index) => {
    const name = `${areas[index % areas.length]}${index < areas.length ? '' : ` ${Math.floor(index / areas.length) + 1}`}`;
    return {
      slug: name.replaceAll(' ', '-'),
      name: (name[0] as string).toUpperCase() + name.slice(1),
      description: random.below(2) === 0 ? `Everything about ${name}.` : null,
      parent: index < roots ? null : (areas[index % roots] ?? null),
      members: people.filter((_, i) => i % count === index).map((person) => person.login),
    };
  });
}

function makeRepository(
  owner: string,
  id: number,
  index: number,
  random: Random,
  now: number,
): StandInRepository {
  const area = random.pick(areas);
  const name = `${area}-${random.pick(parts)}-${index + 1}`;
  const pushedAt = iso(now - random.below(300 * day));
  const language = random.pick(languages);
  return {
    databaseId: id,
    nodeId: `R_${String(id).padStart(8, '0')}`,
    owner,
    name,
    description: random.below(10) === 0 ? null : `The ${name.replaceAll('-', ' ')} of ${owner}`,
    topics: [area, language.toLowerCase()],
    visibility: random.below(5) === 0 ? 'PUBLIC' : 'PRIVATE',
    isArchived: false,
    isFork: false,
    licence: random.below(3) === 0 ? 'Apache-2.0' : null,
    languages: [
      { name: language, size: 10_000 + random.below(90_000) },
      { name: 'Shell', size: 100 + random.below(900) },
    ],
    diskUsage: 200 + random.below(3000),
    defaultBranch: 'main',
    commit: null,
    createdAt: iso(Date.parse('2020-01-01T00:00:00Z') + id * 3_600_000),
    updatedAt: pushedAt,
    pushedAt,
    runs: [],
    releases: [],
    pullRequests: [],
    openIssues: 0,
    dependabotAlerts: [],
    codeScanningAlerts: [],
  };
}

function makeCommits(
  repository: StandInRepository,
  team: Team,
  people: readonly Person[],
  pages: number,
  random: Random,
): { files: Files; author: Person; date: string; message: string }[] {
  const { name } = repository;
  const last = Date.parse(repository.pushedAt);
  const files: Files = {
    'catalog-info.yaml': catalogInfo(repository, team, pages > 0),
    'README.md': `# ${name}\n\n${repository.description ?? ''}\n`,
    '.github/CODEOWNERS': `* @${repository.owner}/${team.slug}\n`,
    'src/main.ts': `export const name = '${name}';\n`,
  };
  if (pages > 0) {
    files['mkdocs.yml'] = `site_name: ${name}\nnav:\n  - Home: index.md\n`;
    files['docs/index.md'] = `# ${name}\n\n![logo](assets/logo.png)\n`;
    files['docs/assets/logo.png'] = pixel;
    for (let page = 1; page < pages; page++)
      files[`docs/guide/page-${page}.md`] =
        `# Page ${page} of ${name}\n\n${'How it works. '.repeat(20)}\n`;
  }
  return [
    { files, message: 'Begin' },
    { files: { 'src/one.ts': 'export const one = 1;\n' }, message: 'Add one' },
    { files: { 'src/two.ts': 'export const two = 2;\n' }, message: 'Add two' },
  ].map(({ files, message }, index) => ({
    files,
    message,
    author: random.pick(people),
    date: iso(last - (2 - index) * day),
  }));
}

function catalogInfo(repository: StandInRepository, team: Team, hasDocs: boolean): string {
  const docs = hasDocs ? '\n    backstage.io/techdocs-ref: dir:.' : '';
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${repository.name}
  annotations:
    github.com/project-slug: ${repository.owner}/${repository.name}${docs}
spec:
  type: service
  lifecycle: production
  owner: ${team.slug}
`;
}

function fillActivity(
  repository: StandInRepository,
  people: readonly Person[],
  random: Random,
  pushed: number,
): void {
  const base = repository.databaseId * 100;
  for (const workflow of ['CI', 'Release'].slice(0, 1 + random.below(2)))
    repository.runs.push(makeRun(workflow, base + repository.runs.length, random, pushed));
  for (let i = random.below(4); i > 0; i--)
    repository.releases.push({
      id: base + i,
      name: `Release ${i}`,
      tag: `v1.${i}.0`,
      publishedAt: iso(pushed - (4 - i) * 10 * day),
      isPrerelease: false,
    });
  repository.releases.sort((a, b) => b.publishedAt.localeCompare(a.publishedAt));
  for (let i = random.below(4); i > 0; i--)
    repository.pullRequests.push(makePull(i, people, random, pushed));
  repository.openIssues = random.below(15);
  if (repository.databaseId % 20 === 0) repository.dependabotAlerts.push(makeAlert(random));
  if (repository.databaseId % 40 === 0) repository.codeScanningAlerts.push(makeAlert(random));
}

function makeRun(workflow: string, id: number, random: Random, at: number): WorkflowRun {
  return {
    id,
    workflow,
    event: 'push',
    status: 'COMPLETED',
    conclusion: random.below(6) === 0 ? 'FAILURE' : 'SUCCESS',
    createdAt: iso(at),
    updatedAt: iso(at + (60 + random.below(600)) * 1000),
    runNumber: 1 + random.below(500),
  };
}

function makePull(
  number: number,
  people: readonly Person[],
  random: Random,
  at: number,
): PullRequest {
  const createdAt = iso(at - random.below(40 * day));
  return {
    number: 100 + number,
    title: `Improve ${random.pick(areas)}`,
    author: random.pick(people).login,
    createdAt,
    updatedAt: createdAt,
    isDraft: random.below(5) === 0,
    reviewDecision: random.pick([
      'APPROVED',
      'CHANGES_REQUESTED',
      'REVIEW_REQUIRED',
      null,
    ] as const),
  };
}

function makeAlert(random: Random): Alert {
  return {
    number: 1,
    severity: random.pick(severities),
    summary: 'Something old in the dependencies',
  };
}

const day = 86_400_000;

function iso(time: number): string {
  return new Date(Math.floor(time / 1000) * 1000).toISOString().replace('.000', '');
}

/** A PNG of one pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
