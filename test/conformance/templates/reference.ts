/** `fetch:template` as Backstage's handler does it, with nunjucks instead of nunjitsu. Shares no code with the engine. */
import { posix } from 'node:path';

import fastGlob from 'fast-glob';
import nunjucks from 'nunjucks';

import { filters } from '../../../plugins/templates/engine/filters.ts';
import type { JsonObject, SkeletonFile } from '../../../plugins/templates/engine/index.ts';
import { isBinary } from '../../../plugins/templates/engine/binary.ts';

/** Files by path; a file that cannot be rendered fails the action, as upstream. */
export function referenceFiles(
  files: readonly SkeletonFile[],
  folder: string | undefined,
  input: JsonObject,
): Map<string, Buffer> {
  const isCompatible = input['cookiecutterCompat'] === true;
  const environment = environmentFor(input, isCompatible);
  // nunjitsu hands out objects without a prototype, which nunjucks cannot print.
  const context = {
    [isCompatible ? 'cookiecutter' : 'values']: JSON.parse(
      JSON.stringify(input['values'] ?? {}),
    ) as unknown,
  };
  const copied = copiedFiles(folder, input);
  const extension = extensionOf(input);
  const written = new Map<string, Buffer>();
  for (const file of files) {
    const isTemplate =
      extension === undefined ? !copied.has(file.path) : posix.extname(file.path) === extension;
    const name =
      extension !== undefined && isTemplate ? file.path.slice(0, -extension.length) : file.path;
    const target = environment.renderString(name, context);
    if (target === '' || target.startsWith('/') || target.includes('//') || target.endsWith('/'))
      continue;
    const path = posix.join(String(input['targetPath'] ?? './'), target);
    if (written.has(path) && input['replace'] !== true) continue;
    const content = Buffer.from(file.content);
    written.set(
      path,
      isTemplate && !isBinary(file.content)
        ? Buffer.from(environment.renderString(content.toString('utf-8'), context))
        : content,
    );
  }
  return written;
}

function environmentFor(input: JsonObject, isCompatible: boolean): nunjucks.Environment {
  if (isCompatible) nunjucks.installJinjaCompat();
  const environment = new nunjucks.Environment(null, {
    autoescape: false,
    trimBlocks: input['trimBlocks'] === true,
    lstripBlocks: input['lstripBlocks'] === true,
    ...(!isCompatible && { tags: { variableStart: '${{', variableEnd: '}}' } }),
  });
  for (const [name, filter] of Object.entries(filters)) {
    environment.addFilter(name, (...all: unknown[]) =>
      (filter as (...all: unknown[]) => unknown)(...all),
    );
  }
  if (isCompatible) environment.addFilter('jsonify', JSON.stringify);
  return environment;
}

function copiedFiles(folder: string | undefined, input: JsonObject): Set<string> {
  const globs = input['copyWithoutTemplating'] as string[] | undefined;
  if (!globs?.length || folder === undefined) return new Set();
  // globby's expandDirectories: a pattern that is a folder means everything in it.
  const expanded = globs.flatMap((glob) => [glob, `${glob.replace(/\/+$/, '')}/**`]);
  return new Set(fastGlob.sync(expanded, { cwd: folder, dot: true, followSymbolicLinks: false }));
}

function extensionOf(input: JsonObject): string | undefined {
  const extension = input['templateFileExtension'];
  if (!extension) return undefined;
  if (extension === true) return '.njk';
  return String(extension).startsWith('.') ? String(extension) : `.${String(extension)}`;
}
