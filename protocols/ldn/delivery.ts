import { request, textOf, type RequestOptions } from '../http/index.ts';
import { JSON_LD_TYPE } from './inbox.ts';

/** What an inbox answered to a notification. */
export interface DeliveryAnswer {
  status: number;
  /** Where the notification lies there. */
  location?: string;
  /** What the inbox says of a refusal: its problem document (RFC 9457), or the beginning of its text. */
  said?: string;
  /** The `Retry-After` header. */
  retryAfter?: string;
}

const MOST_BYTES = 64 * 1024;
const MOST_SAID = 1_000;

/** Posts a notification to an inbox (LDN, section 3.2). @throws what `fetch` throws */
export async function deliver(
  inbox: string,
  notification: Uint8Array,
  options: RequestOptions,
): Promise<DeliveryAnswer> {
  const headers = { 'content-type': JSON_LD_TYPE, accept: 'application/problem+json, */*;q=0.5' };
  return await request(
    inbox,
    { method: 'POST', headers, body: Buffer.from(notification) },
    options,
    async (response) => {
      const location = response.headers.get('location');
      const retryAfter = response.headers.get('retry-after');
      const said = response.ok ? '' : saidIn(await textOf(response, MOST_BYTES));
      return {
        status: response.status,
        ...(location !== null &&
          URL.canParse(location, inbox) && { location: new URL(location, inbox).href }),
        ...(said !== '' && { said }),
        ...(retryAfter !== null && { retryAfter }),
      };
    },
  );
}

function saidIn(text: string): string {
  try {
    const { title, detail } = JSON.parse(text) as { title?: unknown; detail?: unknown };
    const parts = [title, detail].filter((part) => typeof part === 'string');
    if (parts.length > 0) return parts.join(': ').slice(0, MOST_SAID);
  } catch {
    // No problem document; what it is instead is told as it is.
  }
  return text
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, MOST_SAID);
}
