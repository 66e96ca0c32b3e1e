import { hostName } from './options.ts';

/** Where a GitHub host answers. */
export interface Addresses {
  /** Pages and git, e.g. `https://github.com`. */
  web: string;
  /** REST. */
  api: string;
}

/** Addresses of github.com, of a tenant of ghe.com, or of a GitHub Enterprise Server. */
export function addressesOf(host: string): Addresses {
  const name = hostName(host);
  if (name === 'github.com') return { web: 'https://github.com', api: 'https://api.github.com' };
  if (name.endsWith('.ghe.com')) return { web: `https://${name}`, api: `https://api.${name}` };
  const web = `${/^http:/i.test(host) ? 'http' : 'https'}://${name}`;
  return { web, api: `${web}/api/v3` };
}
