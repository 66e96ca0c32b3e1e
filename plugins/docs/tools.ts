import * as z from 'zod';
import { defineTool, ToolError } from '../reader-tool.ts';
import type { PortalReader, ReaderTool } from '../types.ts';

/** Longest part of a page in one answer. */
const partLength = 12_000;

const readPage = defineTool({
  name: 'read_docs_page',
  title: 'Read a documentation page',
  description:
    'The Markdown of one documentation page, and the pages of its site. Takes the address `search` gives, or the ref of an entity for the first page of its documentation. Long pages come in parts: ask again with `offset`.',
  input: z.strictObject({
    page: z
      .string()
      .min(1)
      .max(1000)
      .describe(
        'Address such as `/docs/default/component/checkout/runbooks/`, or a ref such as `component:default/checkout`.',
      ),
    offset: z.number().int().min(0).default(0).describe('Where to read on, in characters.'),
  }),
  async run({ page, offset }, portal) {
    const asked = pathOf(page);
    const path = asked && ((await movedTo(portal, asked)) ?? asked);
    const text = path && (await portal.text(`${path}index.md`));
    if (text === undefined || path === undefined) {
      throw new ToolError(
        `There is no documentation page at \`${page}\`. Look for it with \`search\`.`,
      );
    }
    const part = text.slice(offset, offset + partLength);
    const next = offset + part.length;
    return {
      link: portal.link(path),
      markdown: part,
      characters: text.length,
      ...(next < text.length && { next: { offset: next } }),
      ...(offset === 0 && { pages: await pagesOf(portal, path) }),
    };
  },
});

const tools: readonly ReaderTool[] = [readPage];
export default tools;

/** The page's address below the base, whatever stands before and after it; undefined for what cannot be one. */
function pathOf(page: string): string | undefined {
  const [, kind, namespace = 'default', name] =
    /^([a-z]+):(?:([\w.-]+)\/)?([\w.-]+)$/i.exec(page.trim()) ?? [];
  if (name !== undefined) return `/docs/${namespace}/${kind}/${name}/`.toLowerCase();
  const [, path] = /^(?:https?:\/\/[^/]+)?(?:\/.*?)?(\/docs\/[^?#]*)/.exec(page.trim()) ?? [];
  if (path === undefined || path.split('/').includes('..')) return undefined;
  return `${path.replace(/index\.(?:md|html)$/, '').replace(/\/+$/, '')}/`;
}

/** Where the page at an address sends its readers: documentation that several entities share, or one that moved. */
async function movedTo(portal: PortalReader, path: string): Promise<string | undefined> {
  if ((await portal.text(`${path}index.md`)) !== undefined) return undefined;
  const html = await portal.text(`${path}index.html`);
  const [, target] = /http-equiv="refresh" content="0; url=([^"#]*)/.exec(html ?? '') ?? [];
  return target === undefined ? undefined : pathOf(target);
}

type Node = [title: string, address: string | null, children?: Node[]];

/** Titles and addresses of the site's pages, as many as are of use. */
async function pagesOf(
  portal: PortalReader,
  path: string,
): Promise<{ title: string; path: string }[]> {
  const [, , namespace, kind, name] = path.split('/');
  const site = `/docs/${namespace}/${kind}/${name}/`;
  const nodes = (await portal.json<Node[]>(`${site}nav.json`)) ?? [];
  return [...flat(nodes, site)].slice(0, 60);
}

function* flat(nodes: readonly Node[], site: string): Generator<{ title: string; path: string }> {
  for (const [title, address, children] of nodes) {
    if (address !== null && !/^[a-z]+:/i.test(address)) yield { title, path: site + address };
    if (children) yield* flat(children, site);
  }
}
