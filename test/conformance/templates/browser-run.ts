/** What the browser half of the conformance run executes: the engine on a job that came as JSON. */
import { actionsWith, runTemplate } from '../../../plugins/templates/engine/index.ts';
import type {
  JsonObject,
  SkeletonFile,
  TemplateSpec,
} from '../../../plugins/templates/engine/index.ts';

export interface Job {
  spec: TemplateSpec;
  parameters: JsonObject;
  /** Trees and files by address, contents as base64. */
  trees: Record<string, { path: string; mode: number; content: string }[]>;
  files: Record<string, { path: string; mode: number; content: string }>;
}

/** Files of the workspace with mode and content, and the error, as JSON. */
export async function runJob(
  job: Job,
): Promise<{ error: string | undefined; files: [string, number, string][] }> {
  const result = await runTemplate({
    spec: job.spec,
    parameters: job.parameters,
    actions: actionsWith(),
    isDryRun: true,
    allowsUnknownActions: true,
    templateRef: 'template:default/conformance',
    entity: () => ({ kind: 'Group', metadata: { name: 'payments' } }),
    source: {
      tree: (address) => Promise.resolve(job.trees[address]?.map(decoded)),
      file: (address) => Promise.resolve(job.files[address] && decoded(job.files[address])),
    },
  });
  return {
    error: result.error,
    files: result.workspace.paths().map((path) => {
      const { mode, content } = result.workspace.get(path)!;
      return [path, mode, toBase64(content)];
    }),
  };
}

function decoded({
  path,
  mode,
  content,
}: {
  path: string;
  mode: number;
  content: string;
}): SkeletonFile {
  return { path, mode, content: Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0)) };
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
