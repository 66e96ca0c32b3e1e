import type { ProblemInput } from '../types.ts';
import { placeOfDefinition } from './definition-place.ts';
import { readDefinition } from './read-definition.ts';

/** What is needed of an API entity to judge its definition. */
export interface ApiSource {
  ref: string;
  spec: Record<string, unknown> | undefined;
  raw: string;
  repository: string;
  file: string;
  /** Line of the file the entity starts in. */
  line: number;
  owner?: string | undefined;
}

/** Everything wrong in the definition of one API, each at its place. */
export function problemsOfApi(source: ApiSource): ProblemInput[] {
  const { ref, spec, raw, repository, file, line, owner } = source;
  const type = String(spec?.['type'] ?? '').toLowerCase();
  const text = spec?.['definition'];
  if (typeof text !== 'string') return [];
  const { findings } = readDefinition(type, text);
  if (findings.length === 0) return [];
  const place = placeOfDefinition(raw, file, line);
  return findings.map((finding) => ({
    code: finding.code,
    message: finding.message,
    hint: finding.hint,
    entity: ref,
    ...(owner !== undefined && { owner }),
    at: {
      repository,
      file: place.file,
      line: (place.hasLines ? (finding.line ?? 1) : 1) + place.lineOffset,
      ...(place.lineOffset === 0 && { column: finding.column }),
    },
  }));
}
