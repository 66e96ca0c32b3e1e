/** A line of code in colour: pieces of text with the class of what they are. */
export type Line = { text: string; className: string | undefined }[];

/** Where colour cuts a marker such as `(1)` into pieces, makes it one again. */
export function joinMarkers(line: Line): Line {
  const whole = line.map(({ text }) => text).join('');
  const joined: Line = [];
  let position = 0;
  for (const { index, 0: marker } of whole.matchAll(/\(\d{1,3}\)!?/gu)) {
    const end = index + marker.length;
    if (cut(line, index, end).length === 1) continue;
    joined.push(...cut(line, position, index), { text: marker, className: undefined });
    position = end;
  }
  return [...joined, ...cut(line, position, whole.length)];
}

/** The tokens between two places of a line. */
function cut(line: Line, from: number, to: number): Line {
  let start = 0;
  return line.flatMap(({ text, className }) => {
    const piece = text.slice(Math.max(0, from - start), Math.max(0, to - start));
    start += text.length;
    return piece ? [{ text: piece, className }] : [];
  });
}
