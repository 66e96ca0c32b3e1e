import { createHash } from 'node:crypto';
import type { Change } from '../../collectors/changes/schema.ts';
import type { ApiFile, FeedTopic, Portal } from '../../plugins/types.ts';
import { atomText, type FeedEntry } from './atom.ts';

/** Entries of one feed: readers keep what they have seen. */
const mostEntries = 100;

/** `/feeds/all.xml` and one feed for every topic a plugin names. With `url`, the host's, all addresses are absolute. */
export function* feedFiles(
  portal: Portal,
  changes: readonly Change[],
  url: string | undefined,
): Generator<ApiFile> {
  const byRef = new Map<string, Set<Change>>();
  for (const change of changes)
    for (const ref of change.about) {
      const known = byRef.get(ref);
      if (known) known.add(change);
      else byRef.set(ref, new Set([change]));
    }
  const all = { id: 'all', title: portal.title, path: '/' };
  yield fileOf(portal, all, changes, url);
  for (const plugin of portal.plugins) {
    for (const topic of plugin.topics?.(portal.model(plugin.name), portal) ?? []) {
      const found = new Set([...topic.follows].flatMap((ref) => [...(byRef.get(ref) ?? [])]));
      yield fileOf(portal, topic, [...found], url);
    }
  }
}

function fileOf(
  portal: Portal,
  { id, title, path }: Omit<FeedTopic, 'follows'>,
  changes: readonly Change[],
  url: string | undefined,
): ApiFile {
  const file = `/feeds/${id}.xml`;
  const newest = changes.toSorted((a, b) => compareTexts(b.at, a.at) || compareTexts(a.id, b.id));
  const shown = newest.slice(0, mostEntries);
  return {
    path: file,
    body: atomText({
      self: addressOf(portal, file, url),
      page: addressOf(portal, path, url),
      id: uuidOf(`${portal.title} ${url ?? ''} ${portal.href(file)}`),
      title: id === 'all' ? `News of ${title}` : `${title} · ${portal.title}`,
      author: portal.title,
      updated: shown[0]?.at ?? (portal.asOf || new Date(0).toISOString()),
      entries: shown.map((change) => entryOf(portal, change, path, url)),
    }),
  };
}

/** What is gone has no page: its news lead to the page of the feed. */
function entryOf(
  portal: Portal,
  { id, at, what, title, summary, path }: Change,
  page: string,
  url: string | undefined,
): FeedEntry {
  return {
    id: uuidOf(id),
    title,
    updated: at,
    link: addressOf(portal, path ?? page, url),
    category: what,
    summary,
  };
}

function addressOf(portal: Portal, path: string, url: string | undefined): string {
  const below = encodeURI(portal.href(path));
  return url === undefined ? below : new URL(below, url).href;
}

/** Ids of feeds and entries stay the same when the portal moves to another host. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(18, 20)}`,
    hex.slice(20, 32),
  ];
  return `urn:uuid:${parts.join('-')}`;
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
