import { curlOf } from './curl.ts';
import {
  anchorOf,
  type Definition,
  type Field,
  type Finding,
  type Group,
  type Message,
  type NamedSchema,
  type Operation,
  type Reading,
} from './definition.ts';
import type { ParsedDocument, Path } from './document.ts';
import { exampleText, isMap, listOf, mapOf, textOf, type Json } from './json.ts';
import { limits } from './limits.ts';
import {
  checkInfo,
  checkVersion,
  exampleOf,
  infoOf,
  leftOutText,
  namedSchemas,
  serversOf,
  wrongShape,
} from './openapi-parts.ts';
import { checkRefs, refsOf, type Refs } from './refs.ts';
import { factsOf, SchemaTree } from './schema-tree.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

/** Reads OpenAPI 2.0 (Swagger), 3.0 and 3.1. */
export function readOpenapi(document: ParsedDocument): Reading {
  const root = mapOf(document.value);
  const version = textOf(root['openapi']) ?? textOf(root['swagger']) ?? '';
  const findings: Finding[] = [...checkVersion(version, document), ...checkInfo(document)];
  const reader = new OpenapiReader(root, document, findings);
  const definition: Definition = {
    format: `OpenAPI ${version}`,
    ...infoOf(root),
    servers: serversOf(root),
    groups: reader.groups(),
    schemas: reader.schemas(),
    leftOut: reader.leftOut(),
  };
  findings.push(...checkRefs(document));
  return { definition, findings };
}

class OpenapiReader {
  readonly #root: Json;
  readonly #document: ParsedDocument;
  readonly #findings: Finding[];
  readonly #refs: Refs;
  readonly #tree: SchemaTree;
  readonly #named = new Map<string, string>();
  readonly #anchors = new Set<string>();
  readonly #ids = new Map<string, Path>();
  readonly #server: string;
  #count = 0;

  constructor(root: Json, document: ParsedDocument, findings: Finding[]) {
    this.#root = root;
    this.#document = document;
    this.#findings = findings;
    this.#refs = refsOf(root);
    for (const { ref, name } of namedSchemas(root))
      this.#named.set(ref, anchorOf(`schema ${name}`, this.#anchors));
    this.#tree = new SchemaTree(this.#refs, this.#named);
    this.#server = serversOf(root)[0]?.address ?? 'https://api.example.com';
  }

  groups(): Group[] {
    const groups = new Map<string, Group>();
    for (const tag of listOf(this.#root['tags'])) {
      const title = textOf(mapOf(tag)['name']);
      if (title === undefined) continue;
      groups.set(title, { title, description: textOf(mapOf(tag)['description']), operations: [] });
    }
    for (const section of ['paths', 'webhooks']) {
      for (const [address, value] of Object.entries(mapOf(this.#root[section])))
        if (!address.startsWith('x-')) this.#readPath(groups, section, address, value);
    }
    return [...groups.values()].filter(({ operations }) => operations.length > 0);
  }

  #readPath(groups: Map<string, Group>, section: string, address: string, value: unknown): void {
    const item = this.#refs.follow(value);
    if (!isMap(item)) {
      if (item !== undefined) this.#findings.push(wrongShape([section, address], this.#document));
      return;
    }
    for (const method of methods) {
      if (!(method in item)) continue;
      const source = item[method];
      if (!isMap(source)) {
        this.#findings.push(wrongShape([section, address, method], this.#document));
        continue;
      }
      const first = textOf(listOf(source['tags'])[0]);
      const title = first ?? (section === 'webhooks' ? 'Webhooks' : 'Operations');
      let group = groups.get(title);
      if (!group) groups.set(title, (group = { title, operations: [] }));
      const path = [section, address, method];
      group.operations.push(this.#operation(method, address, source, item, path));
    }
  }

  #operation(method: string, address: string, source: Json, item: Json, path: Path): Operation {
    const id = textOf(source['operationId']);
    if (id !== undefined) this.#checkId(id, path);
    const base = {
      anchor: anchorOf(id ?? `${method} ${address}`, this.#anchors),
      id,
      method: method.toUpperCase(),
      address,
      summary: textOf(source['summary']) ?? textOf(item['summary']),
      description: textOf(source['description']) ?? textOf(item['description']),
      isDeprecated: source['deprecated'] === true,
    };
    if (++this.#count > limits.operations) return { ...base, parameters: [], messages: [] };
    const all = this.#parameters(source, item);
    const sources = all.filter(({ in: place }) => place !== 'body' && place !== 'formData');
    const body = this.#body(source, all);
    return {
      ...base,
      parameters: sources.map((parameter) => this.#parameter(parameter)),
      messages: [...body.messages, ...this.#responses(source)],
      curl:
        path[0] === 'webhooks'
          ? undefined
          : curlOf({
              method: base.method,
              server: this.#server,
              address,
              parameters: sources.map(({ name, in: place, required }) => ({
                name: String(name),
                place: String(place),
                isRequired: required === true,
              })),
              body: body.sample,
              contentType: body.contentType,
            }),
    };
  }

  #checkId(id: string, path: Path): void {
    const before = this.#ids.get(id);
    if (!before) {
      this.#ids.set(id, path);
      return;
    }
    const { line } = this.#document.placeOf([...before, 'operationId']);
    this.#findings.push({
      code: 'apis/duplicate-operation',
      message: `The operationId \`${id}\` is already used in line ${line}, expected one of its own for every operation.`,
      hint: 'Rename one of the two.',
      ...this.#document.placeOf([...path, 'operationId']),
    });
  }

  /** Parameters of the operation, and those of its path it does not replace. */
  #parameters(source: Json, item: Json): Json[] {
    const byKey = new Map<string, Json>();
    for (const value of [...listOf(item['parameters']), ...listOf(source['parameters'])]) {
      const parameter = this.#refs.follow(value);
      if (isMap(parameter) && typeof parameter['name'] === 'string')
        byKey.set(`${String(parameter['in'])} ${parameter['name']}`, parameter);
    }
    return [...byKey.values()];
  }

  #parameter(source: Json): Field {
    const content = Object.values(mapOf(source['content']))[0];
    const schema = source['schema'] ?? mapOf(content)['schema'] ?? source;
    const place = textOf(source['in']);
    return {
      name: String(source['name']),
      type: this.#tree.typeOf(schema),
      place,
      isRequired: source['required'] === true || place === 'path',
      isDeprecated: source['deprecated'] === true,
      description: textOf(source['description']),
      facts: factsOf({ ...mapOf(this.#refs.follow(schema)), ...exampleOf(source) }),
      fields: [],
    };
  }

  #body(
    source: Json,
    parameters: readonly Json[],
  ): { messages: Message[]; sample?: unknown; contentType?: string } {
    const body = mapOf(this.#refs.follow(source['requestBody']));
    const content = Object.entries(mapOf(body['content']));
    const old = parameters.find(({ in: place }) => place === 'body');
    const form = parameters.filter(({ in: place }) => place === 'formData');
    const consumes = textOf(listOf(source['consumes'] ?? this.#root['consumes'])[0]);
    if (old) content.push([consumes ?? 'application/json', { schema: old['schema'] }]);
    const messages = content.map(([type, media]) =>
      this.#message(
        body['required'] === true || old?.['required'] === true
          ? 'Request body'
          : 'Request body, optional',
        type,
        textOf(body['description']) ?? textOf(old?.['description']),
        mapOf(media),
      ),
    );
    if (form.length > 0)
      messages.push({
        title: 'Request body',
        note: consumes ?? 'application/x-www-form-urlencoded',
        fields: form.map((parameter) => ({ ...this.#parameter(parameter), place: undefined })),
      });
    const first = content.find(([type]) => type.includes('json'));
    if (!first) return { messages };
    return { messages, sample: this.#example(mapOf(first[1])), contentType: first[0] };
  }

  #example(media: Json): unknown {
    const named = mapOf(this.#refs.follow(Object.values(mapOf(media['examples']))[0]));
    return media['example'] ?? named['value'] ?? this.#tree.sample(media['schema']);
  }

  #message(
    title: string,
    note: string | undefined,
    description: string | undefined,
    media: Json,
  ): Message {
    const named = mapOf(this.#refs.follow(Object.values(mapOf(media['examples']))[0]));
    return {
      title,
      note,
      description,
      type: media['schema'] === undefined ? undefined : this.#tree.typeOf(media['schema']),
      fields: this.#tree.fieldsOf(media['schema']),
      example: exampleText(media['example'] ?? named['value']),
    };
  }

  #responses(source: Json): Message[] {
    return Object.entries(mapOf(source['responses'])).flatMap(([status, value]) => {
      if (status.startsWith('x-')) return [];
      const response = mapOf(this.#refs.follow(value));
      const description = textOf(response['description']);
      const content = Object.entries(mapOf(response['content']));
      if (content.length === 0) {
        const media = {
          schema: response['schema'],
          example: Object.values(mapOf(response['examples']))[0],
        };
        return [this.#message(status, undefined, description, media)];
      }
      return content.map(([type, media]) => this.#message(status, type, description, mapOf(media)));
    });
  }

  schemas(): NamedSchema[] {
    const schemas: NamedSchema[] = [];
    for (const { ref, name, value } of namedSchemas(this.#root))
      schemas.push(this.#tree.named(name, this.#named.get(ref)!, value));
    return schemas;
  }

  leftOut(): string[] {
    return leftOutText(this.#tree, this.#count);
  }
}
