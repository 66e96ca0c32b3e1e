import { matcherOf } from '../glob.ts';
import { insideWorkspace } from '../paths.ts';
import type { Action, JsonObject } from '../types.ts';
import { TemplateError } from '../types.ts';
import { linkMode } from '../workspace.ts';
import { parseYaml, parseYamlDocuments } from '../yaml.ts';
import { zipOf } from '../zip.ts';
import { pause } from './files.ts';
import { flag, list, number, object, text } from './schemas.ts';

const path = text('Path within the workspace');
const written = object({ path: text() });
const longestSleep = 600;

const write: Action = {
  id: 'roadiehq:utils:fs:write',
  description: 'Writes a file.',
  input: object({ path, content: text(), preserveFormatting: flag('Lay out JSON content again') }, [
    'path',
    'content',
  ]),
  output: written,
  supportsDryRun: true,
  run({ input, workspace, output }) {
    const target = insideWorkspace(String(input['path']));
    const content = String(input['content']);
    workspace.write(target, input['preserveFormatting'] === true ? laidOut(content) : content);
    output('path', target);
  },
};

const append: Action = {
  id: 'roadiehq:utils:fs:append',
  description: 'Adds text to the end of a file, which is made when it is not there.',
  input: object({ path, content: text() }, ['path', 'content']),
  output: written,
  supportsDryRun: true,
  run({ input, workspace, output }) {
    const target = insideWorkspace(String(input['path']));
    const before = workspace.has(target) ? workspace.text(target) : '';
    workspace.write(target, before + String(input['content']));
    output('path', target);
  },
};

const parse: Action = {
  id: 'roadiehq:utils:fs:parse',
  description: 'Reads a file, as text, JSON or YAML.',
  input: object({ path, parser: { type: 'string', enum: ['yaml', 'json', 'multiyaml'] } }, [
    'path',
  ]),
  output: object({ content: { type: ['string', 'object'] } }),
  supportsDryRun: true,
  run({ input, workspace, output }) {
    const content = workspace.text(String(input['path']));
    switch (input['parser']) {
      case 'yaml':
        return output('content', parseYaml(content));
      case 'json':
        return output('content', JSON.parse(content));
      case 'multiyaml':
        return output('content', parseYamlDocuments(content));
      default:
        return output('content', content);
    }
  },
};

const replace: Action = {
  id: 'roadiehq:utils:fs:replace',
  description: 'Replaces text in files.',
  input: object(
    {
      files: list(
        object({
          file: text('Path or glob'),
          find: text(),
          matchRegex: flag('Read find as a regular expression'),
          replaceWith: text(),
          includeDotFiles: flag(),
        }),
      ),
    },
    ['files'],
  ),
  supportsDryRun: true,
  run({ input, workspace }) {
    for (const { file, find, replaceWith, matchRegex, includeDotFiles } of input[
      'files'
    ] as JsonObject[]) {
      if (!file || !find || !replaceWith) {
        throw new TemplateError('each of files needs file, find and replaceWith');
      }
      const glob = insideWorkspace(String(file));
      const matches = matcherOf([glob], () => false, { dot: includeDotFiles === true });
      const pattern = matchRegex === true ? new RegExp(String(find), 'g') : String(find);
      for (const found of workspace.paths().filter(matches)) {
        if (workspace.get(found)!.mode === linkMode) continue;
        workspace.write(found, workspace.text(found).replaceAll(pattern, String(replaceWith)));
      }
    }
  },
};

const zip: Action = {
  id: 'roadiehq:utils:zip',
  description: 'Packs a file or folder into a ZIP archive.',
  input: object({ path, outputPath: text('Path of the archive') }, ['path', 'outputPath']),
  output: object({ outputPath: text() }),
  supportsDryRun: true,
  run({ input, workspace, output }) {
    const source = insideWorkspace(String(input['path']));
    if (!workspace.has(source)) {
      throw new TemplateError(`File ${String(input['path'])} does not exist. Can't zip it.`);
    }
    const paths = workspace.isFolder(source) ? workspace.paths(source) : [source];
    const cut = workspace.isFolder(source) && source !== '' ? source.length + 1 : 0;
    const files = paths.map((inner) => ({
      path: workspace.isFolder(source) ? inner.slice(cut) : inner.slice(inner.lastIndexOf('/') + 1),
      ...workspace.get(inner)!,
    }));
    workspace.write(String(input['outputPath']), zipOf(files));
    output('outputPath', String(input['outputPath']));
  },
};

const sleep: Action = {
  id: 'roadiehq:utils:sleep',
  description: 'Waits for some seconds.',
  input: object({ amount: number('Seconds, ten minutes at most') }, ['amount']),
  supportsDryRun: true,
  async run({ input, isDryRun, signal }) {
    const seconds = Number(input['amount']);
    if (seconds > longestSleep) {
      throw new TemplateError(`Cannot sleep ${seconds} seconds, expected at most ${longestSleep}`);
    }
    if (!isDryRun) await pause(seconds * 1_000, signal);
  },
};

export const roadieFileActions: readonly Action[] = [write, append, parse, replace, zip, sleep];

function laidOut(content: string): string {
  try {
    return JSON.stringify(JSON.parse(content), null, 2);
  } catch {
    return content;
  }
}
