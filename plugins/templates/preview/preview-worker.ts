/** Renders a template beside the page, so that a slow skeleton never blocks it and an endless one can be ended. */
import { bundleSource } from '../bundle.ts';
import { isBinary } from '../engine/binary.ts';
import { actionsWith, decodeText, runTemplate } from '../engine/index.ts';
import type { PreviewAnswer, PreviewFile, PreviewRequest, PreviewStart } from './messages.ts';

let started: PreviewStart | undefined;
let actions = actionsWith();

addEventListener('message', (event: MessageEvent<PreviewRequest>) => {
  const message = event.data;
  if (message.kind === 'start') {
    started = message;
    actions = actionsWith({}, message.actions);
  } else void render(message.id, message.parameters);
});

async function render(
  id: number,
  parameters: Parameters<typeof runTemplate>[0]['parameters'],
): Promise<void> {
  if (!started) return;
  const begin = performance.now();
  const { workspace, state, error, steps, unresolved, log } = await runTemplate({
    spec: started.spec,
    parameters,
    actions,
    source: bundleSource(started.bundle),
    isDryRun: true,
    allowsUnknownActions: true,
    templateRef: started.templateRef,
    // A preview has no catalog at hand: an entity is shown by its reference.
    entity: (ref) => ({ kind: ref.split(':')[0]!, metadata: { name: ref.split('/').at(-1)! } }),
  });
  const files = workspace.paths().map((path): PreviewFile => {
    const { content, mode, origin } = workspace.get(path)!;
    const isText = !isBinary(content);
    return {
      path,
      mode,
      bytes: content,
      text: isText ? decodeText(content) : undefined,
      before: isText && origin ? decodeText(origin.content) : undefined,
    };
  });
  const milliseconds = performance.now() - begin;
  const answer: PreviewAnswer = {
    id,
    result: { state, error, files, steps, unresolved, log, milliseconds },
  };
  postMessage(answer);
}
