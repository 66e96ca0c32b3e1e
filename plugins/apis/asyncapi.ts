import {
  anchorOf,
  type Definition,
  type Finding,
  type Group,
  type Message,
  type NamedSchema,
  type Operation,
  type Reading,
} from './definition.ts';
import type { ParsedDocument } from './document.ts';
import { exampleText, isMap, listOf, mapOf, textOf, type Json } from './json.ts';
import { checkInfo, infoOf, leftOutText } from './openapi-parts.ts';
import { checkRefs, refIn, refName, refsOf, type Refs } from './refs.ts';
import { SchemaTree } from './schema-tree.ts';
import { limits } from './limits.ts';

/** Reads AsyncAPI 2 and 3. */
export function readAsyncapi(document: ParsedDocument): Reading {
  const root = mapOf(document.value);
  const version = textOf(root['asyncapi']) ?? '';
  const findings: Finding[] = [...checkInfo(document)];
  if (!/^[23]\.\d+(\.\d+)?/.test(version))
    findings.push({
      code: 'apis/unknown-format',
      message: `AsyncAPI \`${version}\` is not known, expected 2 or 3.`,
      hint: 'Correct the version. What can be read of it is shown.',
      ...document.placeOf(['asyncapi']),
    });
  const refs = refsOf(root);
  const anchors = new Set<string>();
  const named = new Map<string, string>();
  const components = Object.entries(mapOf(mapOf(root['components'])['schemas']));
  for (const [name] of components)
    named.set(`#/components/schemas/${name}`, anchorOf(`schema ${name}`, anchors));
  const tree = new SchemaTree(refs, named);
  const reader: Reader = { root, refs, tree, anchors };
  const groups = version.startsWith('2') ? groupsOf2(reader) : groupsOf3(reader);
  const schemas = components.map(([name, value]): NamedSchema =>
    tree.named(name, named.get(`#/components/schemas/${name}`)!, value),
  );
  const count = groups.reduce((sum, { operations }) => sum + operations.length, 0);
  const definition: Definition = {
    format: `AsyncAPI ${version}`,
    ...infoOf(root),
    servers: serversOf(root, refs),
    groups,
    schemas,
    leftOut: leftOutText(tree, count),
  };
  findings.push(...checkRefs(document));
  return { definition, findings };
}

interface Reader {
  root: Json;
  refs: Refs;
  tree: SchemaTree;
  anchors: Set<string>;
}

function groupsOf2(reader: Reader): Group[] {
  return Object.entries(mapOf(reader.root['channels'])).flatMap(([address, value]) => {
    const channel = mapOf(reader.refs.follow(value));
    const operations = ['publish', 'subscribe'].flatMap((method): Operation[] => {
      const source = channel[method];
      if (!isMap(source)) return [];
      const message = reader.refs.follow(source['message']);
      const all = listOf(mapOf(message)['oneOf']);
      const messages = all.length > 0 ? all : [source['message']];
      return [operationOf(reader, { method, address, source, channel, messages })];
    });
    return groupOf(address, textOf(channel['description']), operations);
  });
}

function groupsOf3(reader: Reader): Group[] {
  const { root, refs } = reader;
  const channels = Object.entries(mapOf(root['channels']));
  const operations = Object.entries(mapOf(root['operations'])).map(([id, value]) => {
    const source = mapOf(refs.follow(value));
    return { id, source, channel: refs.follow(source['channel']) };
  });
  return channels.flatMap(([name, value]) => {
    const channel = mapOf(refs.follow(value));
    const address = textOf(channel['address']) ?? name;
    const own = operations.filter((operation) => operation.channel === channel);
    const all = Object.values(mapOf(channel['messages']));
    const rows = own.map(({ id, source }) =>
      operationOf(reader, {
        id,
        method: textOf(source['action']) ?? 'send',
        address,
        source,
        channel,
        messages: Array.isArray(source['messages']) ? source['messages'] : all,
      }),
    );
    // A channel nobody has written an operation for still says what is on it.
    if (rows.length === 0 && all.length > 0)
      rows.push(
        operationOf(reader, { method: 'channel', address, source: {}, channel, messages: all }),
      );
    return groupOf(textOf(channel['title']) ?? address, textOf(channel['description']), rows);
  });
}

function groupOf(title: string, description: string | undefined, operations: Operation[]): Group[] {
  return operations.length === 0 ? [] : [{ title, description, operations }];
}

interface Source {
  id?: string;
  method: string;
  address: string;
  source: Json;
  channel: Json;
  messages: readonly unknown[];
}

function operationOf(reader: Reader, parts: Source): Operation {
  const { method, address, source, channel, messages } = parts;
  const id = parts.id ?? textOf(source['operationId']);
  return {
    anchor: anchorOf(id ?? `${method} ${address}`, reader.anchors),
    id,
    method,
    address,
    summary: textOf(source['summary']) ?? textOf(source['title']),
    description: textOf(source['description']),
    isDeprecated: source['deprecated'] === true,
    parameters: Object.entries(mapOf(channel['parameters'])).map(([name, value]) => {
      const parameter = mapOf(reader.refs.follow(value));
      return {
        name,
        type: reader.tree.typeOf(parameter['schema'] ?? { type: 'string' }),
        place: 'address',
        isRequired: true,
        isDeprecated: false,
        description: textOf(parameter['description']),
        facts: [],
        fields: [],
      };
    }),
    messages: messages.slice(0, limits.operations).map((value) => messageOf(reader, value)),
  };
}

function messageOf({ refs, tree, root }: Reader, value: unknown): Message {
  const message = mapOf(refs.follow(value));
  const ref = refIn(value);
  const payload = mapOf(message['payload']);
  // AsyncAPI 3 may wrap a schema together with the language it is written in.
  const schema = 'schemaFormat' in payload ? payload['schema'] : message['payload'];
  const example = mapOf(listOf(message['examples'])[0]);
  return {
    title:
      textOf(message['title']) ??
      textOf(message['name']) ??
      (ref === undefined ? 'Message' : refName(ref)),
    note: textOf(message['contentType']) ?? textOf(root['defaultContentType']),
    description: textOf(message['summary']) ?? textOf(message['description']),
    type: schema === undefined ? undefined : tree.typeOf(schema),
    fields: tree.fieldsOf(schema),
    example: exampleText(example['payload']),
  };
}

function serversOf(root: Json, refs: Refs): Definition['servers'] {
  return Object.entries(mapOf(root['servers'])).flatMap(([name, value]) => {
    const server = mapOf(refs.follow(value));
    const host = textOf(server['url']) ?? textOf(server['host']);
    if (host === undefined) return [];
    const protocol = textOf(server['protocol']);
    const address = host.includes('://') || !protocol ? host : `${protocol}://${host}`;
    const path = textOf(server['pathname']) ?? '';
    return [{ address: address + path, description: textOf(server['description']) ?? name }];
  });
}
