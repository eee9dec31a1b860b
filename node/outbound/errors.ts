import { NgrError } from '../../vocab/errors.ts';

/**
 * Why a request to another machine was not made, or had no answer.
 *
 * - `OUTBOUND_BAD_URL`: not an absolute `http` or `https` address.
 * - `OUTBOUND_PRIVATE_ADDRESS`: the host lies in a private network, on this machine or in a reserved range, and the
 *   operator has not named it.
 * - `OUTBOUND_TOO_MANY_REDIRECTS`: sent on more often than the limit, or in a circle.
 * - `OUTBOUND_UNKNOWN_HOST`: the name has no address.
 * - `OUTBOUND_REFUSED`: the machine is there, nothing listens at the port.
 * - `OUTBOUND_CERTIFICATE`: the TLS certificate is not valid.
 * - `OUTBOUND_TIMEOUT`: no connection or no answer in time.
 * - `OUTBOUND_FAILED`: broken off in another way.
 */
export type OutboundErrorCode =
  | 'OUTBOUND_BAD_URL'
  | 'OUTBOUND_PRIVATE_ADDRESS'
  | 'OUTBOUND_TOO_MANY_REDIRECTS'
  | 'OUTBOUND_UNKNOWN_HOST'
  | 'OUTBOUND_REFUSED'
  | 'OUTBOUND_CERTIFICATE'
  | 'OUTBOUND_TIMEOUT'
  | 'OUTBOUND_FAILED';

const remedies: Record<OutboundErrorCode, string> = {
  OUTBOUND_BAD_URL: 'Write the whole address, beginning with https:// or http://.',
  OUTBOUND_PRIVATE_ADDRESS:
    'If this host is yours and meant to be reached, name it, with its port, in the configuration.',
  OUTBOUND_TOO_MANY_REDIRECTS:
    'Open the address in a browser and put the one it ends at in the configuration.',
  OUTBOUND_UNKNOWN_HOST: 'Check the spelling of the host name, and the DNS of this machine.',
  OUTBOUND_REFUSED: 'Check the port in the address, and that the service there is running.',
  OUTBOUND_CERTIFICATE:
    "Have the host's administrator renew the certificate; a browser shows what is wrong with it.",
  OUTBOUND_TIMEOUT: 'The host is slow or a firewall is in between: try again later, or raise the time limit.',
  OUTBOUND_FAILED: 'Try again; if it stays, open the address in a browser on this machine.',
};

/** A request to another machine that was refused here or failed on its way. */
export class OutboundError extends NgrError {
  declare readonly code: OutboundErrorCode;

  constructor(
    code: OutboundErrorCode,
    message: string,
    options: { details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(code, message, { remedy: remedies[code], ...options });
  }
}

/** Codes of Node and undici, by what they mean for the operator; the first pattern that fits counts. */
const meanings: readonly { pattern: RegExp; code: OutboundErrorCode; what: string }[] = [
  { pattern: /^(ENOTFOUND|EAI_\w+)$/, code: 'OUTBOUND_UNKNOWN_HOST', what: 'has a name that leads nowhere' },
  { pattern: /^ECONNREFUSED$/, code: 'OUTBOUND_REFUSED', what: 'refuses the connection' },
  { pattern: /TIMEOUT|ETIMEDOUT/, code: 'OUTBOUND_TIMEOUT', what: 'did not answer in time' },
  {
    pattern: /CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO|HOSTNAME_MISMATCH/,
    code: 'OUTBOUND_CERTIFICATE',
    what: 'has a certificate that is not valid',
  },
];

/** What a failed request means: the `OutboundError` in its chain of causes, or one by the codes found there. */
export function outboundError(url: string, error: unknown): OutboundError {
  const chain = causes(error);
  const known = chain.find((cause) => cause instanceof OutboundError);
  if (known !== undefined) return known;
  const codes = chain.flatMap((cause) => ('code' in cause ? [String(cause.code)] : []));
  const reason = codes.length > 0 ? codes.join(', ') : (chain.at(-1)?.message ?? String(error));
  for (const { pattern, code, what } of meanings) {
    if (codes.some((text) => pattern.test(text))) {
      return new OutboundError(code, `${url} ${what} (${reason}).`, { cause: error });
    }
  }
  return new OutboundError('OUTBOUND_FAILED', `${url} could not be read: ${reason}.`, { cause: error });
}

/** The error and what caused it; of several addresses that were tried, all. */
function causes(error: unknown): Error[] {
  if (!(error instanceof Error)) return [];
  const several = error instanceof AggregateError ? error.errors.flatMap((one: unknown) => causes(one)) : [];
  return [error, ...several, ...causes(error.cause)];
}
