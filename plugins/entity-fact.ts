export type Tone = 'ok' | 'warn' | 'error' | 'info' | 'unknown';

/** A short statement about one entity: shown in its header, as a column of lists and in the palette. */
export interface EntityFact {
  id: string;
  label: string;
  text: string;
  tone?: Tone;
  href?: string;
  /** ISO 8601 age of the statement. */
  asOf?: string;
  /** Sorts the column; by text otherwise. */
  sort?: number;
}
