import type { TemplateContext, TemplateGlobal, TemplateValue } from 'nunjitsu';
import { createTemplateRenderer, TemplateLimitError, TemplateRenderError } from 'nunjitsu';

import { filters } from './filters.ts';
import type { Limits } from './limits.ts';
import { withoutReplaceAll } from './replace-all.ts';
import type { Json } from './types.ts';
import { TemplateError } from './types.ts';

export interface RendererOptions {
  cookiecutterCompat?: boolean;
  trimBlocks?: boolean;
  lstripBlocks?: boolean;
  globals?: Record<string, TemplateGlobal>;
}

/** A renderer with a context of its own. */
export interface Renderer {
  /** Renders a file's or a name's text; `where` opens the message when it fails. */
  text(source: string, where: string): string;
  /** Renders every text inside a value; one that is a sole `${{ }}` keeps its type, one that fails stays as written unless `onFailure` gives something else. */
  value<T extends Json | undefined>(
    input: T,
    onFailure?: (source: string, reason: string) => Json | undefined,
  ): Json | undefined;
}

/** Nunjucks as Backstage runs it: `${{ }}`, its four filters, no way to load another file. */
export function createRenderer(
  context: Record<string, unknown>,
  limits: Limits,
  { globals, ...options }: RendererOptions = {},
): Renderer {
  const deadline = performance.now() + limits.renderMilliseconds;
  const renderer = createTemplateRenderer({
    ...options,
    filters,
    globals: globals ?? {},
    allowRegexExecution: true,
  });
  const prepared = renderer.prepareContext(plain(context));
  const renderOptions = {
    limits: { workUnits: limits.workUnits, outputCodeUnits: limits.outputCharacters },
  };
  return {
    text(source, where) {
      checkDeadline(deadline, where);
      try {
        return renderer.render(withoutReplaceAll(source), prepared, renderOptions);
      } catch (error) {
        throw new TemplateError(`${where}${placeOf(error)}: ${reasonOf(error)}`, { cause: error });
      }
    },
    value(input, onFailure) {
      if (input === undefined) return undefined;
      checkDeadline(deadline, 'input');
      // A reviver may return undefined, which drops the key: that is how Backstage leaves out what has no value.
      return JSON.parse(JSON.stringify(input), (_key, value: unknown) => {
        if (typeof value !== 'string') return value;
        try {
          return renderer.renderValue(withoutReplaceAll(value), prepared, renderOptions);
        } catch (error) {
          return onFailure ? onFailure(value, reasonOf(error)) : value;
        }
      }) as Json | undefined;
    },
  };
}

/** A copy of plain data without keys that could reach a prototype. */
export function plain(value: unknown): TemplateContext {
  return JSON.parse(JSON.stringify(value ?? {}), (key, inner: TemplateValue) =>
    key === '__proto__' || key === 'constructor' || key === 'prototype' ? undefined : inner,
  ) as TemplateContext;
}

function checkDeadline(deadline: number, where: string): void {
  if (performance.now() > deadline) {
    throw new TemplateError(`${where}: rendering took longer than a step may`);
  }
}

function placeOf(error: unknown): string {
  if (!(error instanceof TemplateRenderError || error instanceof TemplateLimitError)) return '';
  return error.line === undefined ? '' : `:${error.line}:${error.column ?? 1}`;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
