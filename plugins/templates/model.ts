import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { catalogOf, type CatalogEntity } from '../catalog/index.ts';
import type { ApiFile, ModelContext } from '../types.ts';
import { describedActions } from './declared-actions.ts';
import type { Action, ActionDescription } from './engine/index.ts';
import { actionsWith, pagesOf, templateSpecOf, type Step } from './engine/index.ts';
import { compileForm } from './form/compile-form.ts';
import { formPage, isFlagged, type FormPage } from './form/split-schema.ts';
import type { CollectedTemplate, TemplatesOptions, TemplatesSnapshot } from './schema.ts';

/** A step with what its action does, for the page. */
export interface ExplainedStep extends Step {
  does: string | undefined;
}

export interface Template {
  ref: string;
  namespace: string;
  name: string;
  title: string;
  description: string | undefined;
  type: string;
  tags: readonly string[];
  isRecommended: boolean;
  /** Address below the base. */
  path: string;
  entity: CatalogEntity;
  owner: CatalogEntity | undefined;
  /** Entities made from it. */
  users: readonly CatalogEntity[];
  steps: readonly ExplainedStep[];
  pages: readonly FormPage[];
  /** Actions of plugins that its steps name, for the preview. */
  declared: readonly ActionDescription[];
  /** Absent when its skeletons were not collected. */
  collected: CollectedTemplate | undefined;
}

/** What pages ask this plugin. */
export interface Templates {
  readonly all: readonly Template[];
  readonly options: TemplatesOptions;
  get(ref: string): Template | undefined;
  /** Files the form and the preview load. */
  files(): Iterable<ApiFile>;
}

/** Ties templates to what was collected of them and to the entities made from them. */
export default function buildTemplates(
  context: ModelContext<TemplatesOptions, TemplatesSnapshot>,
): Templates {
  const catalog = catalogOf(context);
  const declared = describedActions(context.plugins ?? []);
  const actions = actionsWith({}, declared);
  const users = Map.groupBy(catalog.entities, ({ entity }) =>
    String(entity.metadata.annotations?.['backstage.io/source-template'] ?? '').toLowerCase(),
  );
  const collected = new Map(context.data?.templates.map((each) => [each.ref, each]));
  const all = catalog.ofKind('Template').map((entity): Template => {
    const owner = entity.owner === undefined ? undefined : catalog.get(entity.owner);
    const made = {
      owner,
      users: users.get(entity.ref) ?? [],
      collected: collected.get(entity.ref),
    };
    return Object.assign(made, templateOf(entity, actions, declared));
  });
  all.sort(
    (a, b) =>
      Number(b.isRecommended) - Number(a.isRecommended) || a.title.localeCompare(b.title, 'en'),
  );
  return {
    all,
    options: context.options,
    get: (ref) => all.find((template) => template.ref === ref),
    *files() {
      for (const template of all) yield* filesOf(template, context.folder);
    },
  };
}

function templateOf(
  catalogEntity: CatalogEntity,
  actions: ReadonlyMap<string, Action>,
  declared: readonly Action[],
): Omit<Template, 'owner' | 'users' | 'collected'> {
  const { entity, ref, title } = catalogEntity;
  const { metadata, spec } = entity;
  const tags = metadata.tags ?? [];
  const { steps } = templateSpecOf(spec);
  const [namespace, name] = ref.slice(ref.indexOf(':') + 1).split('/') as [string, string];
  return {
    ref,
    namespace,
    name,
    title,
    description: metadata.description,
    type: typeof spec?.['type'] === 'string' ? spec['type'] : 'other',
    tags: tags.filter((tag) => tag !== 'recommended' && tag !== spec?.['type']),
    isRecommended: tags.includes('recommended'),
    path: `/create/templates/${namespace}/${name}/`,
    entity: catalogEntity,
    steps: steps.map((step) =>
      Object.assign({ does: actions.get(step.action)?.description }, step),
    ),
    declared: declared.filter(({ id }) => steps.some(({ action }) => action === id)),
    pages: pagesOf(spec)
      .filter((page) => !isFlagged(page))
      .map(formPage),
  };
}

function* filesOf(template: Template, folder: string): Generator<ApiFile> {
  const { namespace, name, pages, declared, collected, entity, ref } = template;
  const at = `${namespace}/${name}`;
  const { code } = compileForm(pages);
  yield { path: `forms/${at}.js`, body: code };
  yield {
    path: `forms/${at}.json`,
    body: JSON.stringify({
      ref,
      pages,
      spec: templateSpecOf(entity.entity.spec),
      actions: declared,
    }),
  };
  if (collected)
    yield { path: `bundles/${at}.json`, body: readFileSync(join(folder, collected.bundle)) };
}
