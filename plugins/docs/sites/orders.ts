/** Order files: `.pages` and `.nav.yml` of awesome-pages, `SUMMARY.md` of literate-nav. */
import type { Repository } from '../../types.ts';
import { parseYaml } from './mkdocs.ts';
import type { FolderOrder } from './navigation.ts';
import { folderOf, nameOf } from './paths.ts';

export async function readOrders(
  repository: Repository,
  docs: string,
): Promise<Map<string, FolderOrder>> {
  const prefix = docs === '' ? '' : `${docs}/`;
  const files = await repository.find([`${prefix}**/{.pages,.nav.yml,.nav.yaml,SUMMARY.md}`]);
  const orders = new Map<string, FolderOrder>();
  for (const file of files) {
    const bytes = await repository.read(file);
    if (!bytes) continue;
    const text = new TextDecoder().decode(bytes);
    const folder = folderOf(file.slice(prefix.length));
    orders.set(folder, nameOf(file) === 'SUMMARY.md' ? { nav: fromSummary(text) } : fromYaml(text));
  }
  return orders;
}

function fromYaml(text: string): FolderOrder {
  const { data } = parseYaml(text);
  const nav = data['nav'] ?? data['arrange'];
  return {
    ...(typeof data['title'] === 'string' && { title: data['title'] }),
    ...(data['hide'] === true && { hide: true }),
    ...(data['order'] === 'desc' && { isDescending: true }),
    ...(Array.isArray(nav) && { nav }),
  };
}

/** A Markdown list of links, nested by indentation. */
export function fromSummary(text: string): unknown[] {
  const root: unknown[] = [];
  const levels: { indent: number; list: unknown[] }[] = [{ indent: -1, list: root }];
  for (const line of text.split('\n')) {
    const item = /^([ \t]*)[*+-][ \t]+(.*)$/u.exec(line);
    if (!item) continue;
    const indent = item[1]!.replaceAll('\t', '    ').length;
    while (levels[levels.length - 1]!.indent >= indent) levels.pop();
    const { list } = levels[levels.length - 1]!;
    const link = /^\[(.+?)\]\((.+?)\)/u.exec(item[2]!);
    const text = item[2]!.trim();
    const children: unknown[] = [];
    if (!link && /\*/u.test(text)) list.push(text);
    else list.push({ [link?.[1] ?? text]: children });
    if (link) children.push(link[2]!);
    levels.push({ indent, list: children });
  }
  return root.map(withoutLoneLinks);
}

/** A link with entries below is a section that begins with its page; one without is that page. */
function withoutLoneLinks(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null) return entry;
  return Object.fromEntries(
    Object.entries(entry as Record<string, unknown[]>).map(([title, children]) => [
      title,
      children.length === 1 && typeof children[0] === 'string' && !/\*/u.test(children[0])
        ? children[0]
        : children.map(withoutLoneLinks),
    ]),
  );
}
