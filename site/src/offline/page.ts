import { isKeeping, setKeeping } from './choice.ts';
import { copyPortal, copyState, removeCopy, type CopyState } from './copy.ts';
import { failureText, megabytes } from './words.ts';

/** The controls of `/offline/`. The same page stands in for pages that are not kept. */
export function startOfflinePage(): void {
  const root = document.querySelector<HTMLElement>('[data-offline-page]');
  const { base, offline } = document.body.dataset;
  if (!root || base === undefined) return;
  const view = viewOf(root);
  if (location.pathname !== `${base}offline/`) {
    root.querySelector<HTMLElement>('[data-offline-missing]')!.hidden = false;
  }
  if (offline === undefined) return view.say('This portal is not kept for reading offline.');
  if (!('serviceWorker' in navigator) || !('caches' in globalThis)) {
    return view.say(
      'This browser keeps nothing for reading offline: it is a private window, an old browser, or the address is not secure (https).',
    );
  }
  let stop: AbortController | undefined;

  view.keep.addEventListener('click', () => void keep());
  view.pause.addEventListener('click', () => stop?.abort());
  view.remove.addEventListener('click', () => void remove());
  void begin();

  async function begin(): Promise<void> {
    if (isKeeping(base!) && navigator.onLine) await keep();
    else await refresh();
  }

  async function refresh(before = ''): Promise<void> {
    try {
      showState(view, await copyState(base!), before);
    } catch {
      view.say(
        'This browser keeps nothing for reading offline: it is a private window, or its storage is switched off.',
      );
    }
  }

  async function keep(): Promise<void> {
    setKeeping(base!, true);
    stop = new AbortController();
    view.busy(true);
    try {
      // Browsers throw away what nobody asked to keep when the disk runs full.
      await navigator.storage?.persist?.();
      const outcome = await copyPortal(base!, stop.signal, (progress) => view.progress(progress));
      await refresh(outcome === 'busy' ? 'Another tab is fetching it.' : '');
    } catch (error) {
      if (stop.signal.aborted) setKeeping(base!, false);
      await refresh(stop.signal.aborted ? 'Paused.' : failureText(error));
    } finally {
      view.busy(false);
    }
  }

  async function remove(): Promise<void> {
    setKeeping(base!, false);
    await removeCopy(base!);
    await refresh('Removed.');
  }
}

interface View {
  keep: HTMLButtonElement;
  pause: HTMLButtonElement;
  remove: HTMLButtonElement;
  say(text: string): void;
  busy(isBusy: boolean): void;
  progress(progress: { done: number; total: number }): void;
}

function viewOf(root: HTMLElement): View {
  function part<T extends HTMLElement>(name: string): T {
    return root.querySelector<T>(`[data-offline-${name}]`)!;
  }
  const bar = part<HTMLProgressElement>('bar');
  const text = part<HTMLElement>('progress');
  const state = part<HTMLElement>('state');
  const buttons = {
    keep: part<HTMLButtonElement>('keep'),
    pause: part<HTMLButtonElement>('pause'),
    remove: part<HTMLButtonElement>('remove'),
  };
  return {
    ...buttons,
    say(message) {
      state.textContent = message;
    },
    busy(isBusy) {
      bar.hidden = !isBusy;
      text.hidden = !isBusy;
      buttons.pause.hidden = !isBusy;
      if (isBusy) buttons.keep.hidden = buttons.remove.hidden = true;
    },
    progress({ done, total }) {
      bar.max = total;
      bar.value = done;
      text.textContent = `${megabytes(done)} of ${megabytes(total)}`;
    },
  };
}

/** What is here and what can be done about it. */
function showState(view: View, { kept, begun, missing, total }: CopyState, before: string): void {
  const isWhole = kept !== undefined && missing === 0 && begun === undefined;
  view.keep.hidden = missing === undefined || isWhole;
  view.remove.hidden = kept === undefined && begun === undefined;
  view.keep.textContent = keepText(kept !== undefined, begun !== undefined, missing ?? 0);
  view.say([before, stateText()].filter((text) => text !== '').join(' '));

  function stateText(): string {
    if (isWhole) {
      return `All of this portal is kept in this browser (${megabytes(kept.bytes)}), and brought up to date when you read it online.`;
    }
    if (missing === undefined) {
      return kept
        ? 'You are offline. All of this portal is kept in this browser.'
        : 'You are offline. Pages you have read, and search by name, are kept in this browser.';
    }
    if (kept) return `A copy is kept in this browser. ${megabytes(missing)} of it changed since.`;
    return `All of it is ${megabytes(total ?? 0)}. Pages you read are kept in any case, and search by name.`;
  }
}

function keepText(isKept: boolean, isBegun: boolean, missing: number): string {
  if (isBegun) return `Continue (${megabytes(missing)} left)`;
  if (isKept) return `Bring it up to date (${megabytes(missing)})`;
  return `Keep this portal offline (${megabytes(missing)})`;
}
