/** How a thing is doing. `unknown` is nothing known or too old to trust: never shown as healthy. */
export type Tone = 'ok' | 'warn' | 'error' | 'info' | 'unknown';
