import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanEnvironment } from '../../clean-environment.ts';
import { generateOrganisation, seededRandom } from '../catalog-organisation.ts';

const launcher = join(import.meta.dirname, '../../../collectors/callboard.mjs');
const pagesPerSite = 200;

/** A generated organisation with as many pages of documentation as entities. */
export class LargePortal {
  readonly dist: string;
  readonly folder: string;
  private readonly size: number;

  constructor(folder: string, size: number) {
    this.folder = folder;
    this.size = size;
    this.dist = join(folder, 'dist');
  }

  /** Writes the repositories, collects and builds. */
  build(): void {
    const repositories = join(this.folder, 'repositories');
    generateOrganisation(repositories, { entities: this.size, repositories: 200, seed: 1 });
    const sites = Math.ceil(this.size / pagesPerSite);
    for (let site = 0; site < sites; site++) writeSite(repositories, site);
    for (let page = 0; page < this.size; page++) this.writePage(page, '');
    writeFileSync(
      join(this.folder, 'callboard.config.ts'),
      "export default { title: 'Large', sources: [{ type: 'local', root: './repositories', repositories: '*' }] };\n",
    );
    this.run('collect', '--quiet');
    this.run('build');
  }

  /** Adds to the text of one page, and collects. */
  change(page: number, added: string): void {
    this.writePage(page, added);
    this.run('collect', '--quiet');
  }

  private writePage(page: number, added: string): void {
    const site = siteFolder(join(this.folder, 'repositories'), Math.floor(page / pagesPerSite));
    writeFileSync(join(site, 'docs', `page-${page}.md`), pageText(page, added));
  }

  private run(...parameters: string[]): void {
    const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...parameters], {
      cwd: this.folder,
      encoding: 'utf8',
      env: cleanEnvironment(),
    });
    if (status !== 0) throw new Error(`callboard ${parameters[0]} failed: ${stdout}${stderr}`);
  }
}

function siteFolder(repositories: string, site: number): string {
  return join(repositories, `handbook-${site}`);
}

function writeSite(repositories: string, site: number): void {
  const folder = siteFolder(repositories, site);
  mkdirSync(join(folder, 'docs'), { recursive: true });
  const entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: `handbook-${site}`,
      annotations: { 'backstage.io/techdocs-ref': 'dir:.' },
    },
    spec: { type: 'documentation', lifecycle: 'production', owner: 'team-1' },
  };
  writeFileSync(join(folder, 'catalog-info.yaml'), JSON.stringify(entity));
  writeFileSync(join(folder, 'mkdocs.yml'), `site_name: Handbook ${site}\n`);
  writeFileSync(join(folder, 'docs/index.md'), `# Handbook ${site}\n\nGenerated pages.\n`);
}

const vocabulary = words(40_000);

/** Words as people would find them strange but pronounceable; the first ones are the most frequent. */
function words(count: number): string[] {
  const random = seededRandom(3);
  const starts = 'b br c cl d dr f fl g gr h j k l m n p pl qu r s st t tr v w z'.split(' ');
  const middles = 'a ai e ea i io o ou u'.split(' ');
  const ends = ['', '', '', 'n', 'r', 's', 't', 'nd', 'rm', 'ct'];
  const found = new Set<string>();
  while (found.size < count) {
    const syllables = found.size < 300 ? 1 : 2 + Math.floor(random() * 2);
    let word = '';
    for (let at = 0; at < syllables; at++)
      for (const part of [starts, middles, ends]) word += part[Math.floor(random() * part.length)];
    found.add(word);
  }
  return [...found];
}

/** About 600 words under five headings, with code; how often a word stands there follows Zipf's law. */
function pageText(page: number, added: string): string {
  const random = seededRandom(page + 100);
  const word = () => vocabulary[Math.floor(vocabulary.length ** random()) - 1]!;
  // Titles and headings are made of what tells pages apart.
  const rare = () => vocabulary[300 + Math.floor(random() * 12_000)]!;
  function sentence(length: number): string {
    const text = Array.from({ length }, word).join(' ');
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  }
  const paragraph = () => Array.from({ length: 4 }, () => sentence(14)).join(' ');
  const parts = [`# ${rare()} ${word()} ${rare()}`, paragraph() + added];
  for (let section = 0; section < 5; section++) {
    parts.push(`## ${word()} ${rare()} ${word()}`, paragraph(), paragraph());
    parts.push(`Set \`${rare()}_${word()}\` and \`${rare()}-${rare()}\`.`);
  }
  return `${parts.join('\n\n')}\n`;
}

/** The title a page has, to search for. */
export function titleOf(page: number): string {
  return /^# (.*)$/m.exec(pageText(page, ''))![1]!;
}
