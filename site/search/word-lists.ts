/** Words with where they stand: pairs of a row and a number that says how. */
export class WordLists {
  readonly lists = new Map<string, number[]>();

  /** Adds a place unless it is the one that was added last. Rows come in order. */
  add(word: string, row: number, value: number): void {
    const list = this.lists.get(word);
    if (!list) this.lists.set(word, [row, value]);
    else if (list.at(-2) !== row || list.at(-1) !== value) list.push(row, value);
  }
}
