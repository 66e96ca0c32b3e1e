/** What a command line that calls an operation is made of. */
export interface Call {
  method: string;
  server: string;
  address: string;
  parameters: readonly { name: string; place: string; isRequired: boolean }[];
  body?: unknown;
  contentType?: string | undefined;
}

const longestBody = 1_500;

/** A command line for a POSIX shell; what has to be filled in stands in braces, as in the path. */
export function curlOf(call: Call): string {
  const { method, server, address, parameters, body, contentType } = call;
  const needed = parameters.filter(({ isRequired }) => isRequired);
  const query = needed
    .filter(({ place }) => place === 'query')
    .map(({ name }) => `${encodeURIComponent(name)}={${name}}`)
    .join('&');
  const url = `${server.replace(/\/$/, '')}${address}${query ? `?${query}` : ''}`;
  const lines = [`curl ${method === 'GET' ? '' : `-X ${method} `}${quoted(url)}`];
  for (const { name, place } of needed)
    if (place === 'header') lines.push(`-H ${quoted(`${name}: {${name}}`)}`);
  if (contentType !== undefined && body !== undefined) {
    lines.push(`-H ${quoted(`Content-Type: ${contentType}`)}`);
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    lines.push(`-d ${text.length > longestBody ? '@body.json' : quoted(text)}`);
  }
  return lines.join(' \\\n  ');
}

/** The text as one word of a shell, whatever it holds. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
