/** `--8<-- "file"` and `{% include-markdown "file" %}`: text of other files of the repository, never of the network. */
import type { Page } from '../dialect/page.ts';
import type { SourceRule } from '../dialect/rules.ts';

export const snippets: SourceRule = {
  name: 'snippets',
  priority: 32,
  run: (source, page) => (source.includes('8<-') ? expand(source, page, []) : source),
};

export const includes: SourceRule = {
  name: 'include-markdown',
  priority: 32.5,
  run: (source, page) => (source.includes('include') ? includeMarkdown(source, page) : source),
};

const deepest = 10;
const line =
  /^([ \t]*)(?:;?)(?:(-{2,}8<-{2,})[ \t]+("(?:\\"|[^"\n\r])+?"|'(?:\\'|[^'\n\r])+?')|(-{2,}8<-{2,}))$/u;

function expand(source: string, page: Page, seen: readonly string[]): string {
  const output: string[] = [];
  let isBlock = false;
  for (const [index, text] of source.split(/\r?\n/u).entries()) {
    const match = line.exec(text);
    if (match?.[4]) {
      isBlock = !isBlock;
      continue;
    }
    if (match && !isBlock) {
      if (text.trimStart().startsWith(';')) output.push(text.replace(';', ''));
      else output.push(...insert(match[3]!.slice(1, -1), match[1]!, index));
      continue;
    }
    if (!isBlock) {
      output.push(text);
      continue;
    }
    const path = text.trim();
    if (path) output.push(...insert(path, /^[ \t]*/u.exec(text)![0], index));
    else output.push('');
  }
  return output.join('\n');

  function insert(reference: string, indent: string, index: number): string[] {
    if (reference.startsWith('; ')) return [];
    const [path, range] = splitRange(reference.trim());
    const text = read(path, index);
    if (text === undefined) return [];
    const inner = expand(cut(text, range), page, [...seen, path]);
    return inner.split('\n').map((each) => indent + each);
  }

  function read(path: string, index: number): string | undefined {
    if (/^https?:/iu.test(path)) {
      page.note({
        code: 'docs/remote-include',
        message: `The snippet \`${path}\` is on the network; nothing is fetched while pages are built.`,
        hint: 'Commit the text to the repository and include it from there.',
        ...(seen.length === 0 && { line: index + 1 }),
      });
      return undefined;
    }
    if (seen.includes(path) || seen.length >= deepest) return undefined;
    const text = page.include(path, seen[seen.length - 1]);
    if (text === undefined) {
      page.note({
        code: 'docs/missing-include',
        message: `The snippet \`${path}\` was not found.`,
        hint: 'Paths are relative to the docs folder, the folder of mkdocs.yml or `base_path`, and stay inside the repository.',
        ...(seen.length === 0 && { line: index + 1 }),
      });
    }
    return text?.replace(/\r?\n$/u, '');
  }
}

/** `file:2:5` takes lines, `file:2` all from there, `file:name` a section between `--8<-- [start:name]` and `[end:name]`. */
function splitRange(reference: string): [string, string] {
  const match = /^(.*?\.[^:/]+):(.+)$/u.exec(reference);
  return match ? [match[1]!, match[2]!] : [reference, ''];
}

const marker = /^.*-{2,}8<-{2,}[ \t]+\[[ \t]*(start|end)[ \t]*:[ \t]*([\w-]+)[ \t]*\].*$/u;

function cut(text: string, range: string): string {
  const lines = text.split(/\r?\n/u);
  if (range && !/^[\d:,-]+$/u.test(range)) return section(lines, range);
  const kept = range ? numbered(lines, range) : lines;
  return kept.filter((each) => !marker.test(each)).join('\n');
}

function section(lines: string[], name: string): string {
  const output: string[] = [];
  let isInside = false;
  for (const each of lines) {
    const match = marker.exec(each);
    if (!match) {
      if (isInside) output.push(each);
      continue;
    }
    if (match[2] === name) isInside = match[1] === 'start';
  }
  return output.join('\n');
}

function numbered(lines: string[], range: string): string[] {
  return range.split(',').flatMap((part) => {
    const [from, to] = part.split(':').map((each) => (each ? Number(each) : undefined));
    // Below zero, lines are counted from the end.
    const start = from === undefined || from < 0 ? from : Math.max(0, from - 1);
    return lines.slice(start, to);
  });
}

const includeTag =
  /^([ \t]*)\{%-?\s*include(?:-markdown)?\s+(["'])(.+?)\2\s*((?:[\w-]+\s*=\s*(?:"[^"]*"|'[^']*'|\w+)\s*)*)-?%\}[ \t]*$/gmu;

/** The include-markdown plugin's tag; Jinja's own `{% include %}` reads the same. */
function includeMarkdown(source: string, page: Page, seen: readonly string[] = []): string {
  return source.replace(
    includeTag,
    (whole, indent: string, _quote, path: string, options: string) => {
      if (seen.includes(path) || seen.length >= deepest || /^https?:/iu.test(path)) return whole;
      const text = page.include(path, seen[seen.length - 1]);
      if (text === undefined) return whole;
      const wanted = between(text, valueOf(options, 'start'), valueOf(options, 'end'));
      const inner = includeMarkdown(wanted.replace(/\n+$/u, ''), page, [...seen, path]);
      return inner
        .split('\n')
        .map((each) => indent + each)
        .join('\n');
    },
  );
}

function valueOf(options: string, name: string): string | undefined {
  return new RegExp(`\\b${name}\\s*=\\s*(["'])(.*?)\\1`, 'u').exec(options)?.[2];
}

function between(text: string, start: string | undefined, end: string | undefined): string {
  const from = start ? text.indexOf(start) : -1;
  const rest = from === -1 ? text : text.slice(from + start!.length);
  const to = end ? rest.indexOf(end) : -1;
  return to === -1 ? rest : rest.slice(0, to);
}
