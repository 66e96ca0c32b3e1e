/** A text as it is read, from its Markdown: near enough to show a line of it. With a heading, what stands below that. */
export function plainText(markdown: string, heading: string | undefined): string {
  const lines = markdown.replace(/^---\n[\s\S]*?\n---\n/, '').split('\n');
  return below(lines, heading)
    .filter((line) => !/^\s*(```|~~~|:{3}|\|?[\s:|-]*-{3}[\s:|-]*\|?$)/.test(line))
    .map(plainLine)
    .filter(Boolean)
    .join(' ');
}

/** The lines of one section; all of them where none has that heading. */
function below(lines: readonly string[], heading: string | undefined): readonly string[] {
  if (heading === undefined) return lines;
  const start = lines.findIndex((line) => isHeading(line) && plainLine(line) === heading);
  if (start < 0) return lines;
  const end = lines.findIndex((line, at) => at > start && isHeading(line));
  return lines.slice(start + 1, end < 0 ? undefined : end);
}

function isHeading(line: string): boolean {
  return /^#{1,6}\s/.test(line);
}

function plainLine(line: string): string {
  return line
    .replace(/^\s*(?:#{1,6}\s+|>\s?|[-*+]\s+|\d+[.)]\s+|!!!\s*\w*|\?\?\?\+?\s*\w*)/, '')
    .replaceAll(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])/g, '$1')
    .replaceAll(/\{[:#.][^}]*\}|<\/?[a-zA-Z!][^>]*>/g, '')
    .replaceAll(/[*`]+|~~|(?<!\w)_+|_+(?!\w)/g, '')
    .replaceAll('|', ' ')
    .trim();
}
