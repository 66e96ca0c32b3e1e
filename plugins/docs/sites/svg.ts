/** Drawings that people open by themselves run in the portal's name, so nothing in them may run. */
import type { Element, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';

const banned = new Set(
  'script foreignobject iframe object embed audio video handler listener'.split(' '),
);
const urlAttributes = new Set(['href', 'xlinkHref', 'src', 'from', 'to', 'values']);

/** The drawing without scripts, handlers and references to elsewhere. */
export function safeSvg(text: string): string {
  const root = fromHtml(
    text.replace(/<!DOCTYPE[^>[]*(?:\[[^\]]*\])?[^>]*>/giu, '').replace(/<\?[^]*?\?>/gu, ''),
    {
      fragment: true,
      space: 'svg',
    },
  );
  clean(root);
  const drawing = root.children.find((each) => each.type === 'element' && each.tagName === 'svg');
  return drawing ? toHtml(drawing, { space: 'svg', allowDangerousHtml: false }) : '';
}

function clean(node: Root | Element): void {
  node.children = node.children.filter(
    (child) => child.type === 'text' || (child.type === 'element' && keep(child)),
  ) as Element['children'];
  for (const child of node.children) if (child.type === 'element') clean(child);
}

function keep(element: Element): boolean {
  if (banned.has(element.tagName.toLowerCase())) return false;
  if (element.tagName === 'style' && hasReference(JSON.stringify(element.children))) return false;
  for (const [name, value] of Object.entries(element.properties)) {
    const text = String(value);
    const isHandler = /^on/iu.test(name);
    const leads =
      urlAttributes.has(name) && !/^\s*(?:#|data:image\/(?:png|jpeg|gif|webp);)/iu.test(text);
    if (isHandler || (leads && /:|^\s*\/\//u.test(text)) || hasReference(text)) {
      delete element.properties[name];
    }
  }
  return true;
}

/** `url(#a)` is fine, everything that leaves the drawing is not. */
function hasReference(text: string): boolean {
  return /@import|javascript:|expression\s*\(|url\s*\(\s*\\?["']?(?!\\?["']?#)/iu.test(text);
}
