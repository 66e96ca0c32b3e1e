/** A sentence as part of another: its first letter small, unless its first word is a name such as `CanaryPauseStep` or an abbreviation. */
export function inSentence(text: string): string {
  return /^[A-Z][a-z]*(?![A-Za-z])/.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;
}
