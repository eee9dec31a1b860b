import { charsetOf } from '../../../../vocab/xml/index.ts';
import { FullTextError } from '../errors.ts';
import { webAddress, type PoliteClient } from './polite-client.ts';
import { checkAnswer } from './refusals.ts';
import type { Answer } from './requests.ts';
import type { Spool, Spooled } from './spool.ts';

const MOST_BYTES = 100 * 1024 * 1024;
const PACE = { windowMs: 60_000, windows: 5, bytes: 60_000 };
const ACCEPT = 'application/pdf, text/html;q=0.8, application/xml;q=0.8, */*;q=0.5';
const LONGEST_VALIDATOR = 300;

/** By what a file is known to have changed (RFC 9110, section 8.8). */
export interface Validators {
  etag?: string;
  lastModified?: string;
}

export interface FetchedFile extends Validators {
  spooled: Spooled;
  charset?: string;
}

/**
 * Fetches a file, unless it is what it was.
 * @throws FullTextError, HostPaused, or the signal's reason
 */
export async function fetchFile(
  client: PoliteClient,
  options: { url: string; known: Validators; spool: Spool },
  signal: AbortSignal,
): Promise<FetchedFile | 'not-modified'> {
  const { known, spool } = options;
  const url = webAddress(options.url);
  const headers = {
    accept: ACCEPT,
    ...(known.etag !== undefined && { 'if-none-match': known.etag }),
    ...(known.lastModified !== undefined && { 'if-modified-since': known.lastModified }),
  };
  return await client.get(
    { url, headers, pace: PACE },
    async (answer) => {
      if (answer.status === 304) return 'not-modified';
      checkAnswer(url, answer);
      if (Number(answer.headers.get('content-length')) > MOST_BYTES) throw tooLarge(url);
      const charset = charsetOf(answer.headers.get('content-type'));
      return {
        spooled: await spool.take(bounded(answer)),
        ...validatorsOf(answer.headers),
        ...(charset !== undefined && { charset }),
      };
    },
    signal,
  );
}

async function* bounded({ url, body }: Answer): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const piece of body) {
    length += piece.byteLength;
    if (length > MOST_BYTES) throw tooLarge(url);
    yield piece;
  }
}

function tooLarge(url: string): FullTextError {
  return new FullTextError('FULLTEXT_TOO_LARGE', `${url} has more than ${MOST_BYTES} bytes.`);
}

function validatorsOf(headers: Headers): Validators {
  const [etag, lastModified] = [headers.get('etag'), headers.get('last-modified')];
  return {
    ...(etag !== null && etag.length <= LONGEST_VALIDATOR && { etag }),
    ...(lastModified !== null && lastModified.length <= LONGEST_VALIDATOR && { lastModified }),
  };
}
