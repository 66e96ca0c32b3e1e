const tag = /\$\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}/g;

/**
 * Rewrites `text.replaceAll('a', …)` inside tags to `text.replace(r/a/g, …)`: nunjitsu 0.7 knows only the latter,
 * while templates written for Backstage before its version 4 use the former. What is not in a tag stays as it is.
 */
export function withoutReplaceAll(source: string): string {
  if (!source.includes('.replaceAll(')) return source;
  let isRaw = false;
  return source.replaceAll(tag, (whole) => {
    const word = /^\{%-?\s*(\w+)/.exec(whole)?.[1];
    if (word === 'raw' || word === 'verbatim') isRaw = true;
    if (word === 'endraw' || word === 'endverbatim') isRaw = false;
    return isRaw ? whole : rewritten(whole);
  });
}

function rewritten(expression: string): string {
  return expression
    .replaceAll(/\.replaceAll\(\s*r\//g, '.replace(r/')
    .replaceAll(
      /\.replaceAll\(\s*(?:'([^'\\]+)'|"([^"\\]+)")\s*,/g,
      (_whole, single?: string, double?: string) => `.replace(r/${escaped(single ?? double!)}/g,`,
    );
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
