/** Identifiers Pagefind splits but does not join: those with underscores. Indexed joined, so that every spelling meets. */
export function identifiersIn(text: string): string {
  const found = new Set<string>();
  for (const [identifier] of text.matchAll(/\b[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+\b/g)) {
    found.add(identifier.replaceAll('_', '').toLowerCase());
    if (found.size >= mostIdentifiers) break;
  }
  return [...found].join(' ');
}

/** A generated page of constants must not outweigh the index. */
const mostIdentifiers = 2000;
