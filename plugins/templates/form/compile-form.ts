import { compileSchemaValidatorsCode } from '@rjsf/validator-ajv8/compileSchemaValidators';

import type { JsonObject } from '../engine/index.ts';
import type { FormPage } from './split-schema.ts';

/**
 * A module with the validators of a form's pages. The pages' policy forbids making code from text, so the code is made
 * here; what it needs of ajv at run time is handed in by the form, which has it once for all templates.
 */
export function compileForm(pages: readonly FormPage[]): { code: string; problems: string[] } {
  const problems: string[] = [];
  const parts = pages.map(({ schema, title }) => {
    try {
      return validatorsOf(schema);
    } catch (error) {
      problems.push(`${title}: ${(error as Error).message}`);
      return undefined;
    }
  });
  const functions = parts.map((code) =>
    code === undefined ? 'undefined' : `(() => { const exports = {}; ${code}\nreturn exports; })()`,
  );
  return { code: `export default (require) => [${functions.join(',\n')}];\n`, problems };
}

function validatorsOf(schema: JsonObject): string {
  return compileSchemaValidatorsCode(schema, {
    ajvOptionsOverrides: { strict: false, logger: false, code: { lines: false } },
  });
}
