/** Typos forgiven in a word of this length: one from four letters on, two from eight. */
export function allowedEdits(length: number): number {
  if (length < 4) return 0;
  return length < 8 ? 1 : 2;
}

let rows: [Int16Array, Int16Array, Int16Array] = [
  new Int16Array(64),
  new Int16Array(64),
  new Int16Array(64),
];

/** Edits (insert, delete, substitute, swap of neighbours) between two words, or `limit` + 1 once there are more. */
export function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  if (right.length >= rows[0].length) {
    const size = right.length * 2;
    rows = [new Int16Array(size), new Int16Array(size), new Int16Array(size)];
  }
  let [beforeLast, last, current] = rows;
  for (let column = 0; column <= right.length; column++) last[column] = column;
  for (let row = 1; row <= left.length; row++) {
    current[0] = row;
    let best = row;
    for (let column = 1; column <= right.length; column++) {
      const isSame = left.charCodeAt(row - 1) === right.charCodeAt(column - 1);
      let distance = Math.min(
        last[column]! + 1,
        current[column - 1]! + 1,
        last[column - 1]! + (isSame ? 0 : 1),
      );
      const isSwap =
        row > 1 &&
        column > 1 &&
        left.charCodeAt(row - 1) === right.charCodeAt(column - 2) &&
        left.charCodeAt(row - 2) === right.charCodeAt(column - 1);
      if (isSwap) distance = Math.min(distance, beforeLast[column - 2]! + 1);
      current[column] = distance;
      if (distance < best) best = distance;
    }
    if (best > limit) return limit + 1;
    [beforeLast, last, current] = [last, current, beforeLast];
  }
  return last[right.length]!;
}
