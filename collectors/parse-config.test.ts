import { expect, test } from 'vitest';
import * as z from 'zod';
import { definePlugin } from '../plugins/types.ts';
import { CallboardError } from './callboard-error.ts';
import { parseConfig } from './parse-config.ts';

const local = { type: 'local', root: './repositories' };

const wrong: [what: string, config: unknown, message: string][] = [
  ['no export', undefined, 'the default export: expected object, found nothing'],
  ['no sources', {}, 'sources: expected array, found nothing'],
  ['empty sources', { sources: [] }, 'sources: expected at least 1 entry, found an array'],
  [
    'a misspelt key',
    { sources: [local], titel: 'Acme' },
    'titel: unknown key, expected one of title, url, base, offline, sources, plugins, extensions. Did you mean `title`?',
  ],
  [
    'a misspelt key of a source',
    { sources: [{ ...local, repositorys: '*' }] },
    'sources[0].repositorys: unknown key, expected one of type, id, root, repositories, catalogFiles, owner, url, branch. Did you mean `repositories`?',
  ],
  [
    'an unknown source',
    { sources: [{ type: 'locale', root: '.' }] },
    'sources[0].type: expected one of local, github, found "locale". Did you mean `local`?',
  ],
  ['a wrong type', { sources: [local], title: 7 }, 'title: expected string, found 7'],
  [
    'a base without slashes',
    { sources: [local], base: 'portal' },
    'base: expected a path that starts and ends with a slash, e.g. /portal/, found "portal"',
  ],
  [
    'an address of another scheme',
    { sources: [local], url: 'ftp://x' },
    'url: expected a valid URL, found "ftp://x"',
  ],
];

test.each(wrong)('%s is refused', (_what, config, message) => {
  expect(messageOf(config).split('\n  ')[1]).toBe(message);
});

test('an unknown plugin is refused, with the one that was meant', () => {
  const message = messageOf({ sources: [local], plugins: { catalogue: {} } });

  expect(message).toContain('plugins.catalogue: unknown key, expected one of catalog');
  expect(message).toContain('Did you mean `catalog`?');
});

test('an unknown option of a plugin is refused', () => {
  const rota = definePlugin({
    name: 'rota',
    title: 'Rota',
    options: z.strictObject({ weeks: z.number().default(4) }),
  });

  const message = messageOf({
    sources: [local],
    extensions: [rota],
    plugins: { rota: { week: 2 } },
  });

  expect(message).toContain(
    'plugins.rota.week: unknown key, expected one of weeks. Did you mean `weeks`?',
  );
});

test('a mistake stops with exit code 2', () => {
  expect(errorOf({}).code).toBe(2);
});

test('defaults are filled in', () => {
  const config = parseConfig({ sources: [local] });

  expect(config.title).toBe('Callboard');
  expect(config.base).toBe('/');
  expect(config.sources[0]).toMatchObject({ repositories: '*', owner: 'local', branch: 'main' });
});

test('a plugin can be switched off', () => {
  const config = parseConfig({ sources: [local], plugins: { catalog: false } });

  expect(config.plugins.map((plugin) => plugin.name)).not.toContain('catalog');
});

test('an extension runs after the plugins it names, and its options are parsed', () => {
  const rota = definePlugin({ name: 'rota', title: 'Rota', after: ['catalog'] });

  const config = parseConfig({ sources: [local], extensions: [rota] });

  expect(config.plugins.map((plugin) => plugin.name).slice(-1)).toEqual(['rota']);
});

test('an extension may not take the name of another plugin', () => {
  const message = messageOf({
    sources: [local],
    extensions: [definePlugin({ name: 'catalog', title: 'Mine' })],
  });

  expect(message).toContain('extensions[0].name: a plugin called `catalog` exists already');
});

test('plugins that wait for each other are refused', () => {
  const extensions = [
    definePlugin({ name: 'left', title: 'Left', after: ['right'] }),
    definePlugin({ name: 'right', title: 'Right', after: ['left'] }),
  ];

  expect(messageOf({ sources: [local], extensions })).toBe(
    'The plugin left comes after itself: look at `after`.',
  );
});

function errorOf(config: unknown): CallboardError {
  try {
    parseConfig(config);
  } catch (error) {
    if (error instanceof CallboardError) return error;
    throw error;
  }
  throw new Error('The configuration was accepted');
}

function messageOf(config: unknown): string {
  return errorOf(config).message;
}
