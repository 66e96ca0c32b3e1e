const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** One or two letters that stand for a name of any script. */
export function initials(name: string): string {
  const words = name
    .split(/[\s\-_.@/]+/u)
    .filter((word) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(word));
  const last = words.length > 1 ? words.at(-1) : undefined;
  return (first(words[0] ?? name) + first(last ?? '')).toUpperCase();
}

function first(word: string): string {
  for (const { segment } of segmenter.segment(word)) return segment;
  return '';
}
