import { stringify } from 'yaml';

import { mergeInto, mergeIntoDocument } from '../merge.ts';
import { insideWorkspace } from '../paths.ts';
import type { Action, ActionContext, Json, JsonObject } from '../types.ts';
import { TemplateError } from '../types.ts';
import { parseYaml, parseYamlDocuments, yamlDocuments } from '../yaml.ts';
import { flag, list, object, record, text } from './schemas.ts';

const path = text('Path within the workspace');
const written = object({ path: text() });
const content = {
  type: ['string', 'object'],
  description: 'What is merged: an object, or its text',
};
const mergeArrays = flag('Join lists instead of replacing them');
const yamlOptions = record('Options of yaml.stringify');
const serialized = object({ serialized: text() });

const mergeJson: Action = {
  id: 'roadiehq:utils:json:merge',
  description: 'Merges data into a JSON file, which is made when it is not there.',
  input: object({ path, content, mergeArrays, matchFileIndent: flag('Keep its indentation') }, [
    'path',
    'content',
  ]),
  output: written,
  supportsDryRun: true,
  run({ input, workspace, output }) {
    const target = insideWorkspace(String(input['path']));
    const before = workspace.has(target) ? workspace.text(target) : '{}';
    const indent =
      input['matchFileIndent'] === true ? (/^( +)\S/m.exec(before)?.[1]?.length ?? 2) : 2;
    const merged = mergeInto(
      JSON.parse(before) as JsonObject,
      parsedJson(input['content']),
      input['mergeArrays'] === true,
    );
    workspace.write(target, JSON.stringify(merged, null, indent));
    output('path', target);
  },
};

const merge: Action = {
  id: 'roadiehq:utils:merge',
  description: 'Merges data into a JSON or YAML file.',
  input: object(
    {
      path,
      content,
      mergeArrays,
      preserveYamlComments: flag('Keep comments of YAML files'),
      useDocumentIncludingField: object({ key: text(), value: text() }, ['key', 'value']),
      options: yamlOptions,
    },
    ['path', 'content'],
  ),
  output: written,
  supportsDryRun: true,
  run(context) {
    const { input, workspace, output } = context;
    const target = insideWorkspace(String(input['path']));
    if (!workspace.has(target)) throw new TemplateError(`The file ${target} does not exist.`);
    const before = workspace.text(target);
    if (target.endsWith('.json')) {
      const merged = mergeInto(
        parseYaml(before) as JsonObject,
        parsedJson(input['content']),
        input['mergeArrays'] === true,
      );
      workspace.write(target, JSON.stringify(merged, null, 2));
    } else if (/\.ya?ml$/.test(target)) {
      workspace.write(target, mergedYaml(context, before));
    } else return;
    output('path', target);
  },
};

const serializeJson: Action = {
  id: 'roadiehq:utils:serialize:json',
  description: 'Turns data into JSON text.',
  input: object({ data: {}, replacer: list(text()), space: text() }, ['data']),
  output: serialized,
  supportsDryRun: true,
  run({ input, output }) {
    const replacer = input['replacer'] as string[] | undefined;
    output(
      'serialized',
      JSON.stringify(input['data'], replacer?.length ? replacer : null, input['space'] as string),
    );
  },
};

const serializeYaml: Action = {
  id: 'roadiehq:utils:serialize:yaml',
  description: 'Turns data into YAML text.',
  input: object({ data: {}, replacer: list(text()), options: yamlOptions }, ['data']),
  output: serialized,
  supportsDryRun: true,
  run({ input, output }) {
    output('serialized', stringify(input['data'], input['options'] as object | undefined));
  },
};

const expression = text('JSONata expression');
const as = { type: 'string', enum: ['string', 'object'] };

const evaluateData: Action = {
  id: 'roadiehq:utils:jsonata',
  description: 'Evaluates a JSONata expression on data.',
  input: object({ data: {}, expression }, ['data', 'expression']),
  output: object({ result: record() }),
  supportsDryRun: true,
  async run({ input, output }) {
    output('result', await evaluate(input['expression']!, input['data']!));
  },
};

const evaluateJson: Action = {
  id: 'roadiehq:utils:jsonata:json:transform',
  description: 'Evaluates a JSONata expression on a JSON file.',
  input: object({ path, expression, replacer: list(text()), space: text(), as }, [
    'path',
    'expression',
  ]),
  output: object({ result: { type: ['string', 'object'] } }),
  supportsDryRun: true,
  async run({ input, workspace, output }) {
    const data = JSON.parse(workspace.text(String(input['path']))) as Json;
    const result = await evaluate(input['expression']!, data);
    if (input['as'] === 'object') return output('result', result);
    output(
      'result',
      JSON.stringify(result, input['replacer'] as string[] | undefined, input['space'] as string),
    );
  },
};

const evaluateYaml: Action = {
  id: 'roadiehq:utils:jsonata:yaml:transform',
  description: 'Evaluates a JSONata expression on a YAML file.',
  input: object(
    { path, expression, options: yamlOptions, loadAll: flag('Read all documents'), as },
    ['path', 'expression'],
  ),
  output: object({ result: { type: ['string', 'object'] } }),
  supportsDryRun: true,
  async run({ input, workspace, output }) {
    const source = workspace.text(String(input['path']));
    const data = input['loadAll'] === true ? parseYamlDocuments(source) : parseYaml(source);
    const result = await evaluate(input['expression']!, data);
    output(
      'result',
      input['as'] === 'object' ? result : stringify(result, input['options'] as object | undefined),
    );
  },
};

export const roadieDataActions: readonly Action[] = [
  mergeJson,
  merge,
  serializeJson,
  serializeYaml,
  evaluateData,
  evaluateJson,
  evaluateYaml,
];

function parsedJson(value: Json | undefined): JsonObject {
  return (typeof value === 'string' ? JSON.parse(value) : value) as JsonObject;
}

function mergedYaml({ input }: ActionContext, before: string): string {
  const added = (
    typeof input['content'] === 'string' ? parseYaml(input['content']) : input['content']
  ) as JsonObject;
  const joins = input['mergeArrays'] === true;
  const options = input['options'] as object | undefined;
  const documents = yamlDocuments(before);
  if (documents.length === 0) throw new TemplateError('No document found, expected a YAML file');
  const field = input['useDocumentIncludingField'] as { key: string; value: string } | undefined;
  if (documents.length > 1 && !field) {
    throw new TemplateError(
      'Multiple documents found, expected useDocumentIncludingField to say which one',
    );
  }
  return documents
    .map((document) => {
      const isMeant =
        documents.length === 1 || String(document.getIn(field!.key.split('.'))) === field!.value;
      if (input['preserveYamlComments'] === true) {
        if (isMeant) mergeIntoDocument(document, added, joins);
        return document.toString(options);
      }
      const data = document.toJSON() as JsonObject;
      return stringify(isMeant ? mergeInto(data, added, joins) : data, options);
    })
    .join('---\n');
}

/** JSONata is large and rare: it is loaded by the templates that use it. */
async function evaluate(source: Json, data: Json): Promise<Json> {
  const { default: jsonata } = await import('jsonata');
  try {
    const result: unknown = await jsonata(String(source)).evaluate(data);
    return JSON.parse(JSON.stringify(result ?? null)) as Json;
  } catch (error) {
    throw new TemplateError(`The JSONata expression failed: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
