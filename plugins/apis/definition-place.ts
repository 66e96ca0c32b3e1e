import { posix } from 'node:path';

import { LineCounter, parseDocument } from 'yaml';

/** Where the text of a definition was committed. */
export interface DefinitionPlace {
  file: string;
  /** Added to a line of the definition to get one of the file. */
  lineOffset: number;
  /** Lines inside the definition can be told apart in the file; otherwise all is said of its first. */
  hasLines: boolean;
}

/** Finds where a definition stands: in the file its `$text` names, or inside the entity's own. */
export function placeOfDefinition(raw: string, file: string, entityLine: number): DefinitionPlace {
  const lines = new LineCounter();
  const document = parseDocument(raw, { lineCounter: lines, logLevel: 'silent' });
  const target: unknown = document.getIn(['spec', 'definition', '$text']);
  const path = typeof target === 'string' ? localPath(target, file) : undefined;
  if (path !== undefined) return { file: path, lineOffset: 0, hasLines: true };
  const node = document.getIn(['spec', 'definition'], true) as
    | { type?: string; range?: [number, number, number] }
    | undefined;
  const start = lines.linePos(document.contents?.range?.[0] ?? 0).line;
  const own = lines.linePos(node?.range?.[0] ?? 0).line;
  // The text of a block starts on the line below its `|`.
  const isBlock = node?.type === 'BLOCK_LITERAL';
  const lineOffset = entityLine - start + own - (isBlock ? 0 : 1);
  return { file, lineOffset, hasLines: isBlock };
}

/** Path in the repository that a target written in a file leads to; undefined for a web address or one outside. */
export function localPath(target: string, file: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return undefined;
  const path = target.startsWith('/')
    ? posix.normalize(target.slice(1))
    : posix.join(posix.dirname(file), target);
  return path === '..' || path.startsWith('../') ? undefined : path;
}
