/** Why a request failed, in our words: bodies of API servers are never shown, they may hold anything. */
export class RequestError extends Error {
  readonly reason: string;
  readonly hint: string;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** Seconds the server asks us to wait. */
  readonly retryAfter: number | undefined;
  /** Token to go on with after 410. */
  readonly nextToken: string | undefined;

  constructor(
    reason: string,
    message: string,
    hint: string,
    more: { status?: number; retryAfter?: number | undefined; nextToken?: string | undefined } = {},
  ) {
    super(message);
    this.name = 'RequestError';
    this.reason = reason;
    this.hint = hint;
    this.status = more.status ?? 0;
    this.retryAfter = more.retryAfter;
    this.nextToken = more.nextToken;
  }
}

const answers: Record<number, [string, string, string]> = {
  400: [
    'BadRequest',
    'the API server calls the request wrong',
    'Report it: the collector asks for something this server does not know.',
  ],
  401: [
    'Unauthorized',
    'the credentials are not accepted',
    'The token has expired or belongs to another cluster: make a new one.',
  ],
  403: [
    'Forbidden',
    'the account may not read this',
    'Print the rights needed with `callboard kubernetes rbac`.',
  ],
  404: ['NotFound', 'the API server does not serve this', 'The kind is not installed there.'],
  410: [
    'Expired',
    'the list changed too much while it was read',
    'Try again; raise `limits.page` if it stays.',
  ],
  429: [
    'TooManyRequests',
    'the API server asks to slow down',
    'Lower `limits.parallel`, or raise the priority level of the account.',
  ],
};

/** The error for an answer that is not 200. */
export function answerError(
  status: number,
  headers: { 'retry-after'?: string | undefined },
  body: string,
): RequestError {
  const [reason, message, hint] = answers[status] ?? [
    status >= 500 ? 'ServerError' : 'UnexpectedAnswer',
    `the API server answered ${status}`,
    'It may be restarting: try again.',
  ];
  const retry = Number(headers['retry-after']);
  return new RequestError(reason, message, hint, {
    status,
    retryAfter: Number.isFinite(retry) && retry > 0 ? retry : undefined,
    nextToken: status === 410 ? tokenIn(body) : undefined,
  });
}

function tokenIn(body: string): string | undefined {
  try {
    const token = (JSON.parse(body) as { metadata?: { continue?: unknown } }).metadata?.continue;
    return typeof token === 'string' && token !== '' ? token : undefined;
  } catch {
    return undefined;
  }
}

/** The error for a connection that came to nothing. */
export function networkError(error: unknown): RequestError {
  if (error instanceof RequestError) return error;
  const { code = '', name = '', message = '' } = (error ?? {}) as NodeJS.ErrnoException;
  if (name === 'TimeoutError' || name === 'AbortError' || code === 'ETIMEDOUT')
    return new RequestError(
      'Timeout',
      'no answer in time',
      'Is the API server reachable from here? A firewall that drops packets looks like this.',
    );
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new RequestError(
      'NameNotFound',
      'its host name is not known',
      'Check the address of the cluster and the name servers of this machine.',
    );
  if (code === 'ECONNREFUSED')
    return new RequestError(
      'Refused',
      'nothing listens at its address',
      'Check the address and the port of the cluster.',
    );
  if (code === 'CERT_HAS_EXPIRED')
    return new RequestError(
      'CertificateExpired',
      'its certificate has expired',
      'Renew the certificate of the API server.',
    );
  if (/SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/.test(code))
    return new RequestError(
      'CertificateNotTrusted',
      'its certificate is of another authority than the configured one',
      'Give the certificate authority of this cluster.',
    );
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return new RequestError(
      'CertificateName',
      'its certificate is for another host name',
      'Use a name or an address the certificate is for.',
    );
  if (code.startsWith('ERR_SSL') || code === 'EPROTO')
    return new RequestError(
      'Tls',
      'it does not speak TLS as expected',
      'Check that the address begins with the right one of http and https.',
    );
  if (code === 'ECONNRESET' || code === 'EPIPE' || /socket hang up|aborted/.test(message))
    return new RequestError(
      'ConnectionLost',
      'the connection broke off',
      'The API server may be restarting: try again.',
    );
  if (code === 'ENOENT' || /spawn|exec/.test(message))
    return new RequestError(
      'CredentialPlugin',
      'the program that gives the credentials could not be run',
      'Install the exec plugin named in the kubeconfig on this machine.',
    );
  if (error instanceof SyntaxError)
    return new RequestError(
      'NotJson',
      'the answer is not JSON',
      'Something else than an API server answers at this address.',
    );
  return new RequestError(
    'Failed',
    'the request failed',
    `Unexpected: ${code || name || 'no code'}. Run \`callboard kubernetes doctor\`.`,
  );
}
