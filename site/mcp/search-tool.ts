import * as z from 'zod';
import { defineTool, ToolError } from '../../plugins/reader-tool.ts';
import type { PortalReader } from '../../plugins/types.ts';
import { MissingFile } from '../src/search/engine/index-files.ts';
import type { Found, Results } from '../src/search/engine/messages.ts';
import { PortalSearch } from '../src/search/engine/portal-search.ts';

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
    const search = await indexOf(portal);
    const { total, hits } = await answerOf(search, query, limit);
    return {
      total,
      results: await Promise.all(hits.map((hit) => resultOf(hit, search, portal))),
    };
  },
});

/** The last answer is the one with texts in it. */
async function answerOf(search: PortalSearch, typed: string, limit: number): Promise<Results> {
  let answer: Results | undefined;
  await search.search({ typed, filters: [], limit, isNamesOnly: false }, (results) => {
    answer = results;
  });
  return answer!;
}

async function resultOf(
  { row, title, type, url, breadcrumb, summary, heading }: Found,
  search: PortalSearch,
  portal: PortalReader,
): Promise<object> {
  const { heading: section } =
    heading === undefined ? {} : await search.excerpt({ row, heading, hasPlace: false, words: [] });
  const path = section ? `${url.replace(/#.*/, '')}#${section.anchor}` : url;
  return {
    title,
    type,
    ...(section && { heading: section.title }),
    ...(breadcrumb !== '' && { in: breadcrumb }),
    ...(summary !== '' && { summary }),
    path,
    link: portal.link(path),
  };
}

const indexes = new WeakMap<PortalReader, { at: number; index: Promise<PortalSearch> }>();

function indexOf(portal: PortalReader): Promise<PortalSearch> {
  const known = indexes.get(portal);
  if (known && Date.now() - known.at < keptMilliseconds) return known.index;
  const index = PortalSearch.open((path) => portal.bytes(path)).catch((error: unknown) => {
    if (error instanceof MissingFile) throw new ToolError('This portal was built without search.');
    throw error;
  });
  indexes.set(portal, { at: Date.now(), index });
  index.catch(() => indexes.delete(portal));
  return index;
}
