/**
 * Preloaded before any TypeScript of ours, because the organisation's folder and the engine's are two:
 * - its configuration may import 'callboard' from a folder without node_modules;
 * - what Astro bundles is run from its `.callboard/`, and needs the engine's packages;
 * - Node strips types everywhere but below node_modules, where the engine lives once it is a package itself.
 */
import { readFileSync } from 'node:fs';
import { enableCompileCache, registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';

// Compiling ajv, lodash and yaml anew is a third of the time `callboard check` takes.
enableCompileCache();

const entries = new Map([
  ['callboard', new URL('./index.ts', import.meta.url).href],
  ['callboard/plugin', new URL('../plugins/types.ts', import.meta.url).href],
]);

registerHooks({
  resolve(specifier, context, next) {
    const url = entries.get(specifier);
    if (url) return { url, format: 'module-typescript', shortCircuit: true };
    if (!isPackage(specifier) || !context.parentURL?.includes('/.callboard/'))
      return next(specifier, context);
    try {
      return next(specifier, { ...context, parentURL: import.meta.url });
    } catch {
      // A package of the organisation's own, for its own plugins.
      return next(specifier, context);
    }
  },
  load(url, context, next) {
    // `npm init` declares a folder CommonJS; a configuration is a module all the same.
    if (/\/callboard\.config\.ts($|\?)/.test(url)) {
      return next(url, { ...context, format: 'module-typescript' });
    }
    if (!url.startsWith('file:') || !url.includes('/node_modules/') || !/\.ts($|\?)/.test(url)) {
      return next(url, context);
    }
    const source = stripTypeScriptTypes(readFileSync(fileURLToPath(url), 'utf8'));
    return { format: 'module', source, shortCircuit: true };
  },
});

function isPackage(specifier) {
  return /^[@a-z]/i.test(specifier) && !/^[a-z]+:/i.test(specifier);
}
