import { FullTextError } from '../errors.ts';
import type { Answer } from './requests.ts';

/**
 * A whole body of at most `limit` bytes; of a longer one its start, where that is of use.
 * @throws FullTextError `FULLTEXT_TOO_LARGE`
 */
export async function boundedBody(
  { url, body }: Answer,
  limit: number,
  tooLong: 'cut' | 'refuse' = 'refuse',
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body) {
    pieces.push(piece);
    length += piece.byteLength;
    if (length <= limit) continue;
    if (tooLong === 'cut') break;
    throw new FullTextError('FULLTEXT_TOO_LARGE', `${url} has more than ${limit} bytes.`);
  }
  return new Uint8Array(Buffer.concat(pieces).subarray(0, limit));
}
