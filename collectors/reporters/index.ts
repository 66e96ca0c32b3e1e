/** The forms problems can be printed in, one line each. */
import type { Problem, ProblemKind } from '../../plugins/types.ts';
import { githubReport } from './github.ts';
import { jsonReport } from './json.ts';
import { sarifReport } from './sarif.ts';
import { terminalReport } from './terminal.ts';

export const reportFormats = ['text', 'github', 'json', 'sarif'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** The text of a report. `withRepository` puts the repository before the file, for reports over many of them. */
export function formatReport(
  format: ReportFormat,
  problems: readonly Problem[],
  kinds: ReadonlyMap<string, ProblemKind>,
  withRepository: boolean,
): string {
  if (format === 'github') return githubReport(problems);
  if (format === 'json') return jsonReport(problems);
  if (format === 'sarif') return sarifReport(problems, kinds);
  return terminalReport(problems, withRepository);
}
