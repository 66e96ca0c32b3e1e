/** An API as its page shows it, whatever format it was written in. */
export interface Definition {
  /** As people say it, e.g. `OpenAPI 3.1.0`. */
  format: string;
  title?: string | undefined;
  version?: string | undefined;
  description?: string | undefined;
  servers: Server[];
  groups: Group[];
  schemas: NamedSchema[];
  /** What is not shown, as sentences. */
  leftOut: string[];
}

export interface Server {
  address: string;
  description?: string | undefined;
}

export interface Group {
  title: string;
  description?: string | undefined;
  operations: Operation[];
}

/** Something one can call, send or listen to. */
export interface Operation {
  /** Id of its place on the page. */
  anchor: string;
  /** Its operationId or full name, where it has one. */
  id?: string | undefined;
  /** Verb: an HTTP method, `send`, `query`, `rpc` and the like. */
  method: string;
  /** Path, channel, field or procedure. */
  address: string;
  summary?: string | undefined;
  description?: string | undefined;
  isDeprecated: boolean;
  parameters: Field[];
  messages: Message[];
  /** A command line that calls it. */
  curl?: string | undefined;
}

/** A body, a response or an event. */
export interface Message {
  /** E.g. `Request body`, `200`, `Order placed`. */
  title: string;
  /** E.g. a content type. */
  note?: string | undefined;
  description?: string | undefined;
  type?: TypeText | undefined;
  fields: Field[];
  example?: string | undefined;
}

/** A type in words, and the named schema it leads to. */
export interface TypeText {
  text: string;
  schema?: string | undefined;
}

export interface Field {
  name: string;
  type: TypeText;
  /** Where a parameter goes: path, query, header, cookie. */
  place?: string | undefined;
  isRequired: boolean;
  isDeprecated: boolean;
  description?: string | undefined;
  /** Bounds, defaults and allowed values, each in a few words. */
  facts: string[];
  fields: Field[];
}

export interface NamedSchema {
  name: string;
  anchor: string;
  type: TypeText;
  description?: string | undefined;
  fields: Field[];
}

/** Something wrong in a definition. */
export interface Finding {
  code: string;
  message: string;
  hint: string;
  /** From 1, inside the definition. */
  line?: number | undefined;
  column?: number | undefined;
}

/** A definition as far as it could be read, and what is wrong with it. */
export interface Reading {
  definition?: Definition;
  findings: Finding[];
}

/** Ids of places on a page: readable, unique among those asked for with the same `taken`. */
export function anchorOf(text: string, taken: Set<string>): string {
  const base =
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 100) || 'operation';
  let anchor = base;
  for (let count = 2; taken.has(anchor); count++) anchor = `${base}-${count}`;
  taken.add(anchor);
  return anchor;
}

/** Number of operations in all groups. */
export function countOperations({ groups }: Definition): number {
  return groups.reduce((sum, { operations }) => sum + operations.length, 0);
}
