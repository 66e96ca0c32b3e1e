import * as z from 'zod';
import { builtIns } from '../plugins/index.ts';
import type { AnyPlugin } from '../plugins/types.ts';
import { CallboardError, exitCode } from './callboard-error.ts';
import { describeIssues } from './config-issues.ts';
import { configSchema, type Config } from './config-schema.ts';
import { orderPlugins } from './plugin-order.ts';

/** Turns what a configuration file exports into a Config. */
export function parseConfig(value: unknown, path = 'callboard.config.ts'): Config {
  const extensions = readExtensions(value, path);
  const schema = configSchema(extensions);
  const result = schema.safeParse(value);
  if (!result.success) {
    throw new CallboardError(
      exitCode.usage,
      `${path} is not valid.\n${describeIssues(result.error, schema, value)}`,
    );
  }
  const { title, url, base, offline, sources, plugins } = result.data;
  const options: Record<string, unknown> = plugins;
  const on = [...builtIns, ...extensions].filter((plugin) => options[plugin.name] !== false);
  return {
    title,
    url,
    base,
    offline,
    sources,
    plugins: orderPlugins(on),
    options: Object.fromEntries(
      on.map((plugin) => [plugin.name, optionsOf(plugin, options[plugin.name], path)]),
    ),
  };
}

/** Options left out take the schema's defaults; a plugin with a required option must be given it. */
function optionsOf(plugin: AnyPlugin, given: unknown, path: string): unknown {
  if (!plugin.options || given !== undefined) return given ?? {};
  const result = plugin.options.safeParse({});
  if (result.success) return result.data;
  const wrapped = z.strictObject({ plugins: z.strictObject({ [plugin.name]: plugin.options }) });
  const issues = wrapped.safeParse({ plugins: { [plugin.name]: {} } });
  const text = issues.error ? describeIssues(issues.error, wrapped, {}) : '';
  throw new CallboardError(
    exitCode.usage,
    `${path} is not valid.\n${text}`,
    `Give the plugin its options, or switch it off: plugins: { ${plugin.name}: false }`,
  );
}

function readExtensions(value: unknown, path: string): readonly AnyPlugin[] {
  const listed = (value as { extensions?: unknown } | null | undefined)?.extensions ?? [];
  if (!Array.isArray(listed)) return [];
  const taken = new Set(builtIns.map((plugin) => plugin.name));
  for (const [index, plugin] of listed.entries()) {
    const name: unknown = plugin?.name;
    if (
      typeof name !== 'string' ||
      !/^[a-z][a-z0-9-]*$/.test(name) ||
      typeof plugin.title !== 'string'
    ) {
      throw new CallboardError(
        exitCode.usage,
        `${path} is not valid.\n  extensions[${index}]: expected a plugin with a lower-case \`name\` and a \`title\``,
        'Export it with definePlugin({ name, title, … }) from callboard/plugin.',
      );
    }
    if (taken.has(name)) {
      throw new CallboardError(
        exitCode.usage,
        `${path} is not valid.\n  extensions[${index}].name: a plugin called \`${name}\` exists already`,
      );
    }
    taken.add(name);
  }
  return listed;
}
