import { matcherOf } from '../glob.ts';
import { insideWorkspace } from '../paths.ts';
import type { Action, JsonObject } from '../types.ts';
import { TemplateError } from '../types.ts';
import { decodeText } from '../workspace.ts';
import { flag, list, number, object, text } from './schemas.ts';

const entry = object({ name: text(), path: text(), fullPath: text() });

const remove: Action = {
  id: 'fs:delete',
  description: 'Deletes files and folders of the workspace.',
  input: object({ files: list(text(), 'Paths or globs') }, ['files']),
  supportsDryRun: true,
  run({ input, workspace, log }) {
    for (const pattern of input['files'] as string[]) {
      const safe = insideWorkspace(pattern);
      const matches = matcherOf([safe], (path) => workspace.isFolder(path));
      const paths = [...workspace.paths(), ...workspace.folders()].filter(matches);
      for (const path of paths) workspace.remove(path);
      if (workspace.isFolder(safe) && safe !== '') workspace.remove(safe);
      log(`Deleted ${paths.length} entries for ${pattern}`);
    }
  },
};

const rename: Action = {
  id: 'fs:rename',
  description: 'Moves files and folders within the workspace.',
  input: object(
    {
      files: list(
        object(
          { from: text(), to: text(), overwrite: flag('Replace what is there; false by default') },
          ['from', 'to'],
        ),
      ),
    },
    ['files'],
  ),
  supportsDryRun: true,
  run({ input, workspace, log }) {
    for (const file of input['files'] as JsonObject[]) {
      const [from, to] = [String(file['from']), String(file['to'])];
      if (!from || !to) throw new TemplateError('each of files needs from and to');
      if (!workspace.has(from)) {
        throw new TemplateError(`Cannot move ${from}: it does not exist in the workspace`);
      }
      if (insideWorkspace(from) === insideWorkspace(to)) continue;
      if (workspace.has(to)) {
        if (file['overwrite'] !== true) {
          throw new TemplateError(`Cannot move ${from} to ${to}: dest already exists.`);
        }
        workspace.remove(to);
      }
      workspace.move(from, to);
      log(`Moved ${from} to ${to}`);
    }
  },
};

const readFolder: Action = {
  id: 'fs:readdir',
  description: 'Lists files and folders of the workspace.',
  input: object(
    { paths: list({ type: 'string', minLength: 1 }), recursive: flag('Also what is deeper') },
    ['paths'],
  ),
  output: object({ files: list(entry), folders: list(entry) }),
  supportsDryRun: true,
  run({ input, workspace, output }) {
    const isRecursive = input['recursive'] === true;
    const listed = (input['paths'] as string[]).map((path) => {
      const folder = insideWorkspace(path);
      if (!workspace.isFolder(folder)) {
        throw new TemplateError(`The folder ${path} does not exist in the workspace`);
      }
      function isListed(inner: string) {
        return isRecursive || !inner.slice(folder === '' ? 0 : folder.length + 1).includes('/');
      }
      return {
        files: workspace.paths(folder).filter(isListed).map(entryOf),
        folders: workspace.folders(folder).filter(isListed).map(entryOf),
      };
    });
    output(
      'files',
      listed.flatMap(({ files }) => files),
    );
    output(
      'folders',
      listed.flatMap(({ folders }) => folders),
    );
  },
};

const log: Action = {
  id: 'debug:log',
  description: 'Writes a message, or what is in the workspace, into the log.',
  input: object({
    message: text(),
    listWorkspace: {
      anyOf: [{ type: 'boolean' }, { type: 'string', enum: ['with-filenames', 'with-contents'] }],
    },
  }),
  supportsDryRun: true,
  run({ input, workspace, log }) {
    if (typeof input['message'] === 'string') log(input['message']);
    if (!input['listWorkspace']) return;
    const withContents = input['listWorkspace'] === 'with-contents';
    const lines = workspace
      .paths()
      .map((path) =>
        withContents
          ? ` - ${path}:\n\n  ${decodeText(workspace.get(path)!.content)}`
          : `  - ${path}`,
      );
    log(`Workspace:\n${lines.join('\n')}`);
  },
};

const longestWait = 10 * 60_000;

const wait: Action = {
  id: 'debug:wait',
  description: 'Waits for a while, ten minutes at most.',
  input: object({ minutes: number(), seconds: number(), milliseconds: number() }),
  supportsDryRun: true,
  async run({ input, isDryRun, signal }) {
    const time =
      Number(input['minutes'] ?? 0) * 60_000 +
      Number(input['seconds'] ?? 0) * 1_000 +
      Number(input['milliseconds'] ?? 0);
    if (time > longestWait) {
      throw new TemplateError(
        `Cannot wait ${time / 1_000} seconds, expected at most ${longestWait / 1_000}`,
      );
    }
    if (!isDryRun) await pause(time, signal);
  },
};

/** Resolves after `milliseconds`, or at once when the run is given up. */
export async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

export const fileActions: readonly Action[] = [remove, rename, readFolder, log, wait];

function entryOf(path: string): JsonObject {
  return { name: path.slice(path.lastIndexOf('/') + 1), path, fullPath: path };
}
