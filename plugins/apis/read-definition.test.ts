import { expect, test } from 'vitest';
import { countOperations, type Operation } from './definition.ts';
import { limits } from './limits.ts';
import { readDefinition } from './read-definition.ts';

function openapi(rest: string): string {
  return `openapi: 3.1.0\ninfo: { title: T, version: '1' }\n${rest}`;
}

function operations(type: string, text: string): Operation[] {
  return readDefinition(type, text).definition!.groups.flatMap((group) => group.operations);
}

const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;

test.each([
  [
    'openapi',
    'a: [1',
    'apis/syntax 1: The definition is not valid YAML or JSON: Flow sequence in block collection must be sufficiently indented and end with a ].',
  ],
  [
    'openapi',
    'title: x',
    'apis/unknown-format 1: The definition has no `openapi` or `swagger` at its top, expected one with a version.',
  ],
  [
    'asyncapi',
    'hello',
    'apis/unknown-format 1: The definition has no `asyncapi` at its top, expected one with a version.',
  ],
  [
    'openapi',
    'openapi: 4.0.0\ninfo: { title: T, version: 1 }',
    'apis/unknown-format 1: OpenAPI `4.0.0` is not known, expected 2.0, 3.0 or 3.1.',
  ],
  [
    'openapi',
    'openapi: 3.0.0\ninfo:\n  title: T',
    'apis/invalid 3: `info.version` is missing, expected text.',
  ],
  [
    'asyncapi',
    openapi(''),
    'apis/wrong-type 1: The entity says `spec.type: asyncapi`, yet the definition is openapi, expected both to agree.',
  ],
  [
    'openapi',
    openapi('paths:\n  /a:\n    get: 7'),
    'apis/invalid 5: `paths./a.get` is not a map, expected the description of an operation.',
  ],
  [
    'openapi',
    openapi('paths:\n  /a:\n    get: { operationId: x }\n  /b:\n    get:\n      operationId: x'),
    'apis/duplicate-operation 8: The operationId `x` is already used in line 5, expected one of its own for every operation.',
  ],
  [
    'openapi',
    openapi("components:\n  schemas:\n    A:\n      $ref: '#/components/schemas/B'"),
    'apis/unresolved-ref 6: The reference `#/components/schemas/B` leads nowhere, expected something of that name in the definition.',
  ],
  [
    'openapi',
    openapi('components:\n  schemas:\n    A: { $ref: ./b.yaml }'),
    'apis/remote-ref 5: The reference `./b.yaml` leads out of the definition, expected one that starts with `#/`.',
  ],
  [
    'openapi',
    '{"openapi":"3.0.0",\n"info":{"title":"T"}}',
    'apis/invalid 2: `info.version` is missing, expected text.',
  ],
  [
    'openapi',
    deep,
    'apis/too-large undefined: The definition is larger than a page can show, expected at most 5 MiB, 1,500,000 values and 200 levels.',
  ],
  [
    'openapi',
    openapi('paths:\n  /a: {}\n  /a: {}'),
    'apis/syntax 5: The key `/a` occurs twice in one map, expected once.',
  ],
  [
    'graphql',
    'type Query {\n  a(: Int\n}',
    'apis/syntax 2: The definition is not a GraphQL schema: Syntax Error: Expected Name, found ":".',
  ],
  [
    'graphql',
    'type Query {\n  a: Nope\n}',
    'apis/unresolved-ref 2: The type `Nope` is not defined, expected a definition of it in the schema.',
  ],
  [
    'grpc',
    'syntax = "proto3";\nmessage A {\n  string = 1;\n}',
    'apis/syntax 3: The definition is not a protobuf file: `=` stands where a name was expected.',
  ],
  [
    'grpc',
    'service A {',
    'apis/syntax 1: The definition is not a protobuf file: it ends in the middle of something.',
  ],
  [
    'grpc',
    'hello world',
    'apis/syntax 1: The definition is not a protobuf file: `hello` stands where a message, enum or service was expected.',
  ],
])('%s: %s', (type, text, expected) => {
  const { findings } = readDefinition(type, text);

  expect(findings.map(({ code, line, message }) => `${code} ${line}: ${message}`)).toEqual([
    expected,
  ]);
});

test('aliases that multiply are refused', () => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 10; level++) {
    const alias = `*a${level - 1}`;
    lines.push(`a${level}: &a${level} [${Array.from({ length: 10 }, () => alias).join(', ')}]`);
  }

  expect(readDefinition('openapi', lines.join('\n')).findings[0]?.code).toBe('apis/too-large');
  expect(
    readDefinition('openapi', ' '.repeat(limits.characters + 1)).findings.map(({ code }) => code),
  ).toEqual(['apis/too-large']);
});

test('an operation with its parameters, body, responses and command line', () => {
  const [operation] = operations(
    'openapi',
    openapi(`servers: [{ url: https://shop.example/v1/ }]
paths:
  /orders/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
    post:
      operationId: pay
      parameters:
        - { name: dry, in: query, required: true, schema: { type: boolean, default: false } }
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [amount]
              properties:
                amount: { type: integer, minimum: 1 }
                note: { type: string, example: it's }
      responses:
        '200':
          description: Paid
          content:
            application/json: { schema: { $ref: '#/components/schemas/Order' } }
components:
  schemas:
    Order:
      type: object
      properties:
        id: { type: string }
        parent: { $ref: '#/components/schemas/Order' }`),
  );

  expect(operation).toMatchObject({ anchor: 'pay', method: 'POST', address: '/orders/{id}' });
  expect(
    operation?.parameters.map(({ name, place, facts }) => [name, place, ...facts].join(' ')),
  ).toEqual(['id path', 'dry query default `false`']);
  expect(operation?.messages.map(({ title, type }) => `${title} ${type?.text}`)).toEqual([
    'Request body, optional object',
    '200 Order',
  ]);
  expect(operation?.messages[0]?.fields[0]).toMatchObject({ name: 'amount', isRequired: true });
  expect(operation?.messages[1]?.fields[1]).toMatchObject({
    type: { text: 'Order', schema: 'schema-order' },
    fields: [],
  });
  expect(operation?.curl).toBe(
    `curl -X POST 'https://shop.example/v1/orders/{id}?dry={dry}' \\\n  -H 'Content-Type: application/json' \\\n  -d '{"amount":1,"note":"it'\\''s"}'`,
  );
});

test('schemas that go in circles through lists and combinations end', () => {
  const { definition, findings } = readDefinition(
    'openapi',
    openapi(`components:
  schemas:
    A: { allOf: [{ $ref: '#/components/schemas/B' }, { properties: { x: { type: string } } }] }
    B: { oneOf: [{ $ref: '#/components/schemas/A' }], items: { $ref: '#/components/schemas/B' } }
    C: { $ref: '#/components/schemas/C' }`),
  );

  expect(findings).toEqual([]);
  expect(definition?.schemas.map(({ name }) => name)).toEqual(['A', 'B', 'C']);
});

test('Swagger 2 bodies, forms and hosts are read as their successors', () => {
  const [operation] = operations(
    'openapi',
    `swagger: '2.0'
info: { title: T, version: '1' }
host: shop.example
basePath: /v2
schemes: [http]
paths:
  /a:
    put:
      consumes: [application/json]
      parameters: [{ name: body, in: body, required: true, schema: { type: object, properties: { a: { type: string } } } }]
      responses: { 200: { description: ok, schema: { type: array, items: { type: string } } } }`,
  );

  expect(operation?.messages.map(({ title, type }) => `${title}: ${type?.text}`)).toEqual([
    'Request body: object',
    '200: string[]',
  ]);
  expect(operation?.curl).toContain("'http://shop.example/v2/a'");
});

test('AsyncAPI 2 and 3 name the same channel, direction and message', () => {
  const two = operations(
    'asyncapi',
    `asyncapi: 2.6.0\ninfo: { title: T, version: '1' }\nchannels: { orders: { subscribe: { operationId: on, message: { name: Placed, payload: { type: object, properties: { id: { type: string } } } } } } }`,
  );
  const three = operations(
    'asyncapi',
    `asyncapi: 3.0.0\ninfo: { title: T, version: '1' }\nchannels: { o: { address: orders, messages: { Placed: { name: Placed, payload: { type: object, properties: { id: { type: string } } } } } } }\noperations: { on: { action: receive, channel: { $ref: '#/channels/o' } } }`,
  );

  for (const [operation] of [two, three]) {
    expect(operation).toMatchObject({ id: 'on', address: 'orders' });
    expect(operation?.messages[0]).toMatchObject({ title: 'Placed', fields: [{ name: 'id' }] });
  }
});

test('GraphQL fields of the roots are operations, extensions included', () => {
  const text = `type Query { a(n: Int! = 3): [A!]! }\nextend type Query { b: A @deprecated }\n"An A" type A { id: ID! }\nenum E { X }`;
  const { definition } = readDefinition('graphql', text);
  const [first, second] = definition!.groups[0]!.operations;

  expect(first?.parameters[0]).toMatchObject({ name: 'n', facts: ['default `3`'] });
  expect(first?.messages[0]?.type).toEqual({ text: '[A!]!', schema: 'schema-a' });
  expect(second?.isDeprecated).toBe(true);
  expect(definition?.schemas.map(({ name, type }) => `${type.text} ${name}`)).toEqual([
    'type A',
    'enum E',
  ]);
});

test('protobuf services, nested types, maps, oneofs and comments', () => {
  const { definition, findings } = readDefinition(
    'grpc',
    `syntax = "proto3"; package a.v1; import "x.proto";
// Sells.
service Shop {
  // Buys.
  rpc Buy(stream Order) returns (.a.v1.Order) { option deprecated = true; }
}
message Order {
  reserved 2, 4 to 6;
  message Line { int32 count = 1 [deprecated = true]; }
  repeated Line lines = 1; // not of the next
  map<string, Line> by_name = 3;
  oneof what { string option = 7; Kind kind = 8; }
}
enum Kind { option allow_alias = true; NONE = 0; LOW = -1; }`,
  );

  expect(findings).toEqual([]);
  expect(definition?.groups[0]).toMatchObject({ title: 'a.v1.Shop', description: 'Sells.' });
  expect(definition?.groups[0]?.operations[0]).toMatchObject({
    id: 'a.v1.Shop/Buy',
    description: 'Buys.',
    isDeprecated: true,
    messages: [{ note: 'a stream', type: { schema: 'schema-a-v1-order' } }, { title: 'Returns' }],
  });
  const order = definition?.schemas.find(({ name }) => name === 'a.v1.Order');
  expect(order?.fields.map(({ name, facts }) => `${name}: ${facts.join(', ')}`)).toEqual([
    'lines: repeated, no. 1',
    'by_name: no. 3',
    'option: one of what, no. 7',
    'kind: one of what, no. 8',
  ]);
  expect(order?.fields[1]).toMatchObject({
    description: undefined,
    type: { schema: 'schema-a-v1-order-line' },
  });
});

test('a page says what it left out', () => {
  const properties = Array.from(
    { length: limits.fields + 1 },
    (_, index) => `f${index}: { type: string }`,
  );
  const { definition } = readDefinition(
    'openapi',
    openapi(`components: { schemas: { A: { properties: { ${properties.join(', ')} } } } }`),
  );

  expect(definition?.schemas[0]?.fields).toHaveLength(limits.fields);
  expect(definition?.leftOut).toEqual([
    'Only the first 5,000 fields are shown; the definition has more.',
  ]);
  expect(countOperations(definition!)).toBe(0);
});
