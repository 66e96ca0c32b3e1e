/** Shows one page of a form in a browser and tells what came of it. */
import { Component, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';

import PageForm, { requireRuntime } from '../../../plugins/templates/form/PageForm.tsx';
import type { FormPage } from '../../../plugins/templates/form/split-schema.ts';

interface Shown {
  error: string | undefined;
  fields: number;
}

/** Mounts a page with the validators of an address, and submits it empty so that they run. */
export async function showForm(
  page: FormPage,
  validatorsUrl: string,
  index: number,
): Promise<Shown> {
  const module = (await import(/* @vite-ignore */ validatorsUrl)) as {
    default: (require: unknown) => unknown[];
  };
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place, { onCaughtError() {}, onUncaughtError() {} });
  let error: string | undefined;
  root.render(
    <Catcher onError={(message) => (error = message)}>
      <PageForm
        page={page}
        validators={module.default(requireRuntime)[index]}
        data={{}}
        submitText="Next"
        onChange={() => {}}
        onDone={() => {}}
        onBack={undefined}
      />
    </Catcher>,
  );
  await pause();
  place.querySelector<HTMLButtonElement>('button[type=submit]')?.click();
  await pause();
  const fields = place.querySelectorAll('.field').length;
  root.unmount();
  place.remove();
  return { error, fields };
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 15));
}

class Catcher extends Component<{ children: ReactNode; onError: (message: string) => void }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override componentDidCatch(error: Error): void {
    this.props.onError(error.message);
  }

  override render(): ReactNode {
    return this.state.hasFailed ? null : this.props.children;
  }
}
