import { stringify } from 'yaml';

import { parseEntityRef, stringifyEntityRef } from '../entity-ref.ts';
import type { Action, ActionContext, Json, JsonObject } from '../types.ts';
import { TemplateError } from '../types.ts';
import { flag, list, object, record, text } from './schemas.ts';

const catalogFetch: Action = {
  id: 'catalog:fetch',
  description: 'Reads entities of the catalog by their references.',
  input: object({
    entityRef: text('Reference of one entity'),
    entityRefs: list(text(), 'References of several entities'),
    optional: flag('Do not fail when there is no such entity'),
    defaultKind: text('Kind when the reference has none'),
    defaultNamespace: text('Namespace when the reference has none'),
  }),
  output: object({ entity: record(), entities: list(record()) }),
  supportsDryRun: true,
  run(context) {
    const { entityRef, entityRefs, optional } = context.input;
    if (!entityRef && !entityRefs) {
      if (optional) return;
      throw new TemplateError('entityRef and entityRefs are missing, expected one of them');
    }
    if (entityRef) context.output('entity', entityOf(context, String(entityRef)));
    if (entityRefs) {
      context.output(
        'entities',
        (entityRefs as string[]).map((ref) => entityOf(context, ref)),
      );
    }
  },
};

const catalogWrite: Action = {
  id: 'catalog:write',
  description: 'Writes a catalog-info.yaml that names the template it came from.',
  input: object({ filePath: text('catalog-info.yaml by default'), entity: record('The entity') }, [
    'entity',
  ]),
  supportsDryRun: true,
  run({ input, workspace, templateRef, log }) {
    const path = String(input['filePath'] ?? 'catalog-info.yaml');
    const entity = input['entity'] as JsonObject;
    const metadata = (entity['metadata'] ?? {}) as JsonObject;
    const annotations = {
      ...(metadata['annotations'] as JsonObject | undefined),
      'backstage.io/source-template': templateRef ?? '',
    };
    workspace.write(
      path,
      stringify({ ...entity, metadata: { ...metadata, ...(templateRef && { annotations }) } }),
    );
    log(`Wrote ${path}`);
  },
};

export const catalogActions: readonly Action[] = [catalogFetch, catalogWrite];

function entityOf({ entity, input }: ActionContext, ref: string): Json {
  const defaults: { defaultKind?: string; defaultNamespace?: string } = {};
  if (input['defaultKind']) defaults.defaultKind = String(input['defaultKind']);
  if (input['defaultNamespace']) defaults.defaultNamespace = String(input['defaultNamespace']);
  const found = entity(stringifyEntityRef(parseEntityRef(ref, defaults)));
  if (found === undefined && input['optional'] !== true) {
    throw new TemplateError(`Entity ${ref} not found`);
  }
  return found ?? null;
}
