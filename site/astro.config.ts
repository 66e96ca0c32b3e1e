import { join } from 'node:path';
import react from '@astrojs/react';
import { defineConfig } from 'astro/config';
import { configurationModule } from './configuration-module.ts';
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
    plugins: [nodeOnly(), configurationModule()],
    cacheDir: join(organisationDirectory(), '.callboard/vite'),
    build: { assetsInlineLimit: 0 },
    server: { fs: { allow: [engineDirectory, organisationDirectory()] } },
  },
});
