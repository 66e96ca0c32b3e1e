import type { LogLine, StepReport } from '../engine/index.ts';
import type { NodeRunResult } from './node-run.ts';

/** Prints a line of the log as it comes. */
export function printLog({ step, level, message }: LogLine): void {
  console.error(`${level === 'info' ? '' : `${level}: `}[${step}] ${message}`);
}

/** Prints what a run made, and after a failure what it left behind. */
export function printResult(
  result: NodeRunResult,
  { out, isDryRun }: { out: string | undefined; isDryRun: boolean },
): void {
  for (const { file, line, column, name } of result.unresolved) {
    console.error(
      `warning: ${line === 0 ? file : `${file}:${line}:${column}`}: ${name} has no value`,
    );
  }
  if (result.state === 'failed') {
    console.error(failureText(result));
    return;
  }
  for (const { path } of result.files) console.log(path);
  console.error(
    `${result.files.length} files${out === undefined ? '' : ` written to ${out}`}${isDryRun ? ' (dry run: nothing was published)' : ''}`,
  );
  for (const { title, url } of linksOf(result)) console.log(`${title}: ${url}`);
}

/** What went wrong, what was done before it and how to take that back. */
export function failureText({ error, steps }: Pick<NodeRunResult, 'error' | 'steps'>): string {
  const effects = steps.flatMap(({ effects }) => effects);
  const lines = [error ?? 'The run failed.'];
  if (effects.length === 0) lines.push('Nothing outside of the workspace was changed.');
  else {
    lines.push('Done before that:');
    for (const { did, undo } of effects) lines.push(`- ${did}. To undo: ${undo}`);
    lines.push('Running it again with the same values goes on from there.');
  }
  return lines.join('\n');
}

/** One line per step: its state and why. */
export function stepLine({ name, action, state, reason }: StepReport): string {
  return `${name} (${action}): ${stateWords[state]}${reason === undefined ? '' : `, ${reason}`}`;
}

export function linksOf({
  output,
}: Pick<NodeRunResult, 'output'>): { title: string; url: string }[] {
  const links = Array.isArray(output['links']) ? output['links'] : [];
  return links.flatMap((link) => {
    const { title, url } = (link ?? {}) as { title?: unknown; url?: unknown };
    return typeof url === 'string' && /^https?:\/\//.test(url)
      ? [{ title: String(title ?? url), url }]
      : [];
  });
}

const stateWords = {
  running: 'running',
  done: 'done',
  skipped: 'skipped',
  dry: 'left out',
  failed: 'failed',
} as const;
