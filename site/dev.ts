import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { resolve, join } from 'node:path';
import { dev } from 'astro';
import { watch } from 'chokidar';
import type { ViteDevServer } from 'vite';
import { readChanges } from '../collectors/changes/read.ts';
import type { Config } from '../collectors/config-schema.ts';
import { findConfig } from '../collectors/find-config.ts';
import type { Portal } from '../plugins/types.ts';
import type { CollectReport } from '../collectors/run.ts';
import { apiFiles } from './api-files.ts';
import { engineDirectory } from './directory.ts';
import { extensionsModule } from './extensions-module.ts';
import { contentType } from './content-type.ts';
import { feedFiles } from './feeds/feed-files.ts';
import { portalFiles } from './portal-files.ts';
import { preparePlugins } from './prepare.ts';
import { DevIndex } from './search/dev-index.ts';
import { setBuildContext } from './src/build-context.ts';
import { loadPortal } from './src/portal/load.ts';

interface Engine {
  loadConfig(): Promise<Config>;
  /** Collects every plugin, or those named. */
  collect(config: Config, only?: readonly string[]): Promise<CollectReport>;
  /** Names of the repository sources. */
  sourceIds(config: Config): string[];
  line(text: string): void;
}

/** Long enough for an editor to finish writing, short against two seconds. */
const settleMilliseconds = 100;

/** Serves the portal with Astro's development server, and collects again when a watched file changes. */
export async function serveAndFollow(
  directory: string,
  port: number,
  engine: Engine,
): Promise<void> {
  process.env['CALLBOARD_DIRECTORY'] = directory;
  let config = await engine.loadConfig();
  let readers = readersOf(await engine.collect(config), engine.sourceIds(config));
  await preparePlugins(directory, config, (line) => engine.line(line));
  setBuildContext({ directory, config });
  let vite: ViteDevServer | undefined;
  await dev({
    root: engineDirectory,
    configFile: './site/astro.config.ts',
    base: config.base,
    server: { port },
    logLevel: 'warn',
    vite: { plugins: [extensionsModule(true)] },
    integrations: [
      {
        name: 'callboard:dev',
        hooks: {
          'astro:server:setup': ({ server }) => {
            vite = server;
            serveData(server, directory, () => config);
          },
        },
      },
    ],
  });
  engine.line(`The portal is at http://localhost:${port}${config.base}`);
  follow(directory, config, async (changed) => {
    try {
      const started = performance.now();
      if (changed === findConfig(directory)) {
        config = await engine.loadConfig();
        setBuildContext({ directory, config });
        readers = readersOf(await engine.collect(config), engine.sourceIds(config));
      } else await engine.collect(config, readers);
      await preparePlugins(directory, config, (line) => engine.line(line));
      if (vite) showAnew(vite);
      engine.line(`Collected again in ${Math.round(performance.now() - started)} ms: ${changed}`);
    } catch (error) {
      engine.line(error instanceof Error ? error.message : String(error));
    }
  });
}

/** Plugins that read repositories. A saved file changes nothing for those with sources of their own, such as bills. */
function readersOf(report: CollectReport, sourceIds: readonly string[]): string[] {
  const ids = new Set(sourceIds);
  return report.outcomes
    .filter(({ snapshot }) => snapshot?.sources.every(({ id }) => ids.has(id)) ?? true)
    .map(({ plugin }) => plugin);
}

/** The JSON API and the search index have no pages: they are made when asked for. */
function serveData(server: ViteDevServer, directory: string, config: () => Config): void {
  const base = config().base;
  const index = new DevIndex(join(directory, '.callboard', 'search'));
  server.middlewares.use((request, response, next) => {
    const path = `/${(request.url ?? '').split('?', 1)[0]!.replace(base, '').replace(/^\/+/, '')}`;
    const isData = /^\/(api\/|feeds\/|llms\.txt|search\/(index\.json|files\/))/.test(path);
    if (!isData && !/\.\w+$/.test(path)) return next();
    loadPortal(directory, config(), base)
      .then(async (portal) => {
        if (!isData) return servePortalFile(portal, path, response, next);
        const body = path.startsWith('/search/')
          ? await index.file(path, portal)
          : bodyOf(path, portal, directory);
        if (body === undefined) return next();
        response.setHeader('content-type', contentType(path));
        return response.end(body);
      })
      .catch((error: unknown) => next(error));
  });
}

function servePortalFile(
  portal: Portal,
  path: string,
  response: ServerResponse,
  next: () => void,
): void {
  const file = [...portalFiles(portal)].find((each) => each.path === decodeURI(path));
  if (!file) return next();
  response.setHeader('content-type', contentType(path));
  response.end(file.source === undefined ? file.body : readFileSync(file.source));
}

function bodyOf(path: string, portal: Portal, directory: string): string | Uint8Array | undefined {
  const files = path.startsWith('/feeds/')
    ? feedFiles(portal, readChanges(directory).changes, undefined)
    : apiFiles(portal);
  return [...files].find((file) => file.path === path)?.body;
}

/** Astro forgets its routes when a file it knows changes; the module the pages read the portal from is such a file. */
function showAnew(server: ViteDevServer): void {
  server.watcher.emit('change', join(engineDirectory, 'site/src/portal.ts'));
  server.ws.send({ type: 'full-reload', path: '*' });
}

function follow(directory: string, config: Config, changed: (path: string) => Promise<void>): void {
  const roots = config.sources.flatMap((source) =>
    source.type === 'local' ? [resolve(directory, source.root)] : [],
  );
  const watcher = watch([findConfig(directory)!, ...roots], {
    ignoreInitial: true,
    ignored: (path) => /[\\/](node_modules|\.git|dist|\.callboard)([\\/]|$)/.test(path),
  });
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  watcher.on('all', (_event, path) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(() => changed(path));
    }, settleMilliseconds);
  });
}
