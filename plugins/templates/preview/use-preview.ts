import { useEffect, useRef, useState } from 'react';

import type { Bundle } from '../bundle.ts';
import type { ActionDescription, JsonObject, TemplateSpec } from '../engine/index.ts';
import type { PreviewAnswer, PreviewRequest, PreviewResult } from './messages.ts';

/** Milliseconds after the last keystroke. */
const pauseAfterChange = 80;
/** A rendering that takes longer is ended: a regular expression can be endless. */
const patience = 5_000;

export interface PreviewState {
  result: PreviewResult | undefined;
  /** Why there is none. */
  failure: string | undefined;
}

/** What is rendered, whatever the form says. */
export interface PreviewSource {
  spec: TemplateSpec;
  bundle: Bundle | undefined;
  actions: readonly ActionDescription[];
  templateRef: string;
}

/** The real result for these parameters, rendered in a worker. */
export function usePreview(
  { spec, bundle, actions, templateRef }: PreviewSource,
  parameters: JsonObject,
): PreviewState {
  const worker = useRef<Worker>(undefined);
  const lastId = useRef(0);
  const [state, setState] = useState<PreviewState>({ result: undefined, failure: undefined });
  useEffect(() => () => worker.current?.terminate(), []);
  useEffect(() => {
    if (!bundle) return undefined;
    const id = ++lastId.current;
    let limit: ReturnType<typeof setTimeout> | undefined;
    const start = setTimeout(() => {
      const running = (worker.current ??= startWorker({
        kind: 'start',
        spec,
        bundle,
        actions,
        templateRef,
      }));
      running.onmessage = ({ data }: MessageEvent<PreviewAnswer>) => {
        if (data.id !== lastId.current) return;
        clearTimeout(limit);
        setState({ result: data.result, failure: undefined });
      };
      post(running, { kind: 'run', id, parameters });
      limit = setTimeout(() => {
        worker.current?.terminate();
        worker.current = undefined;
        setState({
          result: undefined,
          failure: `The preview did not end within ${patience / 1_000} seconds.`,
        });
      }, patience);
    }, pauseAfterChange);
    return () => {
      clearTimeout(start);
      clearTimeout(limit);
    };
  }, [actions, bundle, parameters, spec, templateRef]);
  return state;
}

function startWorker(message: PreviewRequest): Worker {
  const worker = new Worker(new URL('./preview-worker.ts', import.meta.url), { type: 'module' });
  post(worker, message);
  return worker;
}

function post(worker: Worker, message: PreviewRequest): void {
  worker.postMessage(message);
}
