import {
  anchorOf,
  type Field,
  type Group,
  type Message,
  type NamedSchema,
  type Reading,
  type TypeText,
} from './definition.ts';
import { textOf } from './json.ts';
import { parseProto, type ProtoFile, type ProtoPayload, type ProtoType } from './proto-parser.ts';
import { ProtoError } from './proto-tokens.ts';

/** Reads a protobuf file: its services with their procedures, and its messages. */
export function readProto(text: string): Reading {
  let file: ProtoFile;
  try {
    file = parseProto(text);
  } catch (error) {
    if (!(error instanceof ProtoError)) throw error;
    const { message, line, column } = error;
    return {
      findings: [
        {
          code: 'apis/syntax',
          message: `The definition is not a protobuf file: ${message}.`,
          hint: 'Correct it at the line given.',
          line,
          column,
        },
      ],
    };
  }
  const anchors = new Set<string>();
  const named = new Map<string, string>();
  for (const { name } of file.types) named.set(name, anchorOf(`schema ${name}`, anchors));
  const types = new Map(file.types.map((type) => [type.name, type]));
  const groups = file.services.map(({ name, comment, procedures }): Group => ({
    title: name,
    description: textOf(comment),
    operations: procedures.map((procedure) => ({
      anchor: anchorOf(`${name} ${procedure.name}`, anchors),
      id: `${name}/${procedure.name}`,
      method: 'rpc',
      address: procedure.name,
      description: textOf(procedure.comment),
      isDeprecated: procedure.isDeprecated,
      parameters: [],
      messages: [
        messageOf('Takes', procedure.takes, name, types, named),
        messageOf('Returns', procedure.gives, name, types, named),
      ],
    })),
  }));
  const schemas = file.types.map((type): NamedSchema => ({
    name: type.name,
    anchor: named.get(type.name)!,
    type: { text: type.kind },
    description: textOf(type.comment),
    fields: fieldsOf(type, named),
  }));
  return {
    definition: {
      format: `Protobuf (${file.syntax})`,
      title: file.package || undefined,
      servers: [],
      groups,
      schemas,
      leftOut: [],
    },
    findings: [],
  };
}

function messageOf(
  title: string,
  { type, isStream }: ProtoPayload,
  scope: string,
  types: ReadonlyMap<string, ProtoType>,
  named: ReadonlyMap<string, string>,
): Message {
  const name = resolve(type, scope, named);
  const found = name === undefined ? undefined : types.get(name);
  return {
    title,
    note: isStream ? 'a stream' : undefined,
    type: { text: type, schema: name === undefined ? undefined : named.get(name) },
    fields: found ? fieldsOf(found, named) : [],
  };
}

function fieldsOf(type: ProtoType, named: ReadonlyMap<string, string>): Field[] {
  return type.fields.map((field) => ({
    name: field.name,
    type: typeText(field.type, type.name, named),
    isRequired: field.label === 'required',
    isDeprecated: field.isDeprecated,
    description: textOf(field.comment),
    facts: [
      ...(field.label === undefined || field.label === 'required' ? [] : [field.label]),
      `no. ${field.number}`,
    ],
    fields: [],
  }));
}

function typeText(text: string, scope: string, named: ReadonlyMap<string, string>): TypeText {
  const inner = /^map<[^,]+, ?(.+)>$/.exec(text)?.[1] ?? text;
  const name = resolve(inner, scope, named);
  return { text, schema: name === undefined ? undefined : named.get(name) };
}

/** Protobuf looks for a name in the innermost scope first, then outwards. */
function resolve(
  type: string,
  scope: string,
  named: ReadonlyMap<string, string>,
): string | undefined {
  if (type.startsWith('.')) return named.has(type.slice(1)) ? type.slice(1) : undefined;
  const parts = scope.split('.');
  for (let length = parts.length; length >= 0; length--) {
    const name = [...parts.slice(0, length), type].join('.');
    if (named.has(name)) return name;
  }
  return undefined;
}
