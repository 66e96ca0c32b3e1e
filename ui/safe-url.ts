const schemes = new Set(['http:', 'https:', 'mailto:', 'tel:', 'slack:', 'msteams:', 'vscode:']);

/** The address when it is absolute and of a scheme that cannot run code, else undefined. For every link a contributor wrote. */
export function safeUrl(address: string | undefined): string | undefined {
  if (!address) return undefined;
  if (!URL.canParse(address.trim())) return undefined;
  const url = new URL(address.trim());
  return schemes.has(url.protocol) ? url.href : undefined;
}

/** The part of an address people recognise: its host, or what follows `mailto:`. */
export function urlHost(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  return url.host || url.pathname;
}
