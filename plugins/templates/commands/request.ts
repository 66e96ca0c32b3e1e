import { CallboardError, exitCode } from '../../../collectors/callboard-error.ts';

/** What a person asked for. */
export interface CreateRequest {
  template: string;
  /** YAML. */
  values: string;
  actor: string;
  /** Number of the issue that asked; absent for a dispatch. */
  issue: number | undefined;
}

const maxLength = 65_535;

/** Reads an event of GitHub Actions: an issue made from the form, or a dispatch of the workflow. */
export function readRequest(event: unknown): CreateRequest {
  const { issue, inputs, sender } = event as {
    issue?: { number: number; body?: string | null; user: { login: string } };
    inputs?: { template?: string; values?: string };
    sender?: { login: string };
  };
  if (issue) {
    const answers = answersOf((issue.body ?? '').slice(0, maxLength));
    return {
      ...required(answers['Template'], answers['Values']),
      actor: issue.user.login,
      issue: issue.number,
    };
  }
  return {
    ...required(inputs?.template, inputs?.values),
    actor: sender?.login ?? '',
    issue: undefined,
  };
}

/** Answers of an issue form by their headings; a code block around one is taken off. */
export function answersOf(body: string): Record<string, string> {
  const answers: Record<string, string> = {};
  // The first heading of a name counts: what a value holds must not pass for another answer.
  for (const part of body
    .replaceAll('\r\n', '\n')
    .split(/^### (?=(?:Template|Values)$)/m)
    .slice(1)) {
    const [heading, ...lines] = part.split('\n');
    const fenced = /^```ya?ml\n([\s\S]*?)\n?```$/.exec(lines.join('\n').trim());
    answers[heading!.trim()] ??= fenced ? fenced[1]! : lines.join('\n').trim();
  }
  return answers;
}

function required(
  template: string | undefined,
  values: string | undefined,
): { template: string; values: string } {
  if (template) return { template: template.trim(), values: values ?? '' };
  throw new CallboardError(
    exitCode.usage,
    'The event names no template, expected an issue of the form "Create" or a dispatch.',
  );
}
