import type { Limits } from './limits.ts';
import type { LogLine } from './types.ts';

const mask = '***';

/** The log of one run: secrets masked, its length bounded. */
export class Log {
  readonly lines: LogLine[] = [];
  readonly #secrets: string[];
  readonly #onLine: ((line: LogLine) => void) | undefined;
  #left: number;

  constructor(limits: Limits, secrets: readonly string[], onLine?: (line: LogLine) => void) {
    this.#left = limits.logCharacters;
    this.#secrets = secrets
      .filter((secret) => secret.length > 3)
      .toSorted((a, b) => b.length - a.length);
    this.#onLine = onLine;
  }

  add(step: string, level: LogLine['level'], message: string): void {
    if (this.#left <= 0) return;
    const line = { step, level, message: this.masked(message).slice(0, this.#left) };
    this.#left -= line.message.length;
    this.lines.push(line);
    this.#onLine?.(line);
  }

  masked(text: string): string {
    return this.#secrets.reduce((masked, secret) => masked.replaceAll(secret, mask), text);
  }
}
