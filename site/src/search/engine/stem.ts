/** What the forms of an English word have in common: deploy, deploys, deployed, deploying. Always a beginning of it. */
export function stemOf(word: string): string {
  if (word.length < 4 || /[^a-z]/.test(word)) return word;
  const stem = word.replace(/(?:ies|ing|ed|es|s|(?<![aeiou])y|e)$/, '');
  if (stem.length < 3 || word.endsWith('ss')) return word;
  return stem;
}

/** Other forms a word may have. */
export function formsOf(word: string): string[] {
  const stem = stemOf(word);
  if (stem.length < 3 || /[^a-z]/.test(word)) return [];
  return ['', 's', 'e', 'es', 'ed', 'ing', 'y', 'ies']
    .map((ending) => stem + ending)
    .filter((form) => form !== word && stemOf(form) === stem);
}
