import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export interface PageWeight {
  path: string;
  /** Bytes of HTML around the rendered Markdown: frame, navigation, table of contents, footer. */
  around: number;
}

/** What each docs page of a built portal weighs without its content, heaviest first. */
export function weighDocs(dist: string): PageWeight[] {
  const weights: PageWeight[] = [];
  for (const entry of readdirSync(join(dist, 'docs'), { recursive: true, withFileTypes: true })) {
    if (entry.name !== 'index.html') continue;
    const file = join(entry.parentPath, entry.name);
    const around = aroundContent(readFileSync(file, 'utf8'));
    if (around !== undefined) weights.push({ path: relative(dist, file), around });
  }
  return weights.toSorted((a, b) => b.around - a.around);
}

/** Undefined for the list of sites, lists of pages and addresses that moved. */
function aroundContent(html: string): number | undefined {
  const opening = /<div class="doc" data-doc[^>]*>/u.exec(html);
  if (!opening) return undefined;
  const from = opening.index + opening[0].length;
  const to = html.lastIndexOf('</div>', html.indexOf('<footer class="doc-footer'));
  return Buffer.byteLength(html) - Buffer.byteLength(html.slice(from, to));
}
