import * as z from 'zod';
import { builtIns } from '../plugins/index.ts';
import type { AnyPlugin } from '../plugins/types.ts';
import { SourceOptions } from './sources/index.ts';

/** `callboard.config.ts` as written. */
export interface ConfigInput {
  /** Name of the portal, shown in its header. Default `Callboard`. */
  title?: string;
  /** Address the portal is published at, for feeds and absolute links. Example: `https://portal.acme.example`. */
  url?: string;
  /** Path the portal lives below on its host. Example: `/portal/`. Default `/`. */
  base?: string;
  /**
   * Whether browsers may keep pages for reading offline. `false` is also the switch that takes back what they keep.
   * Default `true`.
   */
  offline?: boolean;
  /** Where repositories come from; of two entities with one name, the earlier source's stands. */
  sources: z.input<typeof SourceOptions>[];
  /** Options of plugins by name; `false` switches one off. Example: `{ kubernetes: { clusters: [] }, costs: false }`. */
  plugins?: Record<string, unknown>;
  /** Plugins of the organisation's own. */
  extensions?: AnyPlugin[];
}

/** The configuration with its defaults, and the plugins that are on, in the order they run. */
export interface Config {
  title: string;
  url: string | undefined;
  base: string;
  offline: boolean;
  sources: SourceOptions[];
  plugins: readonly AnyPlugin[];
  /** Parsed options by plugin name. */
  options: Readonly<Record<string, unknown>>;
}

/** The strict schema of a configuration that has these extensions. */
export function configSchema(extensions: readonly AnyPlugin[]) {
  const options = Object.fromEntries(
    [...builtIns, ...extensions].map((plugin) => [
      plugin.name,
      z.union([z.literal(false), plugin.options ?? z.strictObject({})]).optional(),
    ]),
  );
  return z.strictObject({
    title: z
      .string()
      .min(1)
      .default('Callboard')
      .describe('Name of the portal, shown in its header.'),
    url: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('Address the portal is published at, for feeds and absolute links.'),
    base: z
      .string()
      .regex(
        /^\/([\w.~-]+\/)*$/,
        'expected a path that starts and ends with a slash, e.g. /portal/',
      )
      .default('/')
      .describe('Path the portal lives below on its host.'),
    offline: z
      .boolean()
      .default(true)
      .describe('Whether browsers may keep pages for reading offline.'),
    sources: z.array(SourceOptions).min(1).describe('Where repositories come from.'),
    plugins: z
      .strictObject(options)
      .default({})
      .describe('Options of plugins by name; false switches one off.'),
    extensions: z
      .custom<readonly AnyPlugin[]>(Array.isArray, 'expected an array of plugins')
      .default([])
      .describe("Plugins of the organisation's own."),
  });
}
