/** What an organisation's `callboard.config.ts` imports from 'callboard'. */
import type { ConfigInput } from './config-schema.ts';

export { definePlugin } from '../plugins/types.ts';

/** Types a configuration; returns it unchanged. */
export function defineConfig(config: ConfigInput): ConfigInput {
  return config;
}
