import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CallboardError, exitCode } from '../../../collectors/callboard-error.ts';
import type { Config } from '../../../collectors/config-schema.ts';
import { readPreparedProblems } from '../../../collectors/prepared-problems.ts';
import { problemKinds, sortProblems } from '../../../collectors/problems.ts';
import { readSnapshot, snapshotPath, type Snapshot } from '../../../collectors/snapshot.ts';
import type { AnyPlugin, Entity, ModelContext, Portal } from '../../../plugins/types.ts';
import { withWholeStats } from './source-stats.ts';

/** What a portal is made from, whichever copy of the plugins' code then shows it. */
export interface PortalParts {
  models: ReadonlyMap<string, unknown>;
  snapshots: ReadonlyMap<string, Snapshot>;
  problems: Portal['problems'];
  href: Portal['href'];
}

export async function loadPortal(directory: string, config: Config, base: string): Promise<Portal> {
  return createPortal(config, await loadParts(directory, config, base));
}

/** Reads every snapshot and builds every model: all that pages, search and the JSON API are made from. */
export async function loadParts(
  directory: string,
  config: Config,
  base: string,
): Promise<PortalParts> {
  requireSnapshots(directory, config);
  const snapshots = new Map<string, Snapshot>();
  for (const plugin of config.plugins) {
    const snapshot = plugin.snapshot ? readSnapshot(directory, plugin) : undefined;
    if (snapshot) snapshots.set(plugin.name, snapshot);
  }
  const problems = sortProblems([
    ...[...snapshots.values()].flatMap((snapshot) => snapshot.problems),
    ...config.plugins.flatMap(({ name }) => readPreparedProblems(directory, name)),
  ]);
  const models = new Map<string, unknown>();
  function href(path: string): string {
    return path.startsWith('/') ? base + path.slice(1) : path;
  }

  for (const plugin of config.plugins) {
    const snapshot = snapshots.get(plugin.name);
    if (!plugin.model) {
      models.set(plugin.name, snapshot?.data);
      continue;
    }
    const context: ModelContext<unknown, unknown> = {
      options: config.options[plugin.name],
      data: snapshot?.data,
      sources: snapshot?.sources ?? [],
      plugins: config.plugins,
      model: <T>(name: string) => models.get(name) as T | undefined,
      problems,
      folder: join(directory, 'content', plugin.name),
      cache: join(directory, '.callboard', plugin.name),
      href,
    };
    const { default: build } = await plugin.model();
    models.set(plugin.name, build(context));
  }
  return { models, snapshots, problems, href };
}

/** The portal as the plugins of this configuration show it. */
export function createPortal(config: Config, parts: PortalParts): Portal {
  const { models, snapshots, problems, href } = parts;
  const kinds = problemKinds(config.plugins);
  const sources = withWholeStats(
    [...snapshots].flatMap(([plugin, snapshot]) =>
      snapshot.sources.map((source) => ({ ...source, plugin })),
    ),
  );
  const portal: Portal = {
    title: config.title,
    plugins: config.plugins,
    problems,
    sources,
    asOf: sources.map((source) => source.asOf).toSorted()[0] ?? '',
    model: <T>(name: string) => models.get(name) as T | undefined,
    href,
    entityLink: (ref) => {
      for (const plugin of config.plugins) {
        const link = plugin.entityLink?.(ref, models.get(plugin.name));
        if (link) return link;
      }
      return undefined;
    },
    kindOf: (code) => kinds.get(code),
    cardsFor: (entity, area) =>
      inOrder(config.plugins, (plugin) => plugin.entityCards ?? []).filter(
        (card) => card.area === area && card.appliesTo(entity, portal),
      ),
    tabsFor: (entity) =>
      inOrder(config.plugins, (plugin) => plugin.entityTabs ?? []).filter((tab) =>
        tab.appliesTo(entity, portal),
      ),
    factsFor: (entity) => config.plugins.flatMap((plugin) => factsOf(plugin, entity, portal)),
    eventsFor: (entity) =>
      config.plugins.flatMap((plugin) => [
        ...(plugin.entityEvents?.(entity, models.get(plugin.name)) ?? []),
      ]),
  };
  return portal;
}

function factsOf(plugin: AnyPlugin, entity: Entity, portal: Portal) {
  return [...(plugin.entityFacts?.(entity, portal.model(plugin.name), portal) ?? [])];
}

/** Contributions of all plugins with the name of theirs, by `order`. */
function inOrder<T extends { order?: number }>(
  plugins: readonly AnyPlugin[],
  pick: (plugin: AnyPlugin) => readonly T[],
): (T & { plugin: string })[] {
  return plugins
    .flatMap((plugin) =>
      pick(plugin).map((slot) => Object.assign({}, slot, { plugin: plugin.name })),
    )
    .toSorted((a, b) => (a.order ?? 100) - (b.order ?? 100));
}

/** A portal without anything collected would look as if everything were gone. */
function requireSnapshots(directory: string, config: Config): void {
  const expected = config.plugins.filter((plugin) => plugin.collect);
  if (expected.length === 0) return;
  if (expected.some((plugin) => existsSync(snapshotPath(directory, plugin.name)))) return;
  throw new CallboardError(
    exitCode.nothing,
    `There is no snapshot in ${join(directory, 'content/snapshot')}, so there is nothing to build.`,
    'Run `callboard collect` first.',
  );
}
