import { request, textOf, type RequestFetch } from '../../../protocols/http/index.ts';
import { OutboundError } from '../../outbound/index.ts';
import type { Endpoint, Outcome } from './endpoint.ts';

const ANSWER_MS = 30_000;
/** An answer to Identify has a few kilobytes; of a page, the beginning is enough. */
const MOST_BYTES = 256 * 1024;
/** What is there and only asks to be left in peace (RFC 6585, section 4). */
const TOO_MANY_REQUESTS = 429;
/** Causes that lie at this end of the line, by the codes of the system. */
const NEAR = /\b(ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|EAI_AGAIN)\b/;

/**
 * Asks an endpoint once, without logging in. A repository is up where it answers Identify (OAI-PMH 2.0, section 4.2), another address
 * where it answers with 200.
 * @throws the signal's reason, when it aborts
 */
export async function ask(
  { kind, address }: Endpoint,
  { fetch, signal }: { fetch: RequestFetch; signal: AbortSignal },
): Promise<Outcome> {
  const init: RequestInit = { headers: { accept: kind === 'page' ? 'text/html, */*;q=0.5' : '*/*' } };
  try {
    const limits = { fetch, within: ANSWER_MS, signal };
    return await request(
      kind === 'oai-pmh' ? identifyAt(address) : address,
      init,
      limits,
      async (response) => {
        if (response.status === TOO_MANY_REQUESTS) return { is: 'up' };
        if (response.status !== 200) return answered(`HTTP ${response.status}`);
        const text = await textOf(response, MOST_BYTES);
        if (kind !== 'oai-pmh' || isIdentify(text)) return { is: 'up' };
        return answered('The answer is none to Identify.');
      },
    );
  } catch (error) {
    signal.throwIfAborted();
    return refusal(error);
  }
}

/** A base URL may have a query of its own. */
export function identifyAt(address: string): string {
  const url = new URL(address);
  url.searchParams.set('verb', 'Identify');
  return url.href;
}

/** Enough to tell it from an error, or from a page that is put in its place. */
function isIdentify(text: string): boolean {
  return /<(?:[\w.-]{1,50}:)?Identify[\s>]/.test(text) && /repositoryName/.test(text);
}

function answered(reason: string): Outcome {
  return { is: 'down', reason, isAnswered: true, isNear: false };
}

function refusal(error: unknown): Outcome {
  if (error instanceof Error && error.name === 'TimeoutError') {
    const reason = `No answer within ${ANSWER_MS / 1_000} seconds.`;
    return { is: 'down', reason, isAnswered: false, isNear: false };
  }
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof OutboundError ? error.code : undefined;
  const reason = message.slice(0, 300);
  if (code === 'OUTBOUND_PRIVATE_ADDRESS' || code === 'OUTBOUND_BAD_URL') return { is: 'unknown', reason };
  // Whoever refuses a connection, shows a certificate or sends in a circle is there.
  const isAnswered =
    code === 'OUTBOUND_REFUSED' || code === 'OUTBOUND_CERTIFICATE' || code === 'OUTBOUND_TOO_MANY_REDIRECTS';
  return { is: 'down', reason, isAnswered, isNear: NEAR.test(message) };
}
