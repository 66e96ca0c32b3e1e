import { LineCounter, parseAllDocuments, type Document } from 'yaml';

import type { AnyPlugin, CheckContext, ProblemInput, Repository } from '../types.ts';
import { shapeProblems } from './check-shape.ts';
import { skeletonProblems } from './check-skeletons.ts';
import { referenceProblems } from './check-references.ts';
import { describedActions } from './declared-actions.ts';
import { actionsWith, type Action } from './engine/index.ts';
import type { TemplatesOptions } from './schema.ts';

const maxFileBytes = 256 * 1024;
const templateFiles = ['**/template.yaml', '**/template.yml', '**/templates/**/*.yaml'];

/** A template document with a way from fields to places. */
export interface TemplateDocument {
  entity: { metadata: { name: string; namespace?: string }; spec?: Record<string, unknown> };
  ref: string;
  actions: ReadonlyMap<string, Action>;
  /** Whether there is an action of this name, as far as anybody can know here. */
  isKnown(action: string): boolean;
  /** Reports a problem at a field; the nearest field that exists gives the line. */
  problem(code: string, path: (string | number)[], message: string, hint?: string): ProblemInput;
}

/** Checks the templates of one repository: shape, references, actions and skeletons. */
export default async function check(context: CheckContext<TemplatesOptions>): Promise<void> {
  const { repository } = context;
  const files = new Set(await repository.find([...repository.catalogFiles, ...templateFiles]));
  for (const file of files) {
    const bytes = await repository.read(file, maxFileBytes).catch(() => null);
    if (!bytes) continue;
    const text = new TextDecoder().decode(bytes);
    if (!text.includes('scaffolder.backstage.io/')) continue;
    const problems = await templateProblems(text, file, repository, context.plugins);
    for (const problem of problems) context.report(problem);
  }
}

/** Problems of every template in one file. Without a list of plugins, what they may declare is let pass. */
export async function templateProblems(
  text: string,
  file: string,
  repository: Repository,
  plugins: readonly AnyPlugin[] | undefined,
): Promise<ProblemInput[]> {
  const actions = knownActions(plugins);
  const counter = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: counter, logLevel: 'silent' });
  const problems: ProblemInput[] = [];
  for (const document of Array.isArray(parsed) ? parsed : []) {
    if (document.errors.length > 0) continue;
    const template = templateOf(document, file, repository.id, counter, actions);
    if (!template) continue;
    const broken = shapeProblems(template);
    problems.push(...broken);
    if (broken.some(({ code }) => code === 'templates/invalid')) continue;
    problems.push(...referenceProblems(template));
    problems.push(...(await skeletonProblems(template, file, repository)));
  }
  return problems;
}

/** Callboard's actions, and those of the plugins. A team's repository has no list of them: names of their own pass there. */
function knownActions(
  plugins: readonly AnyPlugin[] | undefined,
): Pick<TemplateDocument, 'actions' | 'isKnown'> {
  const actions = actionsWith({}, describedActions(plugins ?? []));
  const families = new Set([...actions.keys()].map((id) => id.split(':')[0]));
  return {
    actions,
    isKnown: (id) =>
      actions.has(id) ||
      (plugins === undefined && id.includes(':') && !families.has(id.split(':')[0])),
  };
}

function templateOf(
  document: Document.Parsed,
  file: string,
  repository: string,
  counter: LineCounter,
  actions: Pick<TemplateDocument, 'actions' | 'isKnown'>,
): TemplateDocument | undefined {
  const entity = plainOf(document);
  if (
    entity?.['kind'] !== 'Template' ||
    entity['apiVersion'] !== 'scaffolder.backstage.io/v1beta3'
  ) {
    return undefined;
  }
  const metadata = entity['metadata'] as { name?: unknown; namespace?: unknown } | undefined;
  if (typeof metadata?.name !== 'string') return undefined;
  const namespace = typeof metadata.namespace === 'string' ? metadata.namespace : 'default';
  const ref = `template:${namespace}/${metadata.name}`.toLowerCase();
  return {
    entity: entity as unknown as TemplateDocument['entity'],
    ref,
    ...actions,
    problem(code, path, message, hint) {
      const { line, col } = counter.linePos(offsetOf(document, path));
      return {
        code,
        message,
        ...(hint !== undefined && { hint }),
        entity: ref,
        at: { repository, file, line, column: col, path: path.join('.') },
      };
    },
  };
}

function plainOf(document: Document): Record<string, unknown> | undefined {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 50 });
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Where the deepest existing field of a path starts. */
function offsetOf(document: Document.Parsed, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as
      | { range?: [number, number, number] }
      | undefined;
    if (node?.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}
