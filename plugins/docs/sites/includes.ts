/** Files a page includes, found before it is rendered: rendering reads no repository. */
import { folderOf, joinPath } from './paths.ts';

export interface Included {
  /** Path in the repository. */
  file: string;
  text: string;
}

const deepest = 6;
const mostFiles = 200;

/** Everything the text includes, also through other files, by the name it goes by. */
export async function includesOf(
  text: string,
  page: string,
  bases: readonly string[],
  read: (file: string) => Promise<string | undefined>,
): Promise<Map<string, Included>> {
  const found = new Map<string, Included>();
  await collect(text, folderOf(page), 0);
  return found;

  async function collect(source: string, folder: string, depth: number): Promise<void> {
    if (depth >= deepest) return;
    for (const name of namesIn(source)) {
      if (found.has(name) || found.size >= mostFiles) continue;
      const included = await locate(name, [...bases, folder]);
      if (!included) continue;
      found.set(name, included);
      await collect(included.text, folderOf(included.file), depth + 1);
    }
  }

  async function locate(name: string, folders: readonly string[]): Promise<Included | undefined> {
    for (const folder of folders) {
      const file = joinPath(folder, name);
      const content = file === undefined ? undefined : await read(file);
      if (content !== undefined) return { file: file!, text: content };
    }
    return undefined;
  }
}

const inline = /^[ \t]*-{2,}8<-{2,}[ \t]+(["'])(.+?)\1[ \t]*$/gmu;
const block = /^[ \t]*-{2,}8<-{2,}[ \t]*\n([^]*?)\n[ \t]*-{2,}8<-{2,}[ \t]*$/gmu;
const tag = /\{%-?\s*include(?:-markdown)?\s+(["'])(.+?)\1/gu;

function namesIn(source: string): Set<string> {
  const text = source.replaceAll('\r\n', '\n');
  const names = [
    ...[...text.matchAll(inline)].map((match) => match[2]!),
    ...[...text.matchAll(block)].flatMap((match) => match[1]!.split('\n')),
  ].map((name) => /^(.*?\.[^:/]+):.+$/u.exec(name.trim())?.[1] ?? name.trim());
  const tags = [...text.matchAll(tag)].map((match) => match[2]!);
  return new Set([...names, ...tags].filter((name) => name && !/^(?:https?:|;)/iu.test(name)));
}
