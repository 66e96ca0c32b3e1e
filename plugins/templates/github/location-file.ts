import { isMap, isScalar, isSeq, parseAllDocuments, stringify, type YAMLSeq } from 'yaml';

import { TemplateError } from '../engine/index.ts';

const firstLocation = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Location',
  metadata: {
    name: 'registered',
    description: 'Catalog files of repositories the portal does not find by itself.',
  },
  spec: { targets: [] as string[] },
};

/**
 * A catalog file with one target more, in its first Location that lists targets, or in a new one at its end. The rest of
 * the text stays as people wrote it. Undefined when the target is there already.
 */
export function withTarget(text: string, target: string, name: string): string | undefined {
  const parsed = parseAllDocuments(text, { logLevel: 'silent' });
  const documents = Array.isArray(parsed) ? parsed : [];
  const broken = documents.find(({ errors }) => errors.length > 0);
  if (broken) {
    throw new TemplateError(
      `Cannot add to ${name}: it is not YAML (${broken.errors[0]!.message.split('\n')[0]}). Correct it and run again`,
    );
  }
  const lists = documents.flatMap(({ contents }) => {
    if (!isMap(contents) || (contents.get('kind') as unknown) !== 'Location') return [];
    const list = contents.getIn(['spec', 'targets']);
    return isSeq(list) ? [list] : [];
  });
  if (lists.some(({ items }) => items.some((item) => isScalar(item) && item.value === target)))
    return undefined;
  const open = lists.find((list) => !list.flow && list.items.length > 0);
  return open ? inserted(text, open, target) : appended(text, target);
}

function inserted(text: string, list: YAMLSeq, target: string): string {
  const { range } = list.items.at(-1) as { range: [number, number, number] };
  const lineStart = text.lastIndexOf('\n', range[0] - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart))![0];
  const lineEnd = text.indexOf('\n', range[1]);
  const before = lineEnd === -1 ? `${text}\n` : text.slice(0, lineEnd + 1);
  const after = lineEnd === -1 ? '' : text.slice(lineEnd + 1);
  return `${before}${indent}- ${target}\n${after}`;
}

function appended(text: string, target: string): string {
  const location = stringify({ ...firstLocation, spec: { targets: [target] } });
  return text.trim() === '' ? location : `${text.replace(/\n*$/, '\n')}---\n${location}`;
}
