import formats from 'ajv-formats/dist/formats.js';
import equal from 'ajv/dist/runtime/equal.js';
import ucs2length from 'ajv/dist/runtime/ucs2length.js';
import uri from 'ajv/dist/runtime/uri.js';
import validationError from 'ajv/dist/runtime/validation_error.js';

/** What compiled validators need of ajv. A dependency that is not here fails loudly. */
export function requireRuntime(name: string): unknown {
  const found = modules[name];
  if (found === undefined) throw new Error(`Validators need ${name}, which the form does not have`);
  return found;
}

/** CommonJS modules come with their exports directly or below `default`, depending on who bundles. */
function exportsOf(module: unknown): unknown {
  const inner = (module as { default?: unknown }).default;
  return typeof module === 'function' ? { default: module } : withDefault(module, inner);
}

function withDefault(module: unknown, inner: unknown): unknown {
  return inner !== null && typeof inner === 'object' && 'default' in inner ? inner : module;
}

const modules: Record<string, unknown> = {
  'ajv-formats/dist/formats': exportsOf(formats),
  'ajv/dist/runtime/equal': exportsOf(equal),
  'ajv/dist/runtime/ucs2length': exportsOf(ucs2length),
  'ajv/dist/runtime/uri': exportsOf(uri),
  'ajv/dist/runtime/validation_error': exportsOf(validationError),
};
