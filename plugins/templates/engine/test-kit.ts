/** What the engine's tests share: a run in one call, on skeletons written as plain objects. */
import { actionsWith, runTemplate, templateSpecOf } from './index.ts';
import type { RunOptions, RunResult, SkeletonFile, SkeletonSource } from './index.ts';
import { decodeText, regularMode } from './index.ts';

export type Skeleton = Record<
  string,
  string | Uint8Array | { content: string | Uint8Array; mode: number }
>;

/** A source with one skeleton at `./skeleton`. */
export function sourceOf(skeleton: Skeleton): SkeletonSource {
  const files: SkeletonFile[] = Object.entries(skeleton).map(([path, file]) => {
    const { content, mode } =
      typeof file === 'string' || file instanceof Uint8Array
        ? { content: file, mode: regularMode }
        : file;
    return {
      path,
      mode,
      content: typeof content === 'string' ? new TextEncoder().encode(content) : content,
    };
  });
  return {
    tree: (address) => Promise.resolve(address === './skeleton' ? files : undefined),
    file: (address) => Promise.resolve(files.find((file) => `./skeleton/${file.path}` === address)),
  };
}

/** Runs steps written as in template.yaml. */
export function run(
  steps: unknown[],
  options: Partial<RunOptions> & { skeleton?: Skeleton; output?: unknown } = {},
): Promise<RunResult> {
  const { skeleton, output, ...rest } = options;
  return runTemplate({
    spec: templateSpecOf({ steps, output }),
    parameters: {},
    actions: actionsWith(),
    source: sourceOf(skeleton ?? {}),
    isDryRun: false,
    ...rest,
  });
}

/** Runs `fetch:template` on a skeleton. */
export function render(
  skeleton: Skeleton,
  values: unknown,
  input: Record<string, unknown> = {},
  options: Partial<RunOptions> = {},
): Promise<RunResult> {
  const step = {
    id: 'fetch',
    action: 'fetch:template',
    input: { url: './skeleton', values, ...input },
  };
  return run([step], { skeleton, ...options });
}

/** The workspace as text by path. */
export function texts(result: RunResult): Record<string, string> {
  return Object.fromEntries(
    result.workspace.paths().map((path) => [path, decodeText(result.workspace.get(path)!.content)]),
  );
}
