import { isBinary } from '../binary.ts';
import { matcherOf } from '../glob.ts';
import { insideWorkspace, joinPath } from '../paths.ts';
import type { Renderer } from '../render.ts';
import type { ActionContext, JsonObject, SkeletonFile } from '../types.ts';
import { TemplateError } from '../types.ts';
import { unresolvedIn } from '../unresolved.ts';
import { decodeText, linkMode } from '../workspace.ts';

interface Settings {
  folder: string;
  /** With the dot; undefined renders every file. */
  extension: string | undefined;
  isCopied: (path: string) => boolean;
  replaces: boolean;
  cookiecutterCompat: boolean;
}

/** Renders names and contents of skeleton files into the workspace, with the rules of Backstage's `fetch:template`. */
export function renderFiles(
  context: ActionContext,
  files: readonly SkeletonFile[],
  options: { targetFile?: string } = {},
): void {
  const settings = settingsOf(context, files);
  const renderer = context.renderer({
    cookiecutterCompat: settings.cookiecutterCompat,
    trimBlocks: context.input['trimBlocks'] === true,
    lstripBlocks: context.input['lstripBlocks'] === true,
  });
  let written = 0;
  for (const file of files) {
    const target = options.targetFile ?? targetOf(file.path, settings, renderer);
    if (target === undefined) continue;
    if (options.targetFile === undefined && context.workspace.has(target) && !settings.replaces) {
      context.log(`${target} is there already and is kept`);
      continue;
    }
    write(context, file, target, settings, renderer);
    written++;
  }
  context.log(`Wrote ${written} of ${files.length} files`);
}

function settingsOf({ input, warn }: ActionContext, files: readonly SkeletonFile[]): Settings {
  const globs = input['copyWithoutTemplating'] as string[] | undefined;
  const cookiecutterCompat = input['cookiecutterCompat'] === true;
  if (input['templateFileExtension'] && (globs || cookiecutterCompat)) {
    throw new TemplateError(
      'templateFileExtension cannot be combined with copyWithoutTemplating or cookiecutterCompat',
    );
  }
  if (input['copyWithoutRender'] !== undefined) {
    warn(
      'copyWithoutRender is ignored, as in Backstage since its version 4: use copyWithoutTemplating',
    );
  }
  function isFolder(path: string) {
    return files.some((file) => file.path.startsWith(`${path}/`));
  }
  return {
    folder: insideWorkspace(String(input['targetPath'] ?? './')),
    extension: extensionOf(input),
    isCopied: globs ? matcherOf(globs, isFolder) : () => false,
    replaces: input['replace'] === true,
    cookiecutterCompat,
  };
}

function extensionOf(input: JsonObject): string | undefined {
  const extension = input['templateFileExtension'];
  if (!extension) return undefined;
  if (extension === true) return '.njk';
  return String(extension).startsWith('.') ? String(extension) : `.${String(extension)}`;
}

/** The rendered path of a skeleton file; undefined when its name rendered to nothing, which leaves it out. */
function targetOf(path: string, settings: Settings, renderer: Renderer): string | undefined {
  const { extension } = settings;
  const isTemplate = extension !== undefined && extensionIn(path) === extension;
  const rendered = renderer.text(isTemplate ? path.slice(0, -extension.length) : path, path);
  if (rendered === '' || rendered.startsWith('/') || rendered.includes('//')) return undefined;
  if (rendered.endsWith('/')) return undefined;
  return joinPath(settings.folder, rendered);
}

function write(
  { workspace, warn, unresolved, input }: ActionContext,
  file: SkeletonFile,
  target: string,
  settings: Settings,
  renderer: Renderer,
): void {
  const origin = { path: file.path, content: file.content };
  if (file.mode === linkMode) {
    try {
      workspace.write(target, file.content, { mode: linkMode });
    } catch (error) {
      warn(`Left out the link ${file.path}: ${(error as Error).message}`);
    }
    return;
  }
  const isRendered =
    settings.extension === undefined
      ? !settings.isCopied(file.path)
      : extensionIn(file.path) === settings.extension;
  if (!isRendered || isBinary(file.content)) {
    workspace.write(target, file.content, { mode: file.mode, origin });
    return;
  }
  const source = decodeText(file.content);
  workspace.write(target, renderer.text(source, file.path), { mode: file.mode, origin });
  const root = settings.cookiecutterCompat ? 'cookiecutter' : 'values';
  const context = { [root]: (input['values'] ?? {}) as JsonObject };
  for (const variable of unresolvedIn(source, file.path, context, settings)) unresolved(variable);
}

/** As `path.extname`: from the last dot, none for a dot file. */
function extensionIn(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot);
}
