/**
 * Draws Mermaid in a frame of its own: it needs inline styles, which the pages' policy forbids, and an author's diagram
 * has no business in the portal's origin. What comes back is shown as a picture.
 */
let frame: Promise<HTMLIFrameElement> | undefined;
let count = 0;

export async function draw(block: HTMLElement, address: string): Promise<void> {
  const source = block.textContent ?? '';
  const svg = await ask(await (frame ??= load(address)), source).catch(() => undefined);
  if (!svg) return;
  const figure = document.createElement('figure');
  figure.className = 'diagram';
  const image = document.createElement('img');
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  image.alt = `Diagram: ${source.trim().split('\n', 1)[0]}`;
  image.className = 'zoomable';
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  summary.textContent = 'Source';
  figure.append(image, details);
  block.replaceWith(figure);
  details.append(summary, block);
}

function load(address: string): Promise<HTMLIFrameElement> {
  const element = document.createElement('iframe');
  element.src = `${address}index.html`;
  element.className = 'doc-frame';
  element.title = 'Diagrams';
  element.setAttribute('sandbox', 'allow-scripts');
  element.setAttribute('aria-hidden', 'true');
  element.tabIndex = -1;
  document.body.append(element);
  return new Promise((resolve) => element.addEventListener('load', () => resolve(element)));
}

function ask(element: HTMLIFrameElement, source: string): Promise<string> {
  count += 1;
  const id = count;
  const dark = matchesDark();
  return new Promise((resolve, reject) => {
    addEventListener('message', function listen(event) {
      if (event.source !== element.contentWindow || event.data?.id !== id) return;
      removeEventListener('message', listen);
      if (typeof event.data.svg === 'string') resolve(event.data.svg);
      else reject(new Error(String(event.data.error)));
    });
    element.contentWindow!.postMessage({ id, source, dark }, '*');
  });
}

function matchesDark(): boolean {
  const chosen = document.documentElement.dataset['theme'];
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}
