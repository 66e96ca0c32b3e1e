import { limits } from './limits.ts';
import { ProtoError, tokensOf, type Token } from './proto-tokens.ts';

/** What a protobuf file says, names in full. */
export interface ProtoFile {
  syntax: string;
  package: string;
  services: ProtoService[];
  types: ProtoType[];
}

export interface ProtoService {
  name: string;
  comment?: string | undefined;
  procedures: ProtoProcedure[];
}

export interface ProtoProcedure {
  name: string;
  comment?: string | undefined;
  isDeprecated: boolean;
  takes: ProtoPayload;
  gives: ProtoPayload;
}

export interface ProtoPayload {
  type: string;
  isStream: boolean;
}

export interface ProtoType {
  name: string;
  kind: 'message' | 'enum';
  comment?: string | undefined;
  fields: ProtoField[];
}

export interface ProtoField {
  name: string;
  type: string;
  /** `repeated`, `optional`, `required` or `one of <name>`. */
  label?: string | undefined;
  number: string;
  comment?: string | undefined;
  isDeprecated: boolean;
}

/** Parses a protobuf file (proto2, proto3, editions). Throws a ProtoError with its place. */
export function parseProto(source: string): ProtoFile {
  const parser = new ProtoParser(tokensOf(source));
  return parser.file();
}

class ProtoParser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;
  readonly #file: ProtoFile = { syntax: 'proto2', package: '', services: [], types: [] };

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  file(): ProtoFile {
    while (this.#at < this.#tokens.length) {
      const token = this.#next();
      if (token.text === 'syntax' || token.text === 'edition') {
        this.#expect('=');
        this.#file.syntax = this.#next().text.slice(1, -1);
        this.#expect(';');
      } else if (token.text === 'package') {
        this.#file.package = this.#next().text;
        this.#expect(';');
      } else if (token.text === 'service') this.#service(token);
      else if (token.text === 'message' || token.text === 'enum')
        this.#type(token, token.text, this.#file.package);
      else if (['import', 'option', 'extend'].includes(token.text)) this.#skipStatement();
      else if (token.text !== ';')
        throw new ProtoError(
          `\`${token.text}\` stands where a message, enum or service was expected`,
          token,
        );
    }
    return this.#file;
  }

  #service({ comment }: Token): void {
    const service: ProtoService = {
      name: joined(this.#file.package, this.#name()),
      comment,
      procedures: [],
    };
    this.#file.services.push(service);
    this.#expect('{');
    for (let token = this.#next(); token.text !== '}'; token = this.#next()) {
      if (token.text === 'rpc') service.procedures.push(this.#procedure(token));
      else if (token.text !== ';') this.#skipStatement();
    }
  }

  #procedure({ comment }: Token): ProtoProcedure {
    const name = this.#name();
    const takes = this.#payload();
    this.#expect('returns');
    const gives = this.#payload();
    const from = this.#at;
    this.#skipStatement();
    return { name, comment, takes, gives, isDeprecated: this.#saysDeprecated(from) };
  }

  #payload(): ProtoPayload {
    this.#expect('(');
    let type = this.#next().text;
    const isStream = type === 'stream' && this.#peek() !== ')';
    if (isStream) type = this.#next().text;
    this.#expect(')');
    return { type, isStream };
  }

  #type({ comment }: Token, kind: 'message' | 'enum', scope: string): void {
    const type: ProtoType = { name: joined(scope, this.#name()), kind, comment, fields: [] };
    this.#file.types.push(type);
    this.#expect('{');
    this.#body(type, undefined);
  }

  /** Fields up to the closing brace; those of a oneof say so. */
  #body(type: ProtoType, oneOf: string | undefined): void {
    if (++this.#depth > limits.depth)
      throw new ProtoError(`it nests deeper than ${limits.depth} levels`, this.#tokens[this.#at]!);
    for (let token = this.#next(); token.text !== '}'; token = this.#next()) {
      const { text } = token;
      const isField = this.#peek() === '=' || this.#peek(1) === '=' || this.#peek(2) === '=';
      if (text === ';') continue;
      if (type.kind === 'enum' && this.#peek() === '=') this.#field(token, type, oneOf);
      else if ((text === 'message' || text === 'enum') && this.#peek(1) === '{')
        this.#type(token, text, type.name);
      else if (text === 'oneof' && this.#peek(1) === '{') {
        const name = this.#name();
        this.#expect('{');
        this.#body(type, `one of ${name}`);
      } else if (['reserved', 'extensions', 'extend'].includes(text) && !this.#isPlainField(text))
        this.#skipStatement();
      else if (text === 'option' && !this.#isPlainField(text)) this.#skipStatement();
      else if (isField || text === 'map' || isLabel(text)) this.#field(token, type, oneOf);
      else throw new ProtoError(`\`${text}\` stands where a field was expected`, token);
    }
    this.#depth--;
  }

  /** Whether a word that usually starts a statement is the type of a field here: `option x = 1` is not. */
  #isPlainField(text: string): boolean {
    return text !== 'option' && this.#peek(1) === '=';
  }

  #field(first: Token, type: ProtoType, oneOf: string | undefined): void {
    let token = first;
    let label = oneOf;
    if (type.kind === 'enum') {
      this.#at--;
    } else {
      if (isLabel(token.text) && this.#peek(1) !== '=') {
        label = token.text;
        token = this.#next();
      }
      if (token.text === 'group') {
        this.#skipStatement();
        return;
      }
    }
    const words = type.kind === 'enum' ? 'value' : token.text + this.#mapArguments(token.text);
    const name = this.#name();
    this.#expect('=');
    const sign = this.#peek() === '-' ? this.#next().text : '';
    const number = sign + this.#next().text;
    const from = this.#at;
    this.#skipStatement();
    type.fields.push({
      name,
      type: words,
      label,
      number,
      comment: first.comment,
      isDeprecated: this.#saysDeprecated(from),
    });
  }

  #mapArguments(text: string): string {
    if (text !== 'map' || this.#peek() !== '<') return '';
    let words = '';
    while (this.#peek() !== '>') words += this.#next().text.replace(',', ', ');
    return words + this.#next().text;
  }

  #saysDeprecated(from: number): boolean {
    const texts = this.#tokens.slice(from, this.#at).map(({ text }) => text);
    return texts.some(
      (text, index) =>
        text === 'deprecated' && texts[index + 1] === '=' && texts[index + 2] === 'true',
    );
  }

  /** Up to the `;` or closing brace that ends it. */
  #skipStatement(): void {
    let open = 0;
    for (;;) {
      const { text } = this.#next();
      if (text === '{' || text === '[' || text === '(') open++;
      if (text === '}' || text === ']' || text === ')') open--;
      if (open === 0 && (text === ';' || text === '}')) return;
    }
  }

  #name(): string {
    const token = this.#next();
    if (!/^[\w.]+$/.test(token.text))
      throw new ProtoError(`\`${token.text}\` stands where a name was expected`, token);
    return token.text;
  }

  #expect(text: string): void {
    const token = this.#next();
    if (token.text !== text)
      throw new ProtoError(`\`${token.text}\` stands where \`${text}\` was expected`, token);
  }

  #peek(ahead = 0): string | undefined {
    return this.#tokens[this.#at + ahead]?.text;
  }

  #next(): Token {
    const token = this.#tokens[this.#at++];
    if (token) return token;
    throw new ProtoError(
      'it ends in the middle of something',
      this.#tokens.at(-1) ?? { line: 1, column: 1 },
    );
  }
}

function isLabel(text: string): boolean {
  return text === 'repeated' || text === 'optional' || text === 'required';
}

function joined(scope: string, name: string): string {
  return scope === '' ? name : `${scope}.${name}`;
}
