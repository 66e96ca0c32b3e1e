import { readAsyncapi } from './asyncapi.ts';
import type { Finding, Reading } from './definition.ts';
import { parseText, tooLarge } from './document.ts';
import { readGraphql } from './graphql.ts';
import { mapOf } from './json.ts';
import { limits } from './limits.ts';
import { readOpenapi } from './openapi.ts';
import { readProto } from './proto.ts';

const readers: Readonly<Record<string, (text: string) => Reading>> = {
  openapi: (text) => readDocument(text, 'openapi'),
  asyncapi: (text) => readDocument(text, 'asyncapi'),
  graphql: readGraphql,
  grpc: readProto,
};

/** Whether definitions of this type are read; others, such as `wsdl`, are shown as they are. */
export function isReadable(type: string): boolean {
  return Object.hasOwn(readers, type);
}

/** Reads a definition of one of Backstage's types. Never throws because of what it holds. */
export function readDefinition(type: string, text: string): Reading {
  const read = isReadable(type) ? readers[type] : undefined;
  if (!read) return { findings: [] };
  if (text.length > limits.characters) return { findings: [tooLarge()] };
  try {
    return read(text);
  } catch (error) {
    // The only thing left that text alone can do: nest until the stack is full.
    if (error instanceof RangeError) return { findings: [tooLarge()] };
    throw error;
  }
}

function readDocument(text: string, type: 'openapi' | 'asyncapi'): Reading {
  const document = parseText(text);
  if ('code' in document) return { findings: [document] };
  const root = mapOf(document.value);
  const isOpenapi = 'openapi' in root || 'swagger' in root;
  if (!isOpenapi && !('asyncapi' in root)) return { findings: [unknown(type)] };
  const reading = isOpenapi ? readOpenapi(document) : readAsyncapi(document);
  const actual = isOpenapi ? 'openapi' : 'asyncapi';
  if (actual === type) return reading;
  const wrong: Finding = {
    code: 'apis/wrong-type',
    message: `The entity says \`spec.type: ${type}\`, yet the definition is ${actual}, expected both to agree.`,
    hint: `Write \`type: ${actual}\`.`,
    line: 1,
  };
  return { ...reading, findings: [wrong, ...reading.findings] };
}

function unknown(type: string): Finding {
  const keys = type === 'openapi' ? '`openapi` or `swagger`' : '`asyncapi`';
  return {
    code: 'apis/unknown-format',
    message: `The definition has no ${keys} at its top, expected one with a version.`,
    hint: 'Add it, or correct `spec.type` of the entity.',
    line: 1,
  };
}
