import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { cleanEnvironment } from '../clean-environment.ts';
import { servePortal } from '../../site/preview.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the demo portal at the root of its host. */
    portal: string;
    /** Folder of the built demo portal. */
    dist: string;
  }
}

const root = join(import.meta.dirname, '../..');

/** Collects and builds the embedded organisation in a folder of its own and serves it. */
export default async function setup(project: TestProject): Promise<() => void> {
  const directory = mkdtempSync(join(tmpdir(), 'callboard-demo-'));
  cpSync(join(root, 'content'), join(directory, 'content'), {
    recursive: true,
    filter: (path) => !path.includes(join(root, 'content', 'snapshot')),
  });
  cpSync(join(root, 'templates'), join(directory, 'templates'), { recursive: true });
  cpSync(join(root, 'callboard.config.ts'), join(directory, 'callboard.config.ts'));
  callboard(directory, 'collect');
  callboard(directory, 'build');
  const server = await servePortal(join(directory, 'dist'), '/', 0);
  const address = server.address();
  if (!address || typeof address === 'string')
    throw new Error('The portal is not served on a port');
  project.provide('portal', `http://localhost:${address.port}`);
  project.provide('dist', join(directory, 'dist'));
  return () => {
    server.close();
    rmSync(directory, { recursive: true, force: true });
  };
}

function callboard(directory: string, command: string): void {
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'collectors/callboard.mjs'), command, '--quiet'],
    {
      cwd: directory,
      stdio: 'inherit',
      env: cleanEnvironment(),
    },
  );
  if (status !== 0) throw new Error(`callboard ${command} ended with ${status}`);
}
