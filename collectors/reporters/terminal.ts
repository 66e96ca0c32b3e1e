import { styleText } from 'node:util';
import type { Problem, Severity } from '../../plugins/types.ts';
import { countText, placeText } from './problem-line.ts';

const colours = { error: 'red', warning: 'yellow', info: 'blue' } as const satisfies Record<
  Severity,
  string
>;

/** `file:line:column severity message (code)`, the hint below it, the counts last. */
export function terminalReport(problems: readonly Problem[], withRepository: boolean): string {
  const lines = problems.flatMap((problem) => {
    const severity = styleText(colours[problem.severity], problem.severity);
    const code = styleText('dim', `(${problem.code})`);
    const line =
      `${placeText(problem, withRepository)} ${severity} ${problem.message} ${code}`.trim();
    return problem.hint ? [line, `    ${styleText('dim', problem.hint)}`] : [line];
  });
  return [...lines, countText(problems)].join('\n');
}
