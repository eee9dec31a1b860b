import { request, type RequestOptions } from '../http/index.ts';
import { topicLinks } from './discovery.ts';
import { signatureOf } from './signature.ts';

/** The news of a topic, as they go to each of its subscribers. */
interface Content {
  topic: string;
  hub: string;
  /** That of the topic's own address. */
  contentType: string;
  body: Uint8Array;
}

/** What a callback answered: 2xx that it has the content, 410 that it wants no more, and anything else that it failed. */
interface DistributionAnswer {
  status: number;
  retryAfter?: string;
}

/**
 * Posts content to a callback (WebSub, section 7), signed where the subscriber gave a secret (section 7.1). The answer's body
 * means nothing and is not read; redirects are not followed.
 *
 * @throws what `fetch` throws where there is no answer
 */
export async function distribute(
  callback: string,
  { topic, hub, contentType, body }: Content,
  { secret, ...options }: RequestOptions & { secret?: string | undefined },
): Promise<DistributionAnswer> {
  const headers = {
    'content-type': contentType,
    link: topicLinks({ hub, topic }),
    ...(secret !== undefined && { 'x-hub-signature': signatureOf(body, secret) }),
  };
  const init: RequestInit = { method: 'POST', headers, body: Buffer.from(body), redirect: 'manual' };
  return await request(callback, init, options, ({ status, headers: answered }) => {
    const retryAfter = answered.get('retry-after');
    return Promise.resolve({ status, ...(retryAfter !== null && { retryAfter }) });
  });
}
