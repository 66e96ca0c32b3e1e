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
    const children: unknown[] = [];
    list.push(link ? { [link[1]!]: link[2]! } : { [item[2]!.trim()]: children });
    levels.push({ indent, list: link ? list : children });
  }
  return root;
}
