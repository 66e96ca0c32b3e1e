import { describe, expect, test } from 'vitest';
import { builtIns } from '../../plugins/index.ts';

/** What every plugin must be, whatever it does. */
describe.each(builtIns.map((plugin) => [plugin.name, plugin] as const))('%s', (name, plugin) => {
  test('its addresses are lower-case and end with a slash', () => {
    const paths = [...(plugin.pages ?? []), ...(plugin.nav ?? [])].map((page) => page.path);

    for (const path of paths) expect(path).toMatch(/^\/([a-z0-9-]+\/|\[(\.\.\.)?\w+\]\/)*$/);
  });

  test('its problem codes are its own, and each says why and what to do', () => {
    for (const [code, kind] of Object.entries(plugin.problems ?? {})) {
      expect(code).toMatch(new RegExp(`^${name}/[a-z0-9-]+$`));
      for (const text of [kind.title, kind.explain, kind.fix])
        expect(text.trim(), code).not.toBe('');
    }
  });

  test('it loads where it says it runs', async () => {
    for (const load of [plugin.collect, plugin.model, plugin.check]) {
      if (load) expect(typeof (await load()).default).toBe('function');
    }
    for (const command of plugin.commands ?? [])
      expect(typeof (await command.load()).default).toBe('function');
  });

  test('it comes after plugins that exist', () => {
    const names = builtIns.map((each) => each.name);

    for (const earlier of plugin.after ?? []) expect(names).toContain(earlier);
  });
});
