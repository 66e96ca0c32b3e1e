import { insideWorkspace, joinPath } from '../paths.ts';
import type { Action, ActionContext, SkeletonFile } from '../types.ts';
import { TemplateError } from '../types.ts';
import { linkMode } from '../workspace.ts';
import { flag, list, object, record, text } from './schemas.ts';
import { renderFiles } from './render-files.ts';

const url = text(
  'Folder or file of the skeleton: a path relative to the template, or an absolute address',
);
const targetPath = text('Path within the workspace; its root by default');
const token = text('Token for reading a private skeleton');
const rendering = {
  values: record('Values the skeleton reads as values.…'),
  cookiecutterCompat: flag('Read {{ cookiecutter.… }} instead of ${{ values.… }}'),
  replace: flag('Replace files that exist instead of keeping them'),
  trimBlocks: flag('Remove the first newline after a block'),
  lstripBlocks: flag('Remove blanks in front of a block'),
};
const renderingFolder = {
  ...rendering,
  copyWithoutTemplating: list(
    text(),
    'Globs of files whose content is copied as it is; their paths are rendered',
  ),
  copyWithoutRender: list(
    text(),
    'Ignored, as in Backstage since its version 4: use copyWithoutTemplating',
  ),
  templateFileExtension: {
    type: ['string', 'boolean'],
    description: 'Render only files with this extension and drop it; true means .njk',
  },
};

const fetchTemplate: Action = {
  id: 'fetch:template',
  description: 'Renders a skeleton, its file names too, into the workspace.',
  input: object({ url, targetPath, token, ...renderingFolder }, ['url']),
  supportsDryRun: true,
  async run(context) {
    const files = await treeOf(context, String(context.input['url']));
    renderFiles(context, files);
  },
};

const fetchTemplateFile: Action = {
  id: 'fetch:template:file',
  description: 'Renders one file of a skeleton into the workspace.',
  input: object({ url, targetPath, token, ...rendering }, ['url', 'targetPath']),
  supportsDryRun: true,
  async run(context) {
    const { input, workspace } = context;
    const target = insideWorkspace(String(input['targetPath']));
    if (workspace.has(target) && input['replace'] !== true) {
      context.log(`${target} is there already and is kept`);
      return;
    }
    renderFiles(context, await filesOf(context, String(input['url'])), { targetFile: target });
  },
};

const fetchPlain: Action = {
  id: 'fetch:plain',
  description: 'Copies a skeleton into the workspace as it is.',
  input: object({ url, targetPath, token }, ['url']),
  supportsDryRun: true,
  async run(context) {
    const target = insideWorkspace(String(context.input['targetPath'] ?? './'));
    const files = await treeOf(context, String(context.input['url']));
    for (const file of files) copy(context, file, joinPath(target, file.path));
    context.log(`Copied ${files.length} files`);
  },
};

const fetchPlainFile: Action = {
  id: 'fetch:plain:file',
  description: 'Copies one file into the workspace as it is.',
  input: object({ url, targetPath, token }, ['url', 'targetPath']),
  supportsDryRun: true,
  async run(context) {
    const target = insideWorkspace(String(context.input['targetPath']));
    const files = await filesOf(context, String(context.input['url']));
    for (const file of files) copy(context, file, target);
  },
};

const workspaceTemplate: Action = {
  id: 'workspace:template',
  description: 'Renders a folder of the workspace into another one.',
  input: object(
    { sourcePath: text('Folder within the workspace'), targetPath, ...renderingFolder },
    ['sourcePath', 'targetPath'],
  ),
  supportsDryRun: true,
  run(context) {
    const source = insideWorkspace(String(context.input['sourcePath']));
    const target = insideWorkspace(String(context.input['targetPath']));
    if (source === target || source === '' || target.startsWith(`${source}/`)) {
      throw new TemplateError('targetPath must not be within sourcePath');
    }
    const { workspace } = context;
    if (!workspace.isFolder(source)) {
      throw new TemplateError(`The folder ${source} does not exist in the workspace`);
    }
    const files = workspace.paths(source).map((path) => {
      const { content, mode } = workspace.get(path)!;
      return { path: path.slice(source.length + 1), content, mode };
    });
    renderFiles(context, files);
  },
};

const workspaceTemplateFile: Action = {
  id: 'workspace:template:file',
  description: 'Renders one file of the workspace into another one.',
  input: object({ sourcePath: text('File within the workspace'), targetPath, ...rendering }, [
    'sourcePath',
    'targetPath',
  ]),
  supportsDryRun: true,
  run(context) {
    const { input, workspace } = context;
    const target = insideWorkspace(String(input['targetPath']));
    if (workspace.has(target) && input['replace'] !== true) return;
    const path = String(input['sourcePath']);
    const file = workspace.get(path);
    if (file === undefined)
      throw new TemplateError(`The file ${path} does not exist in the workspace`);
    renderFiles(context, [{ path, ...file }], { targetFile: target });
  },
};

export const fetchActions: readonly Action[] = [
  fetchTemplate,
  fetchTemplateFile,
  fetchPlain,
  fetchPlainFile,
  workspaceTemplate,
  workspaceTemplateFile,
];

async function treeOf(context: ActionContext, address: string): Promise<SkeletonFile[]> {
  return (await context.source.tree(address)) ?? missing(context, `skeleton ${address}`, 'folder');
}

async function filesOf(context: ActionContext, address: string): Promise<SkeletonFile[]> {
  const file = await context.source.file(address);
  return file ? [file] : missing(context, `file ${address}`, 'file');
}

/** What lies elsewhere is left out of a preview; what should lie beside the template is always missed. */
function missing(
  { input, isDryRun, warn }: ActionContext,
  what: string,
  kind: string,
): SkeletonFile[] {
  if (isDryRun && /^[a-z][a-z+]*:/i.test(String(input['url']))) {
    warn(
      `The ${what} lies outside of this portal: it is left out here; a run with a token of GitHub fetches it from there`,
    );
    return [];
  }
  throw new TemplateError(
    `The ${what} is not here, expected a ${kind} beside the template or in a repository this portal reads`,
  );
}

function copy({ workspace, warn }: ActionContext, file: SkeletonFile, path: string): void {
  const origin = { path: file.path, content: file.content };
  if (file.mode !== linkMode)
    return workspace.write(path, file.content, { mode: file.mode, origin });
  try {
    workspace.write(path, file.content, { mode: linkMode });
  } catch (error) {
    warn(`Left out the link ${file.path}: ${(error as Error).message}`);
  }
}
