/** Diagrams: Graphviz is drawn here, Mermaid on the page when it is scrolled to, PlantUML by a server or not at all. */
import { deflateRawSync } from 'node:zlib';

import { Graphviz, type Engine } from '@hpcc-js/wasm-graphviz';
import type { Element, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { sanitize } from 'hast-util-sanitize';

import { cleanUp, schema } from '../sanitize.ts';
import { findAll, textOf } from './find.ts';

export interface Diagrams {
  hasMermaid: boolean;
  hasPlantuml: boolean;
  failures: string[];
}

const mostCharacters = 50_000;

/** Languages of code that is a graph, with the program that lays it out. */
const layouts: Record<string, Engine> = {
  dot: 'dot',
  graphviz: 'dot',
  'graphviz-dot': 'dot',
  'graphviz-neato': 'neato',
  'graphviz-fdp': 'fdp',
  'graphviz-sfdp': 'sfdp',
  'graphviz-twopi': 'twopi',
  'graphviz-circo': 'circo',
};
let engine: Promise<Graphviz> | undefined;

/** Replaces code blocks that hold diagrams. Runs before code is coloured. */
export async function drawDiagrams(tree: Root, plantumlServer?: string): Promise<Diagrams> {
  const result: Diagrams = { hasMermaid: false, hasPlantuml: false, failures: [] };
  for (const { element: pre } of findAll(tree, 'pre')) {
    const code = pre.children.find((child) => child.type === 'element' && child.tagName === 'code');
    if (code?.type !== 'element') continue;
    const language = languageName(code) ?? languageName(pre);
    const source = textOf(code);
    if (language === 'mermaid') {
      result.hasMermaid = true;
      pre.properties = { className: ['diagram', 'mermaid'] };
      code.properties = {};
    } else if (language === 'plantuml' || language === 'puml' || language === 'uml') {
      result.hasPlantuml = true;
      if (plantumlServer) drawByServer(pre, code, plantumlServer);
      else code.properties['dataInfo'] = JSON.stringify({ title: 'PlantUML' });
    } else {
      const layout = layouts[language ?? ''];
      if (layout) await drawGraph(pre, source, layout, result);
    }
  }
  return result;
}

/** The picture is a server's; the source stays below it, for search and for readers the server is out of reach for. */
function drawByServer(pre: Element, code: Element, server: string): void {
  const source = textOf(code);
  const inner: Element = { ...pre, children: [code] };
  pre.tagName = 'figure';
  pre.properties = { className: ['diagram'] };
  pre.children = [
    {
      type: 'element',
      tagName: 'img',
      properties: {
        src: `${server.replace(/\/+$/u, '')}/svg/${plantumlCode(source)}`,
        alt: 'Diagram; its source is below',
        loading: 'lazy',
      },
      children: [],
    },
    {
      type: 'element',
      tagName: 'details',
      properties: {},
      children: [
        {
          type: 'element',
          tagName: 'summary',
          properties: {},
          children: [{ type: 'text', value: 'Source' }],
        },
        inner,
      ],
    },
  ];
}

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const plantuml = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_';

/** Deflated, in base 64 with PlantUML's own alphabet: https://plantuml.com/text-encoding. */
function plantumlCode(source: string): string {
  const text = deflateRawSync(source).toString('base64url');
  return text
    .padEnd(Math.ceil(text.length / 4) * 4, 'A')
    .replace(/./gu, (letter) => plantuml[base64.indexOf(letter)]!);
}

async function drawGraph(
  pre: Element,
  source: string,
  layout: Engine,
  result: Diagrams,
): Promise<void> {
  if (source.length > mostCharacters) return;
  try {
    engine ??= Graphviz.load();
    const svg = (await engine).layout(source, 'svg', layout);
    const drawing = fromHtml(svg.slice(svg.indexOf('<svg')), { fragment: true, space: 'html' });
    const safe = sanitize(drawing, schema) as Root;
    cleanUp(safe, []);
    pre.tagName = 'figure';
    pre.properties = { className: ['diagram', 'graph'] };
    pre.children = safe.children as Element['children'];
  } catch (error) {
    result.failures.push(error instanceof Error ? error.message.split('\n')[0]! : String(error));
  }
}

function languageName(element: Element): string | undefined {
  const classes = (element.properties['className'] ?? []) as string[];
  return classes
    .find((each) => each.startsWith('language-'))
    ?.slice('language-'.length)
    .toLowerCase();
}
