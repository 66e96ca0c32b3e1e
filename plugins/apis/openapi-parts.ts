import type { Definition, Finding, Server } from './definition.ts';
import type { ParsedDocument, Path } from './document.ts';
import { listOf, mapOf, textOf, type Json } from './json.ts';
import { limits } from './limits.ts';
import type { SchemaTree } from './schema-tree.ts';

/** What a page that reached its limits says. */
export function leftOutText(tree: SchemaTree, operations: number): string[] {
  const sentences: string[] = [];
  if (operations > limits.operations)
    sentences.push(
      `Only the first ${limits.operations.toLocaleString('en')} of ${operations.toLocaleString('en')} operations are shown with what they take and give.`,
    );
  if (tree.isFull)
    sentences.push(
      `Only the first ${limits.fields.toLocaleString('en')} fields are shown; the definition has more.`,
    );
  return sentences;
}

/** The example of a parameter, as a schema has it. */
export function exampleOf(source: Json): Json {
  return source['example'] === undefined ? {} : { example: source['example'] };
}

/** Schemas the page shows on their own, with the references that lead to them. */
export function* namedSchemas(
  root: Json,
): Generator<{ ref: string; name: string; value: unknown }> {
  const groups = [
    ['#/components/schemas', mapOf(root['components'])['schemas']],
    ['#/definitions', root['definitions']],
  ] as const;
  for (const [prefix, schemas] of groups)
    for (const [name, value] of Object.entries(mapOf(schemas)))
      yield { ref: `${prefix}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, name, value };
}

/** Title, version and description of a definition. */
export function infoOf(root: Json): Pick<Definition, 'title' | 'version' | 'description'> {
  const info = mapOf(root['info']);
  return {
    title: textOf(info['title']),
    version: textOf(info['version']),
    description: textOf(info['description']),
  };
}

/** Where an API is served, in the words of OpenAPI 3 or 2. */
export function serversOf(root: Json): Server[] {
  const servers = listOf(root['servers']).flatMap((value) => {
    const server = mapOf(value);
    const address = textOf(server['url']);
    return address === undefined ? [] : [{ address, description: textOf(server['description']) }];
  });
  const host = textOf(root['host']);
  if (servers.length > 0 || host === undefined) return servers;
  const scheme = textOf(listOf(root['schemes'])[0]) ?? 'https';
  return [{ address: `${scheme}://${host}${textOf(root['basePath']) ?? ''}` }];
}

/** Says when a version is none we know. */
export function* checkVersion(version: string, document: ParsedDocument): Generator<Finding> {
  if (/^(2\.0|3\.[01](\.\d+)?(-\S+)?)$/.test(version)) return;
  const key = 'openapi' in mapOf(document.value) ? 'openapi' : 'swagger';
  yield {
    code: 'apis/unknown-format',
    message: `OpenAPI \`${version}\` is not known, expected 2.0, 3.0 or 3.1.`,
    hint: 'Correct the version. What can be read of it is shown.',
    ...document.placeOf([key]),
  };
}

/** Says what every definition of this family must have and this one has not. */
export function* checkInfo(document: ParsedDocument): Generator<Finding> {
  const info = mapOf(mapOf(document.value)['info']);
  for (const key of ['title', 'version']) {
    if (textOf(info[key]) !== undefined) continue;
    yield {
      code: 'apis/invalid',
      message: `\`info.${key}\` is missing, expected text.`,
      hint: `Add \`info.${key}\`.`,
      ...document.placeOf(['info', key]),
    };
  }
}

/** Says that a part which must be a map is none. */
export function wrongShape(path: Path, document: ParsedDocument): Finding {
  return {
    code: 'apis/invalid',
    message: `\`${path.join('.')}\` is not a map, expected the description of an operation.`,
    hint: 'Correct it, or take it out. Everything else is shown.',
    ...document.placeOf(path),
  };
}
