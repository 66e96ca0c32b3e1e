const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+/gu;
const segmenter = new Intl.Segmenter(['ja', 'zh', 'th'], { granularity: 'word' });

/** Marks the ends of words in scripts that write none, invisibly: the index is one for all languages. */
export function withWordBreaks(text: string): string {
  return text.replaceAll(unspaced, (run) =>
    Array.from(segmenter.segment(run), (part) => part.segment).join('\u200B'),
  );
}
