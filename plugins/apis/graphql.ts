import {
  GraphQLError,
  Kind,
  parse,
  print,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type TypeNode,
} from 'graphql';

import {
  anchorOf,
  type Field,
  type Finding,
  type Group,
  type NamedSchema,
  type Operation,
  type Reading,
  type TypeText,
} from './definition.ts';
import { textOf } from './json.ts';
import { limits } from './limits.ts';

const scalars = new Set(['Int', 'Float', 'String', 'Boolean', 'ID']);

/** Reads a GraphQL schema in its own language. */
export function readGraphql(text: string): Reading {
  let document: DocumentNode;
  try {
    document = parse(text, { maxTokens: limits.tokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const [place] = error.locations ?? [];
    const finding: Finding = {
      code: 'apis/syntax',
      message: `The definition is not a GraphQL schema: ${error.message.replace(/\.$/, '')}.`,
      hint: 'Correct it at the line given.',
      line: place?.line,
      column: place?.column,
    };
    return { findings: [finding] };
  }
  const roots = rootsOf(document);
  const anchors = new Set<string>();
  const named = new Map<string, string>();
  for (const { name } of namedTypes(document))
    if (!named.has(name) && !roots.has(name)) named.set(name, anchorOf(`schema ${name}`, anchors));
  const groups = [...roots].flatMap(([type, method]): Group[] => {
    const operations = fieldsOfType(document, type).map((field) =>
      operationOf(field, method, named, anchors),
    );
    return operations.length === 0 ? [] : [{ title: titles[method] ?? method, operations }];
  });
  const schemas = [...named].map(([name, anchor]) => schemaOf(document, name, anchor, named));
  const schema = document.definitions.find(({ kind }) => kind === Kind.SCHEMA_DEFINITION);
  const description =
    schema?.kind === Kind.SCHEMA_DEFINITION ? textOf(schema.description?.value) : undefined;
  return {
    definition: { format: 'GraphQL', description, servers: [], groups, schemas, leftOut: [] },
    findings: [...unknownTypes(document, new Set([...named.keys(), ...roots.keys()]))],
  };
}

const titles: Readonly<Record<string, string>> = {
  query: 'Queries',
  mutation: 'Mutations',
  subscription: 'Subscriptions',
};

/** Names of the types whose fields are operations, with the operation they are. */
function rootsOf(document: DocumentNode): Map<string, string> {
  const roots = new Map<string, string>();
  for (const node of document.definitions)
    if (node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION)
      for (const { operation, type } of node.operationTypes ?? [])
        roots.set(type.name.value, operation);
  if (roots.size > 0) return roots;
  return new Map([
    ['Query', 'query'],
    ['Mutation', 'mutation'],
    ['Subscription', 'subscription'],
  ]);
}

function* namedTypes(document: DocumentNode): Generator<{ name: string; node: DefinitionNode }> {
  for (const node of document.definitions)
    if (/TypeDefinition$|TypeExtension$/.test(node.kind) && 'name' in node && node.name)
      yield { name: node.name.value, node };
}

function fieldsOfType(document: DocumentNode, type: string): FieldDefinitionNode[] {
  return [...namedTypes(document)].flatMap(({ name, node }) =>
    name === type &&
    'fields' in node &&
    node.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION &&
    node.kind !== Kind.INPUT_OBJECT_TYPE_EXTENSION
      ? (node.fields ?? [])
      : [],
  );
}

function operationOf(
  field: FieldDefinitionNode,
  method: string,
  named: ReadonlyMap<string, string>,
  anchors: Set<string>,
): Operation {
  const type = typeText(field.type, named);
  return {
    anchor: anchorOf(`${method} ${field.name.value}`, anchors),
    id: field.name.value,
    method,
    address: field.name.value,
    summary: undefined,
    description: textOf(field.description?.value),
    isDeprecated: isDeprecated(field),
    parameters: (field.arguments ?? []).map((argument) => fieldOf(argument, named)),
    messages: [{ title: 'Returns', type, fields: [] }],
  };
}

function fieldOf(
  node: FieldDefinitionNode | InputValueDefinitionNode,
  named: ReadonlyMap<string, string>,
): Field {
  const isInput = node.kind === Kind.INPUT_VALUE_DEFINITION;
  const facts = isInput && node.defaultValue ? [`default \`${print(node.defaultValue)}\``] : [];
  const taken = isInput ? [] : (node.arguments ?? []);
  return {
    name: node.name.value,
    type: typeText(node.type, named),
    isRequired: isInput && node.type.kind === Kind.NON_NULL_TYPE && !node.defaultValue,
    isDeprecated: isDeprecated(node),
    description: textOf(node.description?.value),
    facts,
    fields: taken.map((argument) => ({ ...fieldOf(argument, named), place: 'argument' })),
  };
}

function schemaOf(
  document: DocumentNode,
  name: string,
  anchor: string,
  named: ReadonlyMap<string, string>,
): NamedSchema {
  const nodes = [...namedTypes(document)].filter((type) => type.name === name);
  const schema: NamedSchema = { name, anchor, type: { text: 'type' }, fields: [] };
  for (const { node } of nodes) {
    schema.type = { text: wordOf(node.kind) };
    if ('description' in node) schema.description ??= textOf(node.description?.value);
    if ('fields' in node)
      schema.fields.push(...(node.fields ?? []).map((field) => fieldOf(field, named)));
    if ('values' in node) schema.fields.push(...(node.values ?? []).map(valueOf));
    if ('types' in node)
      schema.fields.push(
        ...(node.types ?? []).map((type) => ({
          ...plainField(type.name.value),
          type: typeText(type, named),
        })),
      );
  }
  return schema;
}

function valueOf(node: {
  name: { value: string };
  description?: { value: string } | undefined;
  directives?: readonly { name: { value: string } }[] | undefined;
}): Field {
  return {
    ...plainField(node.name.value),
    description: textOf(node.description?.value),
    isDeprecated: isDeprecated(node),
  };
}

function plainField(name: string): Field {
  return {
    name,
    type: { text: 'value' },
    isRequired: false,
    isDeprecated: false,
    facts: [],
    fields: [],
  };
}

/** `ObjectTypeDefinition` and `InputObjectTypeExtension` as people say them. */
function wordOf(kind: string): string {
  const word = kind.replace(/Type(Definition|Extension)$/, '').toLowerCase();
  return { object: 'type', inputobject: 'input' }[word] ?? word;
}

function isDeprecated(node: {
  directives?: readonly { name: { value: string } }[] | undefined;
}): boolean {
  return node.directives?.some(({ name }) => name.value === 'deprecated') ?? false;
}

function typeText(node: TypeNode, named: ReadonlyMap<string, string>): TypeText {
  return { text: print(node), schema: named.get(nameOf(node).value) };
}

function nameOf(node: TypeNode): { value: string; line: number; column: number } {
  let current = node;
  while (current.kind !== Kind.NAMED_TYPE) current = current.type;
  const token = current.loc?.startToken;
  return { value: current.name.value, line: token?.line ?? 1, column: token?.column ?? 1 };
}

function* unknownTypes(document: DocumentNode, known: ReadonlySet<string>): Generator<Finding> {
  let count = 0;
  const said = new Set<string>();
  for (const { node } of namedTypes(document)) {
    if (!('fields' in node)) continue;
    for (const field of node.fields ?? []) {
      const taken = 'arguments' in field ? (field.arguments ?? []) : [];
      for (const { type } of [field, ...taken]) {
        const { value, line, column } = nameOf(type);
        if (scalars.has(value) || known.has(value) || value.startsWith('_') || said.has(value))
          continue;
        said.add(value);
        if (count++ >= limits.problems) return;
        yield {
          code: 'apis/unresolved-ref',
          message: `The type \`${value}\` is not defined, expected a definition of it in the schema.`,
          hint: 'Correct the name, or add the type.',
          line,
          column,
        };
      }
    }
  }
}
