/** What `${{ }}` may name in the workflows of this repository. */
export interface Contexts {
  github: Record<string, unknown>;
  runner: Record<string, unknown>;
  vars: Record<string, string>;
  secrets: Record<string, string>;
  inputs: Record<string, unknown>;
  matrix: Record<string, unknown>;
  steps: Record<string, { outputs: Record<string, string> }>;
  needs: Record<string, { outputs: Record<string, string> }>;
}

/** Value of an expression. Those our workflows use are JavaScript but for names with a hyphen. */
export function valueOf(expression: string, contexts: Contexts): unknown {
  const script = expression.replaceAll(/\.([a-z]+(?:-[a-z]+)+)/g, "['$1']");
  const names = Object.keys(contexts);
  // oxlint-disable-next-line no-implied-eval -- our own workflow files, in a test
  const run = new Function(...names, 'always', `return (${script});`) as (
    ...values: unknown[]
  ) => unknown;
  return run(...Object.values(contexts), () => true);
}

/** A text with the values of its expressions, as GitHub writes them. */
export function filledIn(text: unknown, contexts: Contexts): string {
  return String(text ?? '').replaceAll(/\$\{\{(.*?)\}\}/gs, (_, expression: string) =>
    String(valueOf(expression, contexts) ?? ''),
  );
}
