import * as z from 'zod';
import { defineTool, ToolError } from '../../plugins/reader-tool.ts';
import type { PortalReader, SearchRecord } from '../../plugins/types.ts';
import type { HeadingFile, NameFile } from '../search/name-files.ts';
import { NameSearch } from '../src/search/engine/name-search.ts';
import { rankTexts, type RankedText } from './text-ranking.ts';

/** Long enough for one conversation, short against the time between two builds. */
const keptMilliseconds = 5 * 60_000;

const Input = z.strictObject({
  query: z
    .string()
    .min(1)
    .max(200)
    .describe(
      'Words, an identifier in any spelling, or a question. Filters may stand in it: `kind:api owner:payments refund`.',
    ),
  limit: z.number().int().min(1).max(25).default(8).describe('Most results to give.'),
});

/** Searches the portal as its own palette does. */
export const searchTool = defineTool({
  name: 'search',
  title: 'Search the portal',
  description:
    'Finds entities (services, interfaces, systems, teams, people), pages of documentation, operations of an interface and whatever else the portal shows, by name, title, heading or text. Forgives typos. Start here when you do not know the exact name.',
  input: Input,
  async run({ query, limit }, portal) {
    const { names, texts } = await indexOf(portal);
    const request = { id: 0, typed: query, filters: [], limit };
    const named = names.answer({ ...request, texts: [] });
    const ids = named.text === '' ? [] : rankTexts(texts, named.words);
    const answer = names.answer({ ...request, texts: [{ ids, weight: 1 }] });
    return {
      total: answer.total,
      results: answer.hits.map(({ title, type, url, breadcrumb, summary, heading }) => ({
        title,
        type,
        ...(heading !== undefined && { heading }),
        ...(breadcrumb !== '' && { in: breadcrumb }),
        ...(summary !== '' && { summary }),
        path: url,
        link: portal.link(url),
      })),
    };
  },
});

interface Index {
  names: NameSearch;
  texts: RankedText[];
}

const indexes = new WeakMap<PortalReader, { at: number; index: Promise<Index> }>();

function indexOf(portal: PortalReader): Promise<Index> {
  const known = indexes.get(portal);
  if (known && Date.now() - known.at < keptMilliseconds) return known.index;
  const index = load(portal);
  indexes.set(portal, { at: Date.now(), index });
  index.catch(() => indexes.delete(portal));
  return index;
}

async function load(portal: PortalReader): Promise<Index> {
  const names = await portal.json<NameFile>('/search/names.json');
  if (!names) throw new ToolError('This portal was built without search.');
  const headings = await portal.json<HeadingFile>('/search/headings.json');
  const search = new NameSearch(names, headings?.headings ?? []);
  search.knowTexts(names.rows.map(([, , url]) => url));
  return { names: search, texts: await loadTexts(portal) };
}

async function loadTexts(portal: PortalReader): Promise<RankedText[]> {
  const list = await portal.json<{ shards: string[] }>('/api/search-records.json');
  const texts: RankedText[] = [];
  for (const index of (list?.shards ?? []).keys()) {
    const path = `/api/search-records/${index}.json`;
    const shard = await portal.json<{ records: SearchRecord[] }>(path);
    for (const record of shard?.records ?? []) texts.push(textOf(record));
  }
  return texts;
}

function textOf({ url, title, summary = '', text = '', sections = [] }: SearchRecord): RankedText {
  const parts = [title, summary, text, ...sections.flatMap((each) => [each.title, each.text])];
  return { url, text: parts.join('\n').toLowerCase() };
}
