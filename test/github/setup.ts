import { readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { githubSource } from '../../collectors/sources/github/github.ts';
import { GithubOptions } from '../../collectors/sources/github/options.ts';
import type { SourceAnswer, SourceContext } from '../../collectors/sources/source.ts';
import { makeOrganisation, type OrganisationOptions } from './organisation.ts';
import { StandIn, type StandInOptions } from './server.ts';
import { World } from './world.ts';

/** A token that must never be seen anywhere. */
export const canary = 'ghp_canary0123456789canary0123456789abcd';

export interface Scene {
  world: World;
  github: StandIn;
  /** Folder for caches and portals; gone with the scene. */
  folder: string;
  crawl(options?: CrawlSetting): Promise<SourceAnswer>;
  close(): Promise<void>;
}

export interface CrawlSetting {
  /** Options of the source beside host and organisation. */
  options?: Record<string, unknown>;
  context?: Partial<SourceContext>;
  environment?: Record<string, string>;
  /** Name of the folder the source's state is kept in. */
  kept?: string;
  timeout?: number;
  signal?: AbortSignal;
}

/** A stand-in GitHub with an organisation, and the source pointed at it. */
export async function makeScene(
  organisation: OrganisationOptions,
  standIn: StandInOptions = {},
): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'callboard-crawl-'));
  const world = new World(join(folder, 'world'));
  await world.start();
  const { login } = await makeOrganisation(world, organisation);
  const github = new StandIn(world, { tokens: { [canary]: { account: login } }, ...standIn });
  await github.start();

  function crawl(setting: CrawlSetting = {}): Promise<SourceAnswer> {
    const options = GithubOptions.parse({
      type: 'github',
      host: github.url,
      ...(setting.options?.['app'] || setting.options?.['user'] ? {} : { organization: login }),
      waitForReset: 5,
      ...setting.options,
    });
    const context: SourceContext = {
      workingDirectory: folder,
      kept: join(folder, setting.kept ?? 'kept'),
      scratch: join(folder, 'scratch'),
      progress() {},
      ...setting.context,
    };
    return githubSource(options, context, {
      environment: setting.environment ?? { CALLBOARD_GITHUB_TOKEN: canary },
      pace: { retryDelay: 5, timeout: setting.timeout ?? 10_000 },
    }).list(setting.signal ?? new AbortController().signal);
  }

  async function close(): Promise<void> {
    await github.close();
    await rm(folder, { recursive: true, force: true });
  }

  return { world, github, folder, crawl, close };
}

/** Everything a crawl can be seen by: what every repository offers, as text. */
export async function contentsOf({ repositories }: SourceAnswer): Promise<string> {
  const parts: unknown[] = [];
  for (const repository of repositories) {
    const { id, commit, branch, asOf, description, topics, catalogFiles } = repository;
    const files: Record<string, string> = {};
    const globs = [...catalogFiles, 'mkdocs.yml', 'docs/**'].filter((glob) =>
      id.endsWith('/people') ? glob === '*.yaml' : true,
    );
    for (const path of await repository.find(globs))
      files[path] = Buffer.from((await repository.read(path)) ?? '').toString('base64');
    parts.push({
      id,
      commit,
      branch,
      ...(commit && { asOf }),
      description,
      topics,
      catalogFiles,
      files,
    });
  }
  return JSON.stringify(parts, null, 1);
}

/** Every file of a source's state with its text; the time of the crawl is left out. */
export function stateIn(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath, file.name);
    found[relative(folder, path)] = readFileSync(path, 'latin1').replace(
      /"completedAt": ".*",/,
      '',
    );
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}
