declare module 'virtual:callboard/extensions' {
  import type { AnyPlugin } from '../../plugins/types.ts';

  /** The plugins of the organisation's own that callboard.config.ts lists. */
  const extensions: readonly AnyPlugin[];
  export default extensions;
}
