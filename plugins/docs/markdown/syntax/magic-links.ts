/** Addresses that stand in the text bare become links. */
import type { InlineResult, InlineRule } from '../dialect/rules.ts';

export const magicLinks: readonly InlineRule[] = [
  {
    name: 'magic-link',
    priority: 85,
    triggers: ['://', 'www.', 'WWW.'],
    pattern:
      /(?<![\p{L}\p{N}])((?:(?:ht|f)tps?:\/\/[\p{L}\p{N}][-\p{L}\p{N}_]*(?:\.[-\p{L}\p{N}_.]+)*|(w{3}\.)[\p{L}\p{N}][-\p{L}\p{N}_]*(?:\.[-\p{L}\p{N}_.]+)*)\/?[-\p{L}\p{N}_.?,!'(){}[\]/+&@%$#=:"|~;]*(?:[\p{L}\p{N}]|[-/#@$+=]))/giu,
    notIn: ['link'],
    run: address,
  },
  {
    name: 'magic-mail',
    priority: 84.9,
    triggers: ['@'],
    pattern:
      /(?<![-/+@a-z\d_])([-+a-z\d_](?:[-a-z\d_+]|\.(?!\.))*(?<!\.)@(?:[-a-z\d_]+\.)(?:[-a-z\d_]|(?<!\.)\.(?!\.))*[a-z])(?![\p{L}\p{N}_])(?![-@])/giu,
    notIn: ['link'],
    run: mail,
  },
];

function address(match: RegExpExecArray): InlineResult {
  const text = match[1]!;
  return link(match, match[2] ? `http://${text}` : text);
}

function mail(match: RegExpExecArray): InlineResult {
  return link(match, `mailto:${match[1]}`);
}

function link(match: RegExpExecArray, url: string): InlineResult {
  return {
    node: { type: 'link', url, children: [{ type: 'text', value: match[1]! }] },
    start: match.index,
    end: match.index + match[0].length,
  };
}
