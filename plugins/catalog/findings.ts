import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';

import { didYouMean } from '../../collectors/did-you-mean.ts';
import { formatFindings } from './formats.ts';
import { pointer, typeName, typeNames, valueAt } from './json-values.ts';
import { catalogModelAlpha, knownKinds } from './judge.ts';
import { templateSchema } from './template-schema.ts';

/** One thing wrong with an entity. */
export interface Finding {
  message: string;
  hint: string;
  /** The field, e.g. `['metadata', 'tags', 1]`. */
  path: (string | number)[];
  /** Whether the key or its value is wrong. */
  what: 'key' | 'value';
  /** Name of the key that is missing at `path`. */
  missing?: string;
}

type Json = Record<string, unknown>;

/** Everything wrong with a document the judge rejected; the judge's own reason where nothing else explains it. */
export function allFindings(document: Json, reason: string | undefined): Finding[] {
  const unknown = unknownKind(document);
  const schema = schemaFindings(document);
  const seen = new Set(schema.map(({ path }) => path.join('\0')));
  // A value the schema already refuses needs no second message about its form.
  const formats = formatFindings(document).filter(({ path }) => !seen.has(path.join('\0')));
  const findings = [...unknown, ...schema, ...formats];
  if (findings.length > 0 || reason === undefined) return findings;
  return [{ message: `${reason}.`, hint: 'See the descriptor format.', path: [], what: 'value' }];
}

function unknownKind({ kind, apiVersion }: Json): Finding[] {
  if (typeof kind !== 'string' || typeof apiVersion !== 'string') return [];
  const versions = Object.hasOwn(knownKinds, kind) ? knownKinds[kind] : undefined;
  if (!versions) {
    const near = didYouMean(kind, Object.keys(knownKinds));
    return [
      {
        message: `Unknown kind \`${kind}\`, expected one of ${Object.keys(knownKinds).join(', ')}.`,
        hint: near ? `Did you mean \`${near}\`?` : 'Use one of these kinds; case matters.',
        path: ['kind'],
        what: 'value',
      },
    ];
  }
  if (versions.includes(apiVersion)) return [];
  return [
    {
      message: `Unknown apiVersion \`${apiVersion}\` for a ${kind}, expected ${versions.join(' or ')}.`,
      hint: `Write \`apiVersion: ${versions[0]}\`.`,
      path: ['apiVersion'],
      what: 'value',
    },
  ];
}

const compiled = new Map<string, ValidateFunction>();

function schemaFindings(document: Json): Finding[] {
  const { schema, key } = schemaFor(document);
  let validate = compiled.get(key);
  if (!validate) {
    validate = new Ajv({
      allErrors: true,
      allowUnionTypes: true,
      strict: false,
      verbose: true,
    }).compile(schema);
    compiled.set(key, validate);
  }
  validate(document);
  const errors = validate.errors ?? [];
  // The branches of a union are no errors of their own: the union's message says it.
  return errors
    .filter((error) => !errors.some((other) => isBranchOf(error, other)))
    .map((error) => toFinding(error, document));
}

function isBranchOf(error: ErrorObject, other: ErrorObject): boolean {
  return (
    (other.keyword === 'oneOf' || other.keyword === 'anyOf') &&
    error !== other &&
    error.schemaPath.startsWith(`${other.schemaPath}/`)
  );
}

type Model = ReturnType<ReturnType<typeof catalogModelAlpha>['compileCatalogModel']>;
let model: Model | undefined;

/** The schema of a document's kind with envelope and metadata, as `@backstage/catalog-model` puts it together. */
function schemaFor({ kind, apiVersion, spec }: Json): { key: string; schema: Json } {
  const alpha = catalogModelAlpha();
  model ??= alpha.compileCatalogModel([
    alpha.defaultCatalogEntityModel,
    alpha.aiResourceEntityModel,
    alpha.mcpServerApiEntityModel,
  ]);
  const name = String(kind);
  const type = (spec as Json | undefined)?.['type'];
  // An unknown apiVersion has its own message: judge the rest by the version there is.
  const version = String(
    knownKinds[name]?.includes(String(apiVersion)) ? apiVersion : 'backstage.io/v1alpha1',
  );
  const known = model.getKind({
    kind: name,
    apiVersion: version,
    ...(typeof type === 'string' && { spec: { type } }),
  });
  const found = known ?? model.getKind({ kind: 'Component', apiVersion: 'backstage.io/v1alpha1' })!;
  const own = found.jsonSchema['properties'] as Json;
  const properties: Json = {};
  for (const key of ['apiVersion', 'kind', 'metadata', 'spec']) properties[key] = own[key];
  properties['apiVersion'] = { type: 'string', minLength: 1 };
  properties['kind'] = { type: 'string', minLength: 1 };
  if (!known)
    properties['spec'] = name === 'Template' ? templateSchema.properties.spec : { type: 'object' };
  const required = [
    'apiVersion',
    'kind',
    'metadata',
    ...(known || name === 'Template' ? ['spec'] : []),
  ];
  return {
    key: `${known || name === 'Template' ? name : ''} ${known && typeof type === 'string' ? type : ''}`,
    schema: { type: 'object', required, properties, additionalProperties: false },
  };
}

function toFinding(error: ErrorObject, document: Json): Finding {
  const path = pointer(error.instancePath, document);
  const at = path.length > 0 ? `\`${path.join('.')}\`` : 'the document';
  switch (error.keyword) {
    case 'required':
      return missing(path, String(error.params['missingProperty']), error, document);
    case 'additionalProperties':
      return foreign(path, String(error.params['additionalProperty']), error);
    case 'type':
      return {
        message: `Unexpected ${typeName(valueAt(document, path))} at ${at}, expected ${typeNames(error.params['type'])}.`,
        hint: typeHint(error.params['type'], valueAt(document, path), path),
        path,
        what: 'value',
      };
    case 'minLength':
    case 'minItems':
      return {
        message: `${capital(at)} is empty, expected ${error.keyword === 'minLength' ? 'some text' : 'at least one item'}.`,
        hint: 'Fill it in, or remove it where it is optional.',
        path,
        what: 'value',
      };
    case 'enum':
    case 'const': {
      const allowed = (error.params['allowedValues'] ?? [
        error.params['allowedValue'],
      ]) as unknown[];
      return {
        message: `Unexpected value \`${String(valueAt(document, path))}\` at ${at}, expected ${allowed.join(' or ')}.`,
        hint: `Use ${allowed.length > 1 ? 'one of them' : 'it'} as written.`,
        path,
        what: 'value',
      };
    }
    default:
      return {
        message: `${capital(at)} ${error.message ?? 'is not valid'}.`,
        hint: 'See the descriptor format.',
        path,
        what: 'value',
      };
  }
}

function missing(
  path: (string | number)[],
  name: string,
  error: ErrorObject,
  document: Json,
): Finding {
  const field = [...path, name].join('.');
  const siblings = Object.keys((valueAt(document, path) as Json | undefined) ?? {});
  // A key whose placeholder could not be filled in is there, without a value.
  const near = didYouMean(
    name,
    siblings.filter((key) => key !== name),
  );
  const schema = (error.parentSchema?.['properties'] as Record<string, Json> | undefined)?.[name];
  return {
    message: `Missing \`${field}\`, expected ${typeNames(schema?.['type'])}.`,
    hint: near ? `Did you mean \`${name}\` where it says \`${near}\`?` : `Add \`${name}\`.`,
    path: near ? [...path, near] : path,
    what: 'key',
    missing: name,
  };
}

function foreign(path: (string | number)[], name: string, error: ErrorObject): Finding {
  const allowed = Object.keys((error.parentSchema?.['properties'] as Json | undefined) ?? {});
  const near = didYouMean(name, allowed);
  const where = path.length > 0 ? `in \`${path.join('.')}\`` : 'at the top level';
  return {
    message: `Unexpected key \`${name}\` ${where}, expected one of ${allowed.join(', ')}.`,
    hint: near ? `Did you mean \`${near}\`?` : 'Remove it or move it below `metadata` or `spec`.',
    path: [...path, name],
    what: 'key',
  };
}

function typeHint(expected: unknown, value: unknown, path: (string | number)[]): string {
  if (value === null) return 'Fill it in, or remove the key where it is optional.';
  if (path.join('.') === 'spec.definition')
    return 'Write `definition: |` with the definition below it, or bring a file in with `$text: ./openapi.yaml`.';
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean'))
    return 'Put it in quotes.';
  if (expected === 'array' && typeof value === 'string') return 'Write it as a list: `- …`.';
  return 'Change it to that type, or remove it where it is optional.';
}

function capital(text: string): string {
  return text.startsWith('`') ? text : text.charAt(0).toUpperCase() + text.slice(1);
}
