/** Every line end breaks the line (nl2br). */
import type { InlineRule } from '../dialect/rules.ts';

export const hardBreaks: InlineRule = {
  name: 'hard-break',
  priority: 5,
  triggers: ['\n'],
  pattern: /\n/gu,
  run: (match) => ({ node: { type: 'break' }, start: match.index, end: match.index + 1 }),
};
