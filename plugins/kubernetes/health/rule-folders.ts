import { fileURLToPath } from 'node:url';

/** Argo CD's rules as they come with Callboard: see vendor/argo-cd/README.md for their commit and licence. */
export const argoRules: string = fileURLToPath(
  new URL('../vendor/argo-cd/resource_customizations', import.meta.url),
);
