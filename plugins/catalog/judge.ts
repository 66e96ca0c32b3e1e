import { createRequire } from 'node:module';

import type { StoredEntity } from './schema.ts';
import { templateApiVersion, templateSchema } from './template-schema.ts';

type CatalogModel = typeof import('@backstage/catalog-model');
type CatalogModelAlpha = typeof import('@backstage/catalog-model/alpha');

// Through `require`: the ES modules of the alpha entry cannot be loaded by Node (they import `lodash/isEqual`
// without an extension), and both entries must share one copy.
const require = createRequire(import.meta.url);

/** `@backstage/catalog-model`, loaded when the first entity is judged. */
export function catalogModel(): CatalogModel {
  return require('@backstage/catalog-model') as CatalogModel;
}

/** Its alpha entry: AiResource, API of type mcp-server, and the model with every kind's schema. */
export function catalogModelAlpha(): CatalogModelAlpha {
  return require('@backstage/catalog-model/alpha') as CatalogModelAlpha;
}

/** What Backstage decides about one document. */
export type Verdict =
  | { is: 'valid'; entity: StoredEntity }
  | { is: 'unknown-kind' }
  | { is: 'invalid'; reason: string };

interface KindValidator {
  check(entity: never): Promise<boolean>;
}

const validators = new Map<string, KindValidator>();

/** Accepts or rejects a document exactly as Backstage does: the same policies and validators, in the same order. */
export async function judge(value: object): Promise<Verdict> {
  const document = value as StoredEntity;
  try {
    const { schemaValid, foreignFields, fieldFormat } = policies();
    await schemaValid.enforce(document as never);
    const entity = withNamespace(document);
    await foreignFields.enforce(entity as never);
    await fieldFormat.enforce(entity as never);
    const validator = validatorFor(entity);
    const isRecognized = validator ? await validator.check(entity as never) : false;
    return isRecognized ? { is: 'valid', entity } : { is: 'unknown-kind' };
  } catch (error) {
    return { is: 'invalid', reason: error instanceof Error ? error.message : String(error) };
  }
}

type Policies = ReturnType<typeof makePolicies>;
let madePolicies: Policies | undefined;

function policies(): Policies {
  madePolicies ??= makePolicies();
  return madePolicies;
}

function makePolicies() {
  const model = catalogModel();
  return {
    schemaValid: new model.SchemaValidEntityPolicy(),
    foreignFields: new model.NoForeignRootFieldsEntityPolicy(),
    fieldFormat: new model.FieldFormatEntityPolicy(),
  };
}

function withNamespace(entity: StoredEntity): StoredEntity {
  const { namespace, ...metadata } = entity.metadata;
  return { ...entity, metadata: { ...metadata, namespace: namespace || 'default' } as never };
}

function validatorFor(entity: StoredEntity): KindValidator | undefined {
  const key = validatorKey(entity);
  const known = validators.get(key);
  if (known) return known;
  const made = makeValidator(key);
  if (made) validators.set(key, made);
  return made;
}

/** `spec.type` chooses the validator of the kinds that have one for each type. */
function validatorKey({ kind, spec }: StoredEntity): string {
  if (kind === 'API' && spec?.['type'] === 'mcp-server') return 'API mcp-server';
  if (kind !== 'AiResource') return kind;
  const type = String(spec?.['type']);
  return ['skill', 'rule', 'plugin', 'marketplace'].includes(type) ? `AiResource ${type}` : kind;
}

function makeValidator(key: string): KindValidator | undefined {
  const model = catalogModel();
  switch (key) {
    case 'Component':
      return model.componentEntityV1alpha1Validator;
    case 'API':
      return model.apiEntityV1alpha1Validator;
    case 'Resource':
      return model.resourceEntityV1alpha1Validator;
    case 'System':
      return model.systemEntityV1alpha1Validator;
    case 'Domain':
      return model.domainEntityV1alpha1Validator;
    case 'Group':
      return model.groupEntityV1alpha1Validator;
    case 'User':
      return model.userEntityV1alpha1Validator;
    case 'Location':
      return model.locationEntityV1alpha1Validator;
    case 'Template':
      return templateValidator(model);
    case 'API mcp-server':
      return catalogModelAlpha().mcpServerApiEntityValidator;
    case 'AiResource':
      return catalogModelAlpha().aiResourceEntityV1alpha1Validator;
    case 'AiResource skill':
      return catalogModelAlpha().skillAiResourceEntityV1alpha1Validator;
    case 'AiResource rule':
      return catalogModelAlpha().ruleAiResourceEntityV1alpha1Validator;
    case 'AiResource plugin':
      return catalogModelAlpha().pluginAiResourceEntityV1alpha1Validator;
    case 'AiResource marketplace':
      return catalogModelAlpha().marketplaceAiResourceEntityV1alpha1Validator;
    default:
      return undefined;
  }
}

function templateValidator(model: CatalogModel): KindValidator {
  const validate = model.entityKindSchemaValidator({
    $schema: 'http://json-schema.org/draft-07/schema',
    $id: 'TemplateV1beta3',
    allOf: [{ $ref: 'Entity' }, templateSchema],
  });
  return { check: async (entity) => validate(entity) === entity };
}

/** apiVersions of each kind the catalog knows. */
export const knownKinds: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    ['Component', 'API', 'Resource', 'System', 'Domain', 'Group', 'User', 'Location'].map(
      (kind) => [kind, ['backstage.io/v1alpha1', 'backstage.io/v1beta1']],
    ),
  ),
  AiResource: ['backstage.io/v1alpha1'],
  Template: [templateApiVersion],
};
