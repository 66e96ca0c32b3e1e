import { Block } from './block.ts';
import type { Page } from './page.ts';
import type { BlockRule } from './rules.ts';

/** Deeper nesting than any document needs; past it text stays text. */
const deepest = 60;

/** Hands blocks of text, split at blank lines, to the rules until none is left. */
export class BlockParser {
  readonly page: Page;
  readonly rules: readonly BlockRule[];
  /** What surrounds the block being read: tight lists hold text, loose ones paragraphs. */
  readonly states: string[] = [];
  #depth = 0;

  constructor(page: Page) {
    this.page = page;
    this.rules = page.syntax.blocks;
  }

  isIn(state: string): boolean {
    return this.states[this.states.length - 1] === state;
  }

  /** Runs with a state set. */
  within(state: string, run: () => void): void {
    this.states.push(state);
    run();
    this.states.pop();
  }

  parseText(parent: Block, text: string): void {
    this.parse(parent, text.split('\n\n'));
  }

  parse(parent: Block, blocks: string[]): void {
    if (this.#depth >= deepest) {
      for (const block of blocks.splice(0)) parent.append(new Block('p', {}, block.trimStart()));
      return;
    }
    this.#depth += 1;
    while (blocks.length > 0) {
      const took = this.rules.some((rule) => rule.run(parent, blocks, this));
      if (!took) blocks.shift();
    }
    this.#depth -= 1;
  }
}
