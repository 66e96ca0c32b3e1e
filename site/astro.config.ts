import { join } from 'node:path';
import react from '@astrojs/react';
import { defineConfig } from 'astro/config';
import { engineDirectory, organisationDirectory } from './directory.ts';
import { nodeOnly } from './node-only.ts';

/** The root is the engine's, so that its packages are found; what is written goes to the organisation's folder. */
export default defineConfig({
  root: engineDirectory,
  srcDir: join(engineDirectory, 'site/src'),
  publicDir: join(engineDirectory, 'site/public'),
  cacheDir: join(organisationDirectory(), '.callboard/astro'),
  outDir: join(organisationDirectory(), '.callboard/next'),
  output: 'static',
  trailingSlash: 'always',
  build: { format: 'directory', assets: '_assets', inlineStylesheets: 'never' },
  devToolbar: { enabled: false },
  markdown: { syntaxHighlight: false },
  integrations: [react()],
  security: {
    csp: {
      directives: [
        "default-src 'none'",
        "img-src 'self' data:",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "frame-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "object-src 'none'",
      ],
    },
  },
  vite: {
    plugins: [nodeOnly()],
    cacheDir: join(organisationDirectory(), '.callboard/vite'),
    // One sheet: every page of a plugin loads those of all plugins, and ten links to them are repeated in each.
    build: { assetsInlineLimit: 0, cssCodeSplit: false },
    environments: {
      client: { build: { rolldownOptions: { output: { entryFileNames: scriptName } } } },
    },
    server: { fs: { allow: [engineDirectory, organisationDirectory()] } },
  },
});

/** Without what Astro adds to the component's name: it is repeated in every page. */
function scriptName({ name }: { name: string }): string {
  return `_assets/${name.split('.', 1)[0]}.[hash].js`;
}
