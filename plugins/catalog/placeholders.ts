import { parseAllDocuments } from 'yaml';

import type { Repository } from '../types.ts';
import type { Finding } from './findings.ts';
import { limits } from './limits.ts';
import { resolveTarget } from './paths.ts';
import { sanitize } from './sanitize.ts';
import { decodeText } from './text.ts';

/** A document with its placeholders filled in, and what was wrong with some of them. */
export interface Resolved {
  value: unknown;
  findings: Finding[];
  /** Whether there were placeholders at all. */
  isChanged: boolean;
}

type Path = (string | number)[];

/** Fills in `$text`, `$json` and `$yaml`: an object of exactly that one key, anywhere in the document. */
export async function resolvePlaceholders(
  value: unknown,
  file: string,
  repository: Repository,
): Promise<Resolved> {
  const findings: Finding[] = [];
  let isChanged = false;

  async function walk(value: unknown, path: Path): Promise<unknown> {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) {
      const items: unknown[] = [];
      for (const [index, item] of value.entries()) items.push(await walk(item, [...path, index]));
      return items;
    }
    const entries = Object.entries(value);
    const [only] = entries;
    if (entries.length === 1 && only && isPlaceholder(only[0])) {
      isChanged = true;
      return fill(only[0], only[1], path);
    }
    const filled: Record<string, unknown> = {};
    for (const [key, item] of entries) filled[key] = await walk(item, [...path, key]);
    return filled;
  }

  async function fill(key: string, target: unknown, path: Path): Promise<unknown> {
    const at = `\`${path.join('.')}\``;
    function fail(message: string, hint: string): undefined {
      findings.push({ message, hint, path: [...path, key], what: 'value' });
    }
    if (typeof target !== 'string')
      return fail(`The ${key} at ${at} names no file, expected a path as text.`, 'Write one path.');
    const resolved = resolveTarget(repository, file, target);
    if ('wrong' in resolved)
      return fail(
        `The ${key} at ${at} names \`${target}\`, expected a file of the same repository.`,
        'Commit the file beside this one and name it by a relative path.',
      );
    try {
      const bytes = await repository.read(resolved.path, limits.placeholderBytes);
      if (bytes === null)
        return fail(
          `The ${key} at ${at} names \`${resolved.path}\`, which is not in the repository.`,
          'Check the path: it is relative to this file.',
        );
      return parsed(key, decodeText(bytes).text);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return fail(`The ${key} at ${at} cannot be filled in: ${reason}`, 'Check the file it names.');
    }
  }

  const filled = needsWalk(value) ? await walk(value, []) : value;
  return { value: filled, findings, isChanged };
}

function isPlaceholder(key: string): boolean {
  return key === '$text' || key === '$json' || key === '$yaml';
}

/** Most documents hold none: do not rebuild them. */
function needsWalk(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, item]) => isPlaceholder(key) || needsWalk(item));
}

function parsed(key: string, text: string): unknown {
  if (key === '$text') return text;
  const value: unknown = key === '$json' ? JSON.parse(text) : onlyDocument(text);
  const { clean, isTooDeep, isTooLarge } = sanitize(value);
  if (isTooDeep) throw new Error(`it nests deeper than ${limits.depth} levels.`);
  if (isTooLarge) throw new Error('its aliases make it too large.');
  return clean;
}

function onlyDocument(text: string): unknown {
  const documents = parseAllDocuments(text, { prettyErrors: false, logLevel: 'silent' });
  const [document] = documents;
  if (!Array.isArray(documents) || documents.length !== 1 || !document)
    throw new Error('it must hold exactly one YAML document.');
  const [error] = document.errors;
  if (error) throw new Error(`it is not valid YAML: ${error.message}.`);
  return document.toJS({ maxAliasCount: limits.aliases });
}
