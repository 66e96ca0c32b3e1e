/** Drawn widths of text at 12 px, near enough to size a box before a browser has seen it. */
const letter = 6.7;
const wideLetter = 12.5;

/** Pixels a text takes when drawn at `size` px. */
export function widthOf(text: string, size = 12): number {
  let width = 0;
  for (const character of text) width += isWide(character) ? wideLetter : letter;
  return (width * size) / 12;
}

/** A text as far as it fits into `pixels` at 12 px: cut by drawn width, so that wide characters do not run over. */
export function fitText(text: string, pixels: number): string {
  let width = 0;
  let shown = '';
  for (const character of text) {
    width += isWide(character) ? wideLetter : letter;
    if (width > pixels) return `${shown.trimEnd()}…`;
    shown += character;
  }
  return shown;
}

function isWide(character: string): boolean {
  return /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{Extended_Pictographic}]/u.test(
    character,
  );
}
