import { isKeptOffline } from './portal.ts';
import type { AnyPlugin, PageItem, PluginPage, Portal } from '../../plugins/types.ts';

/** What the catch-all page gets: which page of which plugin, and for which item. */
export interface RouteProps {
  plugin: AnyPlugin;
  page: PluginPage<unknown>;
  title: string;
  description: string | undefined;
  item: unknown;
  breadcrumbs: { title: string; href: string }[];
  alternates: NonNullable<PageItem['alternates']>;
}

interface Route {
  params: { path: string };
  props: RouteProps;
  cacheKey?: string;
}

/** One route for every page of every plugin. */
export function routesOf(portal: Portal): Route[] {
  const stamp = frameStamp(portal);
  return portal.plugins.flatMap((plugin) =>
    (plugin.pages ?? []).flatMap((page) => {
      const items = page.items?.(portal.model(plugin.name), portal) ?? [itemOf(page)];
      return Array.from(items, (item) => routeOf(plugin, page, item, stamp));
    }),
  );
}

function itemOf(page: PluginPage<unknown>): PageItem {
  return {
    params: {},
    title: page.title,
    item: undefined,
    ...(page.description === undefined ? {} : { description: page.description }),
  };
}

/** What the frame of every page shows: a page kept from the last build must still be framed alike. */
function frameStamp(portal: Portal): string {
  const nav = portal.plugins.flatMap((plugin) => plugin.nav ?? []);
  return JSON.stringify([isKeptOffline, portal.title, portal.href('/'), nav]);
}

function routeOf(
  plugin: AnyPlugin,
  page: PluginPage<unknown>,
  entry: PageItem,
  stamp: string,
): Route {
  const { params, title, description, item, breadcrumbs = [], alternates = [], cacheKey } = entry;
  return {
    params: { path: fillPath(page.path, params) },
    props: { plugin, page, title, description, item, breadcrumbs, alternates },
    ...(cacheKey === undefined
      ? {}
      : { cacheKey: `${cacheKey} ${title} ${alternatesStamp(alternates)} ${stamp}` }),
  };
}

function alternatesStamp(alternates: RouteProps['alternates']): string {
  return alternates.map(({ title, path }) => `${path} ${title}`).join(' ');
}

/** `/clusters/[name]/` with its values, without the slashes around it. */
function fillPath(path: string, params: PageItem['params']): string {
  const parts = path.split('/').flatMap((part) => {
    const name = /^\[(?:\.\.\.)?(\w+)\]$/.exec(part)?.[1];
    if (name === undefined) return part === '' ? [] : [part];
    const value = params[name];
    if (value === undefined && part.startsWith('[...')) return [];
    if (value === undefined) throw new Error(`The page ${path} was given no value for [${name}]`);
    return value.split('/').filter((each) => each !== '');
  });
  return parts.join('/');
}
