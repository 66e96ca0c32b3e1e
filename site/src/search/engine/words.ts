/** Words that a question is made of and an answer rarely holds; dropped when a query leads with one. */
const questionWords = new Set(
  'a about all an and any are as at be best can could do does did find for from get has have how i in into is it its me my need of on or our should so that the their them there these they this to use used using want was way we what when where which who whom whose why will with without would you your'.split(
    ' ',
  ),
);

/** One spelling of a text: lower-case, in the compatibility form, without the accents of alphabets (they carry no words apart). */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+/gu, '$1')
    .normalize('NFKC')
    .toLowerCase();
}

/** The words of a text; identifiers in their parts (`paymentsApi`, `payments-api`, `payments_api` are two words each). */
export function wordsOf(text: string): string[] {
  const spaced = text
    .replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2');
  return segmented(fold(spaced).match(/[\p{L}\p{N}]+/gu) ?? []);
}

/** The whole text as one word: what every spelling of an identifier has in common. */
export function joinedWord(text: string): string {
  return fold(text).replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

/** A query's words without those that only make it a question; all of them when nothing else is left. */
export function meaningfulWords(words: readonly string[]): string[] {
  const kept = words.filter((word) => !questionWords.has(word));
  return kept.length > 0 ? kept : [...words];
}

/** Whether a query is asked rather than looked up. */
export function isQuestion(words: readonly string[]): boolean {
  return (
    words.length > 2 &&
    /^(how|what|where|who|when|why|which|can|do|does|is|are|should)$/.test(words[0]!)
  );
}

/** A query as names may spell it, joined: as it stands, and without the words that ask for something. */
export function wantedNames(text: string): string[] {
  const words = wordsOf(text);
  const wanted = [joinedWord(text)];
  if (isQuestion(words)) {
    // "how to use caches" asks for "Use caches" or for "Caches", whichever there is.
    for (let at = 1; at < words.length && questionWords.has(words[at - 1]!); at++)
      wanted.push(words.slice(at).join(''));
  }
  return wanted.filter((each) => each !== '');
}

/** One word made of several: `payments-api`, `paymentsApi`, `payments_api`. */
export function isIdentifier(text: string): boolean {
  return /^[\p{L}\p{N}_.\-/:@#$]+$/u.test(text) && /[_.\-/:]|\p{Ll}\p{Lu}/u.test(text);
}

/** Scripts that put no spaces between words. */
export const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
/** Cuts them by the dictionary the platform brings. */
export const segmenter = new Intl.Segmenter(['ja', 'zh', 'th'], { granularity: 'word' });

/** Words, those of scripts without spaces cut. */
function segmented(words: readonly string[]): string[] {
  return words.flatMap((word) => {
    if (!unspaced.test(word)) return [word];
    return Array.from(segmenter.segment(word)).flatMap((part) =>
      part.isWordLike ? [part.segment] : [],
    );
  });
}
