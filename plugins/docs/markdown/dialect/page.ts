import type { Block } from './block.ts';
import { close, open, type Stashed, type Syntax } from './rules.ts';

/** A note about the page for its authors. */
export interface Note {
  code: string;
  message: string;
  hint?: string;
  line?: number;
}

/** What one page gathers while it is read. */
export class Page {
  readonly syntax: Syntax;
  readonly references = new Map<string, { url: string; title: string | undefined }>();
  readonly footnotes = new Map<string, string>();
  /** How often each footnote is referred to. */
  readonly footnoteUses = new Map<string, number>();
  /** How many numbered captions of each kind there are so far. */
  readonly captions = new Map<string, number>();
  readonly abbreviations = new Map<string, string>();
  readonly stash: Stashed[] = [];
  /** Fenced code by its place in the stash, as it was written. */
  readonly fences = new Map<number, { source: string; indent: number }>();
  readonly notes: Note[] = [];
  /** Reads a file the page includes; undefined where there is none. */
  readonly include: (path: string, from: string | undefined) => string | undefined;

  constructor(syntax: Syntax, include: Page['include'] = () => undefined) {
    this.syntax = syntax;
    this.include = include;
  }

  note(note: Note): void {
    this.notes.push(note);
  }

  /** Puts something aside; what comes back stands for it in the text. */
  store(stashed: Stashed): string {
    this.stash.push(stashed);
    return `${open}h${this.stash.length - 1}${close}`;
  }

  storeHtml(value: string): string {
    return this.store({ kind: 'html', value });
  }

  storeBlock(block: Block): string {
    return this.store({ kind: 'block', block });
  }
}
