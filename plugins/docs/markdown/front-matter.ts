import matter from 'gray-matter';

import { parseYaml } from '../sites/mkdocs.ts';

export interface FrontMatter {
  data: Record<string, unknown>;
  content: string;
  /** Lines the front matter takes, to tell places in the content. */
  lines: number;
  /** Why it could not be read; the content is then all there is. */
  error?: string;
}

/** gray-matter runs `---js` as code and knows other languages; here only YAML is data. */
const engines = Object.fromEntries(
  ['javascript', 'js', 'coffee', 'coffeescript', 'json', 'toml', 'cson'].map((name) => [
    name,
    { parse: refuse, stringify: refuse },
  ]),
) as unknown as Record<string, { parse: () => object }>;

function refuse(): never {
  throw new Error('Only YAML is read as front matter.');
}

/** Splits a page into its front matter and its text. */
export function readFrontMatter(source: string): FrontMatter {
  const text = source.replace(/^\uFEFF/u, '');
  const first = /^---([^\r\n]*)/u.exec(text);
  if (!first) return withoutFence(text);
  const language = first[1]!.trim();
  if (language !== '') {
    // A language, or a rule of four hyphens: either way no YAML.
    const isRule = language.startsWith('-');
    return {
      data: {},
      content: text,
      lines: 0,
      ...(!isRule && { error: `Front matter in \`${language}\` is not read, expected YAML.` }),
    };
  }
  if (!/^---[ \t]*\r?\n[^]*?\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/u.test(text)) {
    return { data: {}, content: text, lines: 0 };
  }
  let error: string | undefined;
  function parse(yaml: string): object {
    const parsed = parseYaml(yaml.replaceAll('\r', ''));
    error = parsed.errors[0]?.message;
    return parsed.data;
  }
  try {
    const file = matter(text.replace(/^(---[^]*?\r?\n)\.\.\.([ \t]*\r?\n)/u, '$1---$2'), {
      language: 'yaml',
      engines: { ...engines, yaml: { parse, stringify: refuse } },
    } as never);
    const lines = text.slice(0, text.length - file.content.length).split('\n').length - 1;
    return { data: file.data, content: file.content, lines, ...(error && { error }) };
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return { data: {}, content: text, lines: 0, error: reason };
  }
}

/** MkDocs' other way: lines of `key: value` on top, until an empty one. They are not part of the text. */
function withoutFence(text: string): FrontMatter {
  const data: Record<string, unknown> = {};
  const lines = text.split('\n');
  let key: string | undefined;
  let count = 0;
  for (const line of lines) {
    const [, name, value] = /^ {0,3}([A-Za-z0-9_-]+):(?!\/\/)\s*(.*)$/su.exec(line.trimEnd()) ?? [];
    const more = key !== undefined && /^ {4,}(.*)$/su.exec(line.trimEnd())?.[1];
    if (name === undefined && typeof more !== 'string') break;
    key = name?.toLowerCase() ?? key!;
    const before = Object.hasOwn(data, key) ? `${String(data[key])} ` : '';
    if (key !== '__proto__') data[key] = before + (value ?? more);
    count += 1;
  }
  if (count === 0) return { data: {}, content: text, lines: 0 };
  while (count < lines.length && lines[count]!.trim() === '') count += 1;
  return { data, content: lines.slice(count).join('\n'), lines: count };
}
