import type { Problem, ProblemKind, Severity } from '../../plugins/types.ts';

const levels = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<
  Severity,
  string
>;

/** SARIF 2.1.0, for code scanning and editors (docs.oasis-open.org/sarif/sarif/v2.1.0). */
export function sarifReport(
  problems: readonly Problem[],
  kinds: ReadonlyMap<string, ProblemKind>,
): string {
  const codes = [...new Set(problems.map((problem) => problem.code))].toSorted();
  return JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'callboard',
              rules: codes.map((code) => ruleOf(code, kinds.get(code))),
            },
          },
          results: problems.map((problem) => ({
            ruleId: problem.code,
            ruleIndex: codes.indexOf(problem.code),
            level: levels[problem.severity],
            message: {
              text: problem.hint ? `${problem.message} ${problem.hint}` : problem.message,
            },
            ...(problem.at?.file === undefined ? {} : { locations: [locationOf(problem.at)] }),
          })),
        },
      ],
    },
    null,
    2,
  );
}

function ruleOf(code: string, kind: ProblemKind | undefined): object {
  return {
    id: code,
    shortDescription: { text: kind?.title ?? code },
    fullDescription: { text: kind?.explain ?? code },
    help: { text: kind?.fix ?? '' },
  };
}

function locationOf(at: NonNullable<Problem['at']>): object {
  const region =
    at.line === undefined ? {} : { region: { startLine: at.line, startColumn: at.column ?? 1 } };
  return {
    physicalLocation: {
      artifactLocation: { uri: at.file?.split('/').map(encodeURIComponent).join('/') },
      ...region,
    },
  };
}
