/** How markdown_inline_graphviz and plantuml_markdown have diagrams written, besides as fences of their language. */
import type { SourceRule } from '../dialect/rules.ts';

const programs = 'dot|neato|fdp|sfdp|twopi|circo';
/** ```` ```graphviz neato graph.svg ````: the program, and a file nobody asks for. */
const graphvizFence = new RegExp(
  `^([ \\t]*\`{3})graphviz[ \\t]+(${programs})[ \\t]+\\S+[ \\t]*$`,
  'gmu',
);
/** `{% neato graph.svg` to `%}`. */
const graphvizTag = new RegExp(
  `^\\{%[ \\t]*(${programs})[ \\t]+\\S+[ \\t]*\\n([^]*?)^%\\}[ \\t]*$`,
  'gmu',
);
/** Formats, sizes and classes are for a picture that a server makes. */
const plantumlFence = /^([ \t]*`{3})(?:plantuml|puml|uml)[ \t]+\S.*$/gmu;
const plantumlTag = /^::uml::.*\n([^]*?)^::end-uml::[ \t]*$/gmu;

/** Before fences are read: all of them become one. */
export const diagramBlocks: SourceRule = {
  name: 'diagram-blocks',
  priority: 30,
  run(source) {
    if (!/graphviz|uml|^\{%/mu.test(source)) return source;
    return source
      .replace(graphvizFence, '$1graphviz-$2')
      .replace(graphvizTag, '```graphviz-$1\n$2```')
      .replace(plantumlFence, '$1plantuml')
      .replace(plantumlTag, '```plantuml\n$1```');
  },
};
