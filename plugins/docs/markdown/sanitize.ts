/**
 * What may stand in a page that anyone can write. An element, attribute, class or scheme that is not named here goes.
 * Pages obey a policy without inline styles and scripts, so neither is ever needed.
 */
import type { Element, ElementContent, Root } from 'hast';
import type { Schema } from 'hast-util-sanitize';

const svgTags =
  'svg g path circle ellipse rect line polyline polygon text tspan defs linearGradient radialGradient stop clipPath title desc marker';
const htmlTags =
  'a abbr address article aside b bdi bdo blockquote br caption center cite code col colgroup dd del details dfn div dl dt em ' +
  'figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i iframe img input ins kbd label li main mark nav ol p picture pre q rp rt ' +
  'ruby s samp section small source span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var video wbr';

const svgAttributes =
  'viewBox width height fill stroke strokeWidth strokeLinecap strokeLinejoin strokeDasharray d x y x1 x2 y1 y2 cx cy r rx ry ' +
  'points transform opacity fillOpacity strokeOpacity fillRule clipRule offset stopColor stopOpacity gradientUnits ' +
  'gradientTransform textAnchor fontSize fontFamily fontWeight dominantBaseline preserveAspectRatio role ariaHidden ariaLabel';

/** Schemes a link may have; no scheme at all is always fine. */
export const linkSchemes =
  'http https mailto tel sms ftp ftps xmpp irc ircs matrix slack msteams vscode callto'.split(' ');

/** Classes that mean something in a docs page; others could borrow the looks of the portal around it. */
const classes: (string | RegExp)[] = [
  ...(
    'admonition admonition-title tabbed-set tabbed-block tabbed-label tabbed-selected footnote ' +
    'footnote-ref footnote-backref task-list task-list-item toc arithmatex critic comment keys icon emoji ' +
    'unrendered mermaid annotate grid cards card md-button md-button--primary inline end result ' +
    'headerlink definition center right left hidden-label no-copy linenums note abstract summary tldr ' +
    'info todo tip hint important success check done question help faq warning caution attention failure ' +
    'fail missing danger error bug example quote cite seealso deprecated new experimental lg xl middle ' +
    'twemoji'
  ).split(' '),
  /^language-/u,
  /^key-[a-z-]+$/u,
];

const anywhere = [
  'id',
  'title',
  'lang',
  'dir',
  'ariaLabel',
  'ariaHidden',
  'role',
  ['className', ...classes],
];

export const schema: Schema = {
  tagNames: [...htmlTags.split(' '), ...svgTags.split(' ')],
  strip: ['script', 'style'],
  allowComments: false,
  allowDoctypes: false,
  ancestors: {
    td: ['table'],
    th: ['table'],
    tr: ['table'],
    tbody: ['table'],
    thead: ['table'],
    tfoot: ['table'],
    ...Object.fromEntries(
      svgTags
        .split(' ')
        .filter((tag) => tag !== 'svg')
        .map((tag) => [tag, ['svg']]),
    ),
  },
  attributes: {
    '*': anywhere as never,
    a: ['href', 'download', 'name'],
    img: ['src', 'srcSet', 'alt', 'width', 'height', 'align', ['loading', 'lazy', 'eager']],
    source: ['srcSet', 'media', 'src', 'type'],
    video: ['src', 'controls', 'width', 'height', 'loop', 'muted', 'poster'],
    iframe: ['src', 'width', 'height', 'allowFullScreen'],
    input: [['type', 'checkbox'], 'checked', ['disabled', true]],
    ol: ['start', 'type', 'reversed'],
    li: ['value'],
    details: ['open'],
    code: ['dataInfo', 'dataMeta'],
    pre: ['dataInfo'],
    span: ['dataIcon'],
    td: ['align', 'vAlign', 'colSpan', 'rowSpan', 'width'],
    th: ['align', 'vAlign', 'colSpan', 'rowSpan', 'width', 'scope'],
    p: ['align'],
    div: ['align'],
    h1: ['align'],
    h2: ['align'],
    h3: ['align'],
    h4: ['align'],
    h5: ['align'],
    h6: ['align'],
    col: ['span', 'width'],
    colgroup: ['span'],
    time: ['dateTime'],
    blockquote: ['cite'],
    q: ['cite'],
    table: ['align', 'width', 'border'],
    ...Object.fromEntries(svgTags.split(' ').map((tag) => [tag, svgAttributes.split(' ')])),
  },
  protocols: {
    // `entity:` is our own and never reaches a page: it is resolved with the other links.
    href: [...linkSchemes, 'entity'],
    src: ['http', 'https', 'data'],
    srcSet: ['http', 'https'],
    poster: ['http', 'https'],
    cite: ['http', 'https'],
  },
  required: { input: { disabled: true } },
  clobber: [],
};

const mostDepth = 200;
/** Pictures in the text itself; other `data:` addresses can hold scripts. */
const inlinePicture = /^data:image\/(?:png|jpeg|gif|webp|avif);base64,[a-z0-9+/=\s]*$/iu;
/** References inside a drawing would reach other parts of the page or the network. */
const svgReference = /url\s*\(|javascript:|expression\s*\(/iu;

/** What a list of allowed names cannot say: hosts of iframes, kinds of `data:`, ids that stand for built-in names. */
export function cleanUp(root: Root, iframeHosts: readonly string[]): void {
  visit(root, 0);

  function visit(node: Root | Element, depth: number): void {
    node.children = node.children.filter(
      (child) => child.type !== 'element' || keep(child),
    ) as ElementContent[];
    for (const child of node.children) {
      if (child.type !== 'element') continue;
      if (depth >= mostDepth) child.children = [];
      else visit(child, depth + 1);
    }
  }

  function keep(element: Element): boolean {
    const { properties } = element;
    fixId(element);
    if (Array.isArray(properties['className']) && properties['className'].length === 0) {
      delete properties['className'];
    }
    const src = properties['src'];
    if (typeof src === 'string' && /^\s*data:/iu.test(src) && !isPicture(element, src)) {
      delete properties['src'];
    }
    for (const [key, value] of Object.entries(properties)) {
      if (typeof value === 'string' && svgReference.test(value) && svgOnly.has(key)) {
        delete properties[key];
      }
    }
    if (element.tagName === 'input') return properties['type'] === 'checkbox';
    return element.tagName !== 'iframe' || isAllowedFrame(properties['src']);
  }

  function isAllowedFrame(src: unknown): boolean {
    if (typeof src !== 'string' || !URL.canParse(src)) return false;
    const url = new URL(src);
    return url.protocol === 'https:' && iframeHosts.includes(url.host);
  }
}

const svgOnly = new Set(['fill', 'stroke', 'transform', 'd', 'fontFamily']);

function isPicture(element: Element, src: string): boolean {
  return element.tagName === 'img' && inlinePicture.test(src.trim());
}

/** Elements that appear as properties of the document by their id or name. */
const named = new Set(['img', 'iframe', 'input', 'video']);

function fixId(element: Element): void {
  const { properties } = element;
  const { name } = properties;
  delete properties['name'];
  if (typeof name === 'string' && properties['id'] === undefined) properties['id'] = name;
  const { id } = properties;
  if (id === undefined) return;
  const text = String(id);
  if (named.has(element.tagName) || !/^[^\s<>"'`]+$/u.test(text) || text in Object.prototype) {
    delete properties['id'];
  }
}
