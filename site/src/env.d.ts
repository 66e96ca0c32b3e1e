declare module 'virtual:callboard/configuration' {
  /** What callboard.config.ts exports; not yet parsed. */
  const configuration: unknown;
  export default configuration;
  /** The organisation's folder. */
  export const directory: string;
  /** Path the portal lives below, with a slash at both ends. */
  export const base: string;
}
