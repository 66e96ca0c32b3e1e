import type { Problem, Severity } from '../../plugins/types.ts';
import { countText } from './problem-line.ts';

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const satisfies Record<
  Severity,
  string
>;

/** Workflow commands that GitHub shows as annotations on the lines of a pull request. */
export function githubReport(problems: readonly Problem[]): string {
  const lines = problems.map(({ severity, message, hint, at, code }) => {
    const properties = [
      at?.file === undefined ? undefined : `file=${escapeProperty(at.file)}`,
      at?.line === undefined ? undefined : `line=${at.line}`,
      at?.column === undefined ? undefined : `col=${at.column}`,
      `title=${escapeProperty(code)}`,
    ].filter((property) => property !== undefined);
    return `::${commands[severity]} ${properties.join(',')}::${escapeData(hint ? `${message}\n${hint}` : message)}`;
  });
  return [...lines, countText(problems)].join('\n');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
